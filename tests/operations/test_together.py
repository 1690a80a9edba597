"""Several tasks claimed, passed on or copied at once: each for itself."""

from operations.acts.tasks import claim_task
from operations.acts.together import AT_ONCE, claim_each, pass_on_each
from tests.people import another_holder_of, holder_of

LIAISON = "natural_resources:liaison"


def test_one_that_a_colleague_holds_stops_none_of_the_others(start):
    ids = [start().task("签收").id for _ in range(3)]
    claim_task(ids[1], by=another_holder_of(LIAISON))
    became = claim_each([*ids, "no-task"], by=holder_of(LIAISON))
    assert became == {
        ids[0]: "",
        ids[1]: "同事已经认领了这个任务。",
        ids[2]: "",
        "no-task": "没有找到，或者您无权查看。",
    }


def test_each_is_told_of_in_the_history_of_its_case_once(start):  # C-02
    cases = [start(), start()]
    ids = [case.task("签收").id for case in cases]
    for _ in range(2):
        assert claim_each(ids * 2, by=holder_of(LIAISON)) == dict.fromkeys(ids, "")
    assert [case.events for case in cases] == [["started small", "claimed 签收"]] * 2


def test_no_more_than_a_page_is_claimed_at_once(start):
    last = start().task("签收").id
    nobodys = [f"no-{n}" for n in range(AT_ONCE)]
    assert list(claim_each([*nobodys, last], by=holder_of(LIAISON))) == nobodys
    assert not any(claim_each([last], by=holder_of(LIAISON)).values())


def test_the_same_form_sent_again_passes_nothing_on_twice_and_is_answered_alike(start):  # P3
    case, by = start(), holder_of("natural_resources:liaison")
    values = {"to": "post:natural_resources:handler", "reason": "由经办人办"}
    task = case.task("签收").id
    answers = [pass_on_each([task], values, by=by, request="one") for _ in range(2)]
    assert answers == [{task: ""}, {task: ""}]
    assert case.events == ["started small", "passed_on 签收"]
