"""The knowledge base as every process reads it, whoever writes meanwhile."""

from models import KnowledgeEntry, KnowledgeVersion, now, session
from reference.knowledge import shelf

ONE_COUNTY = ("county",)


def write(number: int, title: str) -> None:
    """As whoever was given this id commits."""
    session.add(KnowledgeEntry(id=number, county=ONE_COUNTY[0], version=1))
    session.flush()
    texts = {"title": title, "question": "", "answer": title, "unit": "", "clause": "", "by": "张三"}
    session.add(KnowledgeVersion(id=number, entry_id=number, number=1, withdrawn=False, at=now(), **texts))
    session.commit()


def test_of_two_who_write_at_once_the_one_who_commits_last_is_read_too(county, clock):
    write(8, "水表抄错")
    assert [entry.title for entry in shelf(ONE_COUNTY).entries] == ["水表抄错"]
    write(7, "路灯不亮")  # was given the lower id, and took longer
    assert {entry.title for entry in shelf(ONE_COUNTY).entries} == {"水表抄错", "路灯不亮"}
