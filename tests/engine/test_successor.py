"""A running case may go on under a version that draws the same way, and under no other."""

import pytest

from engine import differences, parse
from tests.engine.diagrams import boundary, diagram, end, script, start, timer, user, xor

DEADLINE = {"deadline": "work", "limit": "workdays(5)"}


def flow(*more, work=None, late="late", ways="", interrupting=False):
    """登记 → 办理, with a timer beside it."""
    shapes = [
        start(),
        user("work", **(work or DEADLINE)),
        boundary(late, "work", timer('due("work")'), interrupting=interrupting),
        end("told"),
        xor("way"),
        end(),
        *more,
    ]
    return parse("p", {"p.bpmn": diagram("p", *shapes, flows=ways or f"start work way end; {late} told")})


def test_other_limits_names_and_posts_lead_the_same_way():
    other = flow(work={"deadline": "work", "limit": "workdays(3)", "name": "承办", "candidates": '"x"'})
    assert differences(flow(), other) == []


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (lambda: flow(late="later"), "新版没有「late」"),
        (lambda: flow(script("more", "a = 1"), ways="start work more way end; late told"), "新版多了「more」"),
        (lambda: flow(interrupting=True), "「late」的类型、所附的环节、表单或保密变了"),
        (lambda: flow(work={**DEADLINE, "form": "G"}), "「work」的类型、所附的环节、表单或保密变了"),
        (lambda: flow(work={**DEADLINE, "confidential": "yes"}), "「work」的类型、所附的环节、表单或保密变了"),
        (
            lambda: flow(work={"deadline": "handle", "limit": "workdays(5)"}),
            "「work」的时限名称、终点或归谁变了",
        ),
        (lambda: flow(work={**DEADLINE, "deadlineFor": "row"}), "「work」的时限名称、终点或归谁变了"),
        (lambda: flow(ways="start way work end; late told"), "新版的连线变了"),
    ],
)
def test_a_version_that_leads_elsewhere_says_what_is_different(new, told):
    assert told in differences(flow(), new())[0]
