"""Write the knowledge base (知识库): each change is a version of its own, and what was said before stays readable."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from engine.forms import Choice, Field, Form, clean
from errors import AlreadyChanged, NotAllowed, NotFound
from models import Identity, KnowledgeEntry, KnowledgeVersion, now, session, transactional
from operations.gate.requests import request_key
from operations.gate.revisions import actor
from operations.gate.visibility import offices_of
from reference.counties import counties_of, handling_units
from reference.people import permissions_of

WRITE = "knowledge"
TAUGHT = "同事刚才已经照这一件写了一条，请在事项页点“知识库条目”看过，需要的在那里改。"
WORDS = ("title", "question", "answer", "unit", "clause")
_FIELDS = (
    Field("title", "textfield", "标题", required=True, max_length=60),
    Field("question", "textarea", "群众怎么问", "几种常见的问法都写上，登记时按这些字找到它。", max_length=500, rows=2),
    Field("answer", "textarea", "答复话术", "答复时原样填入答复内容；不写任何反映人的信息。", required=True, rows=6),
    Field("unit", "select", "归口单位", choices_key="units"),
    Field("clause", "textfield", "依据", "文件和条款", max_length=200),
    Field("valid_until", "datetime", "有效期至", "过了这一天不再推荐；不填的一直有效。", subtype="date"),
)
NEW = Form("knowledge", "新增知识条目", _FIELDS, {})
_WITHDRAWN = Field("withdrawn", "checkbox", "停用（登记、答复时不再推荐，可以再启用）")
CHANGE = Form("knowledge", "修改知识条目", (*_FIELDS, _WITHDRAWN), {})


def add_entry(
    values: Mapping[str, Any], *, by: Identity, request: str | None = None, case_id: int | None = None
) -> int:
    """Its id; the same request twice writes one (P3). `case_id`: the case that it is made from, one entry a case.

    Raises NotAllowed for whoever writes for no county, InvalidForm, AlreadyChanged where the case has an entry.
    """
    request = request_key(request, "knowledge", by=by)
    try:
        return _add(values, by, request, case_id)
    except IntegrityError:
        entry_id = _written_for(request)  # the same request, sent twice at once, came in first
        if entry_id is not None:
            return entry_id
        if case_id and entry_of(case_id):
            raise AlreadyChanged(TAUGHT) from None
        raise


@transactional
def _add(values: Mapping[str, Any], by: Identity, request: str | None, case_id: int | None) -> int:
    if entry_id := _written_for(request):
        return entry_id
    if case_id and entry_of(case_id):
        raise AlreadyChanged(TAUGHT)
    counties = counties_written(by)
    if not counties:
        raise NotAllowed
    said = clean(NEW, values, unit_lists(by))
    entry = KnowledgeEntry(county=counties[0], version=1, request=request, case_id=case_id)
    session.add(entry)
    session.flush()
    _add_version(entry.id, 1, said, by)
    return entry.id


@transactional
def change_entry(entry_id: int, values: Mapping[str, Any], *, by: Identity, version: int) -> None:
    """`version` is the one that whoever writes has seen: an old tab does not undo a colleague's words (P2).

    Raises NotFound also for another county's, InvalidForm, AlreadyChanged.
    """
    county = KnowledgeEntry.county.in_(counties_written(by))
    if session.scalar(select(KnowledgeEntry.id).where(KnowledgeEntry.id == entry_id, county)) is None:
        raise NotFound
    said = clean(CHANGE, values, unit_lists(by))
    as_seen = (KnowledgeEntry.id == entry_id) & (KnowledgeEntry.version == version)
    changed: Any = session.execute(update(KnowledgeEntry).where(as_seen).values(version=version + 1))
    if changed.rowcount != 1:
        raise AlreadyChanged("刚才有同事修改了这个条目，请看过新的一版再改。")
    _add_version(entry_id, version + 1, said, by)


def entry_of(case_id: int) -> int | None:
    """The entry that was made from this case."""
    return session.scalar(select(KnowledgeEntry.id).where(KnowledgeEntry.case_id == case_id))


def _written_for(request: str | None) -> int | None:
    return session.scalar(select(KnowledgeEntry.id).where(KnowledgeEntry.request == request)) if request else None


def counties_written(by: Identity) -> tuple[str, ...]:
    """The counties whose knowledge base this person writes, by the codes of their top units."""
    return counties_of(offices_of(by, WRITE))


def unit_lists(by: Identity) -> dict[str, list[Choice]]:
    """The units that may answer for an entry."""
    return {"units": [Choice(code, name) for code, name in handling_units(by)]}


def _add_version(entry_id: int, number: int, said: Mapping[str, Any], by: Identity) -> None:
    words = {key: said[key] or "" for key in WORDS}
    day = date.fromisoformat(said["valid_until"]) if said["valid_until"] else None
    version = KnowledgeVersion(entry_id=entry_id, number=number, valid_until=day, **words)
    version.withdrawn, version.by, version.at = bool(said.get("withdrawn")), actor(_as_writer(by)), now()
    session.add(version)


def _as_writer(by: Identity) -> Identity:
    """At the post that lets them write (C-02)."""
    return next((by.at(post.key) for post in by.posts if WRITE in permissions_of(post.unit, post.role)), by)
