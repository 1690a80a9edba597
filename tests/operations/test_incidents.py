"""What fails waits for an operator; nothing is half-written and nothing is lost."""

import pytest

from errors import NotAllowed
from models import Document, Post, Unit, session, transactional
from operations.house.incidents import retry_incident
from tests.people import admin, holder_of


@transactional
def found_unit(code: str, *roles: str) -> None:
    unit = Unit(code=code, name="县新设局", handles_cases=True)
    session.add(unit)
    session.flush()
    for role in roles:
        session.add(Post(key=f"post:{code}:{role}", unit_id=unit.id, role=role, role_name="经办人"))


def test_a_handler_that_raises_is_an_incident_in_words_and_the_form_is_kept(start):
    case = start()
    case.do("签收")
    case.do("办理", result="转交", next_org="new_bureau")
    [incident] = case.incidents
    assert "new_bureau" in incident.message
    assert incident.element == "give_to"
    assert not case.instance.ended_at
    assert case.case.case_no is None


def test_a_retry_after_mending_finishes_the_case(start):
    case = start()
    case.do("签收")
    case.do("办理", result="转交", next_org="new_bureau")
    found_unit("new_bureau")
    retry_incident(case.incidents[0].id, by=admin())
    assert case.incidents == []
    assert case.case.lead_org == "new_bureau"
    assert case.instance.ended_at


def test_a_retry_that_fails_again_keeps_the_one_incident(start):
    case = start()
    case.do("签收")
    case.do("办理", result="转交", next_org="new_bureau")
    retry_incident(case.incidents[0].id, by=admin())
    assert len(case.incidents) == 1


def test_only_an_operator_may_retry(start):
    case = start()
    case.do("签收")
    case.do("办理", result="转交", next_org="new_bureau")
    with pytest.raises(NotAllowed):
        retry_incident(case.incidents[0].id, by=holder_of("natural_resources:leader"))


def test_a_task_whose_post_does_not_exist_goes_to_the_operators_until_it_does(start):
    """A unit abolished in the middle of a case: the task is not lost in nobody's inbox."""
    case = start()
    session.delete(session.get_one(Post, "post:natural_resources:handler"))
    session.commit()
    case.do("签收")
    assert case.task("办理").inbox_key == "post:system:operator"
    [incident] = case.incidents
    assert "办理" in incident.message
    unit = session.query(Unit).filter_by(code="natural_resources").one()
    session.add(Post(key="post:natural_resources:handler", unit_id=unit.id, role="handler", role_name="经办人"))
    session.commit()
    retry_incident(incident.id, by=admin())
    assert case.task("办理").inbox_key == "post:natural_resources:handler"
    assert case.incidents == []


def test_a_reminder_has_a_number_of_its_own(start, wait):  # XT-18
    cases = [start(), start()]
    for case in cases:
        case.do("签收")
    wait(days=8)
    numbers = [row.number for row in session.query(Document).order_by(Document.id)]
    assert numbers == ["催办单〔2026〕1号", "催办单〔2026〕2号"]
