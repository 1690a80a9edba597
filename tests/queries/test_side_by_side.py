"""What each unit has had to do on a case, unit beside unit."""

from queries.case.cases import case_file
from tests.people import holder_of
from tests.queries.conftest import do


def columns(case, post):
    found = case_file(case.id, holder_of(post)).columns
    return {each.unit_name: ([task.name for task in each.waiting], [task.name for task in each.done]) for each in found}


def test_each_unit_has_a_column_and_what_is_secret_is_in_none(begin):  # XT-20
    case = begin()
    assert columns(case, "supervision_office:supervisor") == {
        "县自然资源局": (["办理"], []),
        "县政府督查室": (["研究线索"], []),
    }
    do(case, "办理", result="已办")
    assert columns(case, "task_force:head") == {"县自然资源局": ([], ["办理"])}
