"""加签 as a test speaks of it: colleagues are asked about 办理 of the small flow, answer, and it is handed in."""

import pytest

from errors import InvalidForm
from models import HeldForm, session
from operations.acts.holding import content_mark
from operations.acts.signing import answer_sign, ask_for_sign, withdraw_sign
from operations.acts.tasks import complete_task
from queries.case.cases import case_file
from queries.case.signs import asked_of
from tests.people import holder_of

ME, LIAISON = "natural_resources:handler", "natural_resources:liaison"
HOUSING, CIVIL = "housing:handler", "civil_affairs:liaison"


def ask(case, kind="before", to=HOUSING, by=ME, name="办理", request=None):
    values = {"kind": kind, "to": f"post:{to}", "question": "房屋测绘对不对"}
    return ask_for_sign(case.task(name).id, values, by=holder_of(by), delegate=kind == "delegated", request=request)


def answer(sign, by=HOUSING, words="没有问题", **more):
    """As one who has the page of the sign before them."""
    seen = {"of": content_mark(held)} if (held := session.get(HeldForm, sign.task_id)) else {}
    return answer_sign(sign.id, {"answer": words, **seen, **more}, by=holder_of(by))


def withdraw(sign, by=ME, reason="不用了"):
    return withdraw_sign(sign.id, {"reason": reason}, by=holder_of(by))


def complete(case, by=ME, request=None, **values):
    return complete_task(case.task("办理").id, {"result": "办好了"} | values, by=holder_of(by), request=request)


def refusal(act):
    with pytest.raises(InvalidForm) as error:
        act()
    return "".join(error.value.problems.values())


def owed(post):
    return [(row.kind_name, row.task_name) for row in asked_of(holder_of(post)).rows]


def story(case):
    return case_file(case.instance.case_id, holder_of("task_force:verifier")).timeline
