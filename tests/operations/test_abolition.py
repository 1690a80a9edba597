"""A unit is abolished while its cases run: nobody's work is lost, and every case says where it went (C-02)."""

from contextvars import Context

import pytest
from sqlalchemy import NullPool, create_engine, select

from errors import NotAllowed, NotFound
from models import SYSTEM, Notice, OrganisationChange, Unit, session
from operations.acts.tasks import claim_task
from operations.people import abolition
from operations.people.abolition import abolish_unit
from operations.people.accounts import BadAccount, add_user, give_post
from operations.people.organisation import load_organisation
from queries.boxes.inbox import inbox
from queries.case.cases import case_file
from queries.lists.case_list import units_to_choose
from reference.counties import handling_units
from reference.seeds import read_seed
from tests.people import admin, holder_of, keeper


def test_open_tasks_go_to_the_same_post_of_the_successor_claimed_or_not(start):
    story = start()
    claim_task(story.task("签收").id, by=holder_of("natural_resources:liaison"))
    assert abolish_unit("natural_resources", "housing", by=admin()) == 1
    task = story.task("签收")
    assert (task.post, task.inbox_key, task.claimed_by) == ("post:housing:liaison", "post:housing:liaison", None)
    assert [row.task_name for row in inbox(holder_of("housing:liaison")).rows] == ["签收"]
    assert inbox(holder_of("natural_resources:liaison")).rows == []
    told = case_file(story.case.id, holder_of("housing:liaison")).timeline[0]
    assert told.what == "移交“签收”"
    assert "撤并，由" in told.details[0]


def test_the_pages_of_the_administrator_say_who_took_its_work_over(start):
    abolish_unit("natural_resources", "housing", by=admin())
    [kept] = session.scalars(select(OrganisationChange.what)).all()
    assert kept.startswith("撤并，由")


def test_what_the_case_brings_later_goes_there_too(start):
    story = start()
    abolish_unit("natural_resources", "housing", by=admin())
    story.do("签收")
    assert story.task("办理").post == "post:housing:handler"


def test_a_deadline_does_not_change(start):
    story = start()
    before = story.deadline("sign").due_at
    abolish_unit("natural_resources", "housing", by=admin())
    assert story.deadline("sign").due_at == before


def test_whoever_took_over_may_be_abolished_as_well(start):
    story = start()
    abolish_unit("natural_resources", "housing", by=admin())
    abolish_unit("housing", "tax", by=admin())
    story.do("签收")
    assert story.task("办理").post == "post:tax:handler"


def test_unread_notices_go_along(start):
    story = start()
    session.add(
        Notice(case_id=story.case.id, post="post:natural_resources:liaison", text="请签收", at=story.case.created_at)
    )
    session.commit()
    abolish_unit("natural_resources", "housing", by=admin())
    assert session.scalar(select(Notice.post).where(Notice.text == "请签收")) == "post:housing:liaison"


def test_nothing_more_is_dispatched_to_it(start):
    abolish_unit("natural_resources", "housing", by=admin())
    assert "natural_resources" not in dict(handling_units(SYSTEM))


def test_the_organisation_loaded_again_does_not_bring_it_back(start):
    abolish_unit("natural_resources", "housing", by=admin())
    load_organisation(read_seed("demo_county.json"))
    assert "natural_resources" not in dict(handling_units(SYSTEM))
    assert session.scalar(select(Unit.handles_cases).where(Unit.code == "natural_resources")) is False


def test_nobody_is_given_a_post_of_it(start):
    abolish_unit("natural_resources", "housing", by=admin())
    for attempt in (
        lambda: give_post("fenliu", "natural_resources:leader", by=keeper()),
        lambda: add_user("new", "新人", ["natural_resources:leader"], password="Guan-li-2026", by=keeper()),
    ):
        with pytest.raises(BadAccount, match=r"县自然资源局已经撤并，.*的任务由县住房和城乡建设局（housing）承接"):
            attempt()


def test_its_cases_can_still_be_found_and_say_its_name(start):
    abolish_unit("natural_resources", "housing", by=admin())
    assert ("natural_resources", "县自然资源局（已撤并）") in units_to_choose(holder_of("task_force:dispatcher"))


@pytest.mark.parametrize(("unit", "successor", "why"), [
    ("natural_resources", "joint_meeting", "没有这些岗位"),
    ("natural_resources", "natural_resources", "不能承接"),
    ("natural_resources", "", "没有这些岗位"),  # the county above has no posts
])  # fmt: skip
def test_a_unit_is_not_abolished_while_some_work_would_have_no_owner(start, unit, successor, why):
    story = start()
    with pytest.raises(NotAllowed, match=why):
        abolish_unit(unit, successor, by=admin())
    assert story.task("签收").post == "post:natural_resources:liaison"
    assert session.scalar(select(Unit.successor_id).where(Unit.code == unit)) is None


def test_it_is_abolished_once_and_by_an_administrator(start):
    with pytest.raises(NotAllowed, match="管理员"):
        abolish_unit("natural_resources", "housing", by=holder_of("task_force:head"))
    with pytest.raises(NotFound):
        abolish_unit("nowhere", "housing", by=SYSTEM)
    abolish_unit("natural_resources", "housing", by=SYSTEM)
    with pytest.raises(NotAllowed, match="已经撤并"):
        abolish_unit("natural_resources", "tax", by=SYSTEM)


def test_what_came_to_it_nevertheless_is_handed_over_by_the_same_command(start):
    """Somebody had looked where the next step goes before the abolition was committed, and committed after it."""
    story = start()
    abolish_unit("natural_resources", "housing", by=admin())
    late = story.task("签收")
    late.post = late.inbox_key = "post:natural_resources:liaison"
    session.commit()
    assert abolish_unit("natural_resources", by=admin()) == 1
    assert story.task("签收").post == "post:housing:liaison"
    assert abolish_unit("natural_resources", "housing", by=admin()) == 0


def test_the_successor_is_there_for_everybody_before_the_first_task_is_handed_over(start, url, monkeypatch):
    story = start()
    lock = abolition.locked

    def successor():
        with create_engine(url, poolclass=NullPool).connect() as other:
            return other.execute(select(Unit.successor_id).where(Unit.code == "natural_resources")).scalar()

    def look_from_elsewhere(instance_id):
        assert Context().run(successor)
        return lock(instance_id)

    monkeypatch.setattr(abolition, "locked", look_from_elsewhere)
    assert abolish_unit("natural_resources", "housing", by=admin()) == 1
    assert story.task("签收").post == "post:housing:liaison"


def test_no_unit_of_another_county_takes_over(start):  # S-03: it would see this county's cases
    start()
    with pytest.raises(NotAllowed, match="不是本县的单位"):
        abolish_unit("natural_resources", "yl_water", by=admin())
