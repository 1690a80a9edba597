"""Which running cases may go on under another version, and why others may not."""

import json

import pytest

from engine import Judge, Klass, Running, carry, parse, standing
from tests.engine.case import CaseDriver
from tests.engine.diagrams import (
    both,
    boundary,
    call,
    diagram,
    each,
    end,
    file,
    message,
    messages,
    process,
    start,
    timer,
    user,
    xor,
)

LIMIT = {"deadline": "work", "deadlineName": "办理时限", "limit": "workdays(5)"}


def flow(*shapes, flows, key="p", **forms):
    files = {"p.bpmn": diagram(key, messages("m"), *shapes, flows=flows)}
    return parse(key, files | {f"{name}.form.json": content for name, content in forms.items()})


def form(key, **properties):
    field = {"type": "textfield", "key": "said", "label": "所说", "properties": properties}
    return json.dumps({"type": "default", "id": key, "schemaVersion": 16, "components": [field]}).encode()


def line(*names, **more):
    """登记 and whatever comes after it, one after the other."""
    tasks = [user(name, **more.get(name, {})) for name in names]
    return flow(start(), *tasks, end(), flows=" ".join(["start", *names, "end"]))


def stopped(definition, *done, **data):
    case = CaseDriver(definition, data)
    for name in done:
        case.do(name)
    return case


def judged(case, new, running=(), **mapping):
    judge = Judge(case.definition, new, mapping)
    return judge, judge.judge(standing(case.state, case.definition.elements), frozenset(running))


def migrated(case, new, running=(), **mapping):
    judge, verdict = judged(case, new, running, **mapping)
    assert verdict.klass == Klass.SAFE, verdict.reasons
    case.state, case.definition = carry(case.state, judge.fitting, case.host).state, new
    return verdict


def why(case, new, klass=Klass.BLOCKED, running=(), **mapping):
    _, verdict = judged(case, new, running, **mapping)
    assert verdict.klass == klass
    return "".join(verdict.reasons)


def test_a_step_more_before_or_behind_where_a_case_stands_is_safe():
    case = stopped(line("a", "b"), "a")
    migrated(case, line("a", "before", "b", "after"))
    case.do("b")
    assert case.open == ["after"]


def test_a_case_on_a_step_that_is_gone_needs_a_mapping_and_goes_on_there():
    case = stopped(line("a", "b", "c"), "a")
    assert why(case, line("a", "x", "c"), Klass.MAPPING) == "停在「b」，新版没有这个环节：请选对应的环节。"
    [task] = case.execution.open_tasks()
    migrated(case, line("a", "x", "c"), b="x")
    assert [each.id for each in case.execution.open_tasks()] == [task.id]
    case.do("x")
    assert case.open == ["c"]


def test_a_step_that_is_another_kind_of_element_blocks():
    new = flow(start(), user("a"), xor("b"), end(), flows="start a b end")
    assert "是另一种环节" in why(stopped(line("a", "b"), "a"), new)


PARALLEL = [start(), both("S"), user("A"), user("B"), both("J"), user("C"), end()]


@pytest.mark.parametrize("done", [(), ("A",)])
def test_in_parallel_branches_a_step_more_on_a_branch_is_safe_and_a_branch_more_blocks(done):
    old = flow(*PARALLEL, flows="start S A J C end; S B J")
    step = flow(*PARALLEL, user("A2"), flows="start S A A2 J C end; S B J")
    branch = flow(*PARALLEL, user("D"), flows="start S A J C end; S B J; S D J")
    assert "走不到这一步" in why(stopped(old, *done), branch)
    case = stopped(old, *done)
    migrated(case, step)
    for name in ["B"] if done else ["B", "A", "A2"]:
        case.do(name)
    assert case.open == ["C"]


def test_a_step_put_into_a_parallel_block_blocks_who_stands_there_alone():
    new = flow(start(), user("a"), both("S"), user("b"), user("c"), both("J"), end(), flows="start a S b J end; S c J")
    assert "走不到这一步" in why(stopped(line("a", "b"), "a"), new)


def test_two_steps_cannot_become_one():
    old = flow(*PARALLEL, flows="start S A J C end; S B J")
    assert why(stopped(old), line("X", "C"), A="X", B="X") == "「A」和「B」不能合到新版的同一个环节。"


LISTENING = [start(), user("A"), boundary("ask", "A", message("m"), interrupting=False), user("asked"), end(), end("e")]


def test_an_event_that_is_new_beside_an_open_task_is_heard():
    case = stopped(line("A"))
    verdict = migrated(case, flow(*LISTENING, flows="start A end; ask asked e"))
    assert verdict.notes == ("「A」新加了「ask」，从迁移时起等。",)
    case.say("ask")
    assert case.open == ["A", "asked"]
    case.do("A")
    case.do("asked")
    assert case.ended


def test_an_event_that_is_gone_must_be_let_go_and_what_it_began_goes_on():
    case = stopped(flow(*LISTENING, flows="start A end; ask asked e"))
    case.say("ask")
    gone = flow(start(), user("A"), user("asked"), end(), flows="start A asked end")
    assert "正在等「ask」" in why(case, gone, Klass.MAPPING)
    beside = flow(
        *LISTENING[:2],
        boundary("other", "A", message("m"), interrupting=False),
        *LISTENING[3:],
        flows="start A end; other asked e",
    )
    migrated(case, beside, ask="")
    assert (case.open, case.buttons) == (["A", "asked"], ["other"])
    case.do("asked")
    case.do("A")
    assert case.ended


def test_a_timer_goes_off_when_it_would_have():
    def waiting(name, days):
        late = boundary(name, "A", timer(f"workdays({days})"), interrupting=False)
        return flow(start(), user("A"), late, user("urged"), end(), end("e"), flows=f"start A end; {name} urged e")

    case = stopped(waiting("late", 2))
    due = case.due["late"]
    case.host.now = due.replace(hour=due.hour - 1)
    migrated(case, waiting("later", 3), late="later")
    assert case.due == {"later": due}


def test_each_instance_stays_at_its_step_and_one_that_is_many_no_more_blocks():
    def many(*names):
        inside = [user(name) for name in names]
        parts = process("q", start("qs"), *inside, end("qe"), flows=" ".join(["qs", *names, "qe"]))
        main = process("p", start(), each(call("M", "q"), "units", "unit"), end(), flows="start M end")
        return parse("p", {"p.bpmn": file(main, parts)})

    case = stopped(many("a", "b"), units=["x", "y"])
    case.do("a", 'unit == "x"')
    migrated(case, many("a", "new", "b"))
    assert case.open == ["a", "b"]
    case.do("a", 'unit == "y"')
    assert case.open == ["b", "new"]
    once = file(
        process("p", start(), call("M", "q"), end(), flows="start M end"),
        process("q", start("qs"), user("a"), user("b"), end("qe"), flows="qs a b qe"),
    )
    assert "是另一种环节" in why(stopped(many("a", "b"), units=["x"]), parse("p", {"p.bpmn": once}))


RUNNING = [Running("work", "a")]


def test_a_deadline_that_runs_must_still_be_met_by_what_is_ahead():
    old = line("a", "b", a=LIMIT | {"until": "b"})
    renamed = line("a", "b", a=LIMIT | {"until": "b", "deadline": "other"})
    assert "时限“办理时限”正在计时，新版里没有它" in why(stopped(old), renamed, running=RUNNING)
    ahead = line("b", "a", a=LIMIT | {"until": "b"})
    assert "走不到办结它的「b」" in why(stopped(old), ahead, running=RUNNING)
    case = stopped(old)
    migrated(case, line("a", "x", "b", a=LIMIT | {"until": "b"}), running=RUNNING)
    for name in ("a", "x", "b"):
        case.do(name)
    assert case.host.log == ["open work", "meet work"]


def test_what_the_new_version_reads_must_have_been_said_or_be_asked_first():
    def version(*names, flows="start a b end"):
        tasks = [user(name, form="F" if name == "asks" else "") for name in names]
        return flow(start(), *tasks, xor("G"), xor("X"), end(), flows=flows, F=form("F"))

    old = version("a", "b")
    reads = version("a", "b", flows="start a X G; b end; G -> end: said == 'no'; G -> b: else")
    asks = version("a", "asks", "b", flows="start a asks G; b end; G -> end: said == 'no'; G -> b: else")
    assert why(stopped(old), reads) == "新版的「G」要用“said”，办到这里的事项没有填过，前面也没有环节给出。"
    assert judged(stopped(old), asks)[1].klass == Klass.SAFE
    assert judged(stopped(old, "a"), reads)[1].klass == Klass.SAFE


def test_who_may_not_do_both_must_still_be_known():
    old, new = line("a", "b", b={"notBy": "a"}), line("x", "b", b={"notBy": "x"})
    assert "换了环节就认不出是谁办的" in why(stopped(old, "a"), new, a="x")
    assert judged(stopped(old, "a"), new)[1].klass == Klass.SAFE


def test_what_is_confidential_must_stay_so():
    secret = {"confidential": "yes"}
    old = line("a", "b", b=secret)
    assert "保密环节「b」" in why(stopped(old), line("a", "b"))
    assert "保密环节「b」" in why(stopped(old), line("a", "c", c=secret), b="c")
    fields = [flow(start(), user("a"), end(), flows="start a end", F=form("F", **kept)) for kept in (secret, {})]
    assert "“所说”在新版里" in why(stopped(fields[0]), fields[1])
