"""Running cases go on under a new version: limits, claims, drafts stay; they go back while nobody has gone on."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import AlreadyChanged, NotAllowed, NotFound
from models import CaseMigration, Draft, Job, Parameter, ParameterValue, now, session
from models.job import DONE
from operations.acts.drafts import save_task_draft
from operations.acts.tasks import claim_task
from operations.gate.quarantine import quarantine
from operations.gate.suspension import suspend
from operations.house.deployments import deploy
from operations.studio import migration_jobs
from operations.studio.jobs import start_job
from operations.studio.migrating import QUARANTINED, UNREADABLE, CannotMigrate, Order
from operations.studio.migration_jobs import start_back, start_migration, turn_migration
from operations.ticking.jobs import LEASE, run_jobs
from queries.case.cases import case_file
from queries.studio.migration.groups import Groups
from reference import definitions
from tests.engine.diagrams import diagram, end, user
from tests.engine.diagrams import start as start_event
from tests.people import holder_of, person
from tests.small_flow import DIAGRAM, FILES, HANDLER, SIGN, handle

ME = "natural_resources:handler"
VISIT = user("visit", name="踏勘", candidates=HANDLER, form="F.sign").xml().encode()
#: 签收 → 踏勘 → 承办, which was 办理.
TO_VISIT = b'<bpmn:sequenceFlow id="to_visit" sourceRef="signed" targetRef="visit"/></bpmn:process>'
RENAMED = re.sub(rb'( (?:id|sourceRef|targetRef|attachedToRef|bpmnElement))="handle"', rb'\1="carry"', DIAGRAM)
CHANGED = (
    RENAMED.replace('name="办理"'.encode(), 'name="承办"'.encode())
    .replace(b'sourceRef="signed"', b'sourceRef="visit"')
    .replace(b"</bpmn:process>", VISIT + TO_VISIT)
)
MAPPING = {"handle": "carry"}


@pytest.fixture
def versions(start):
    """Ids of the flow's two versions."""
    old = definitions.newest("small").id
    return old, lambda diagram=CHANGED: deploy("small", {**FILES, "small.bpmn": diagram}).id


def order(versions, mapping=MAPPING, diagram=CHANGED):
    old, publish = versions
    return Order.of(old, publish(diagram), mapping, "增加现场踏勘")


def migrated(order, only=None) -> Job:
    job = start_migration("small", order, only=only, by=person("liucheng"))
    run_jobs()
    return ended(job)


def ended(job: Job) -> Job:
    return session.get_one(Job, job.id, populate_existing=True)


def problems(job: Job) -> list[str]:
    return list(
        session.scalars(select(CaseMigration.problem).where(CaseMigration.job_id == job.id).order_by(CaseMigration.id))
    )


def test_a_case_goes_on_at_its_step_with_limit_claim_and_draft_and_back(start, versions, wait):
    handling, signing = start(), start()
    handling.do("签收")
    task, me = handling.task("办理"), holder_of(ME)
    claim_task(task.id, by=me)
    save_task_draft(task.id, {"result": "查了档案"}, by=me)
    wait(days=1)
    due, timers = handling.deadline("handle").due_at, [(each.id, each.due_at) for each in handling.timers]
    job = migrated(order(versions))
    assert (job.state, job.result) == (DONE, {"migrated": 2, "failed": 0, "left": 0})
    now = handling.task("承办")
    assert (now.id, now.element, now.claimed_by, now.due_at) == (task.id, "carry", me.id, due)
    assert session.scalars(select(Draft.values).where(Draft.task_id == now.id)).one()["result"] == "查了档案"
    assert (handling.deadline("handle").due_at, handling.deadline("handle").element) == (due, "carry")
    assert [(each.id, each.due_at) for each in handling.timers] == timers
    assert handling.events[-1] == "migrated 第2版"
    signing.do("签收")
    assert signing.open_tasks == ["踏勘"]

    start_back("small", job.id, "踏勘另发通知", by=person("liucheng"))
    run_jobs()
    assert handling.task("办理").claimed_by == me.id
    assert (handling.deadline("handle").due_at, handling.deadline("handle").element) == (due, "handle")
    assert problems(job) == ["", "迁移以后已经有人办过，不能退回。"]
    wait(days=10)
    assert "timer 逾期未办结" in handling.events
    handling.do("办理", result="已办")
    assert handling.instance.ended_at
    assert handling.deadline("handle").state == "met"


def test_what_needs_a_mapping_stays_and_so_does_one_that_is_blocked(start, versions):
    handling, signing = start(), start()
    handling.do("签收")
    job = migrated(order(versions, mapping={}))
    assert job.result == {"migrated": 1, "failed": 0, "left": 1}
    assert handling.open_tasks == ["办理"]
    assert signing.instance.definition_id != handling.instance.definition_id


def test_a_few_go_first_and_then_the_rest_though_the_worker_dies_on_the_way(start, versions, clock, monkeypatch):
    cases, asked = [start() for _ in range(5)], order(versions)
    assert migrated(asked, only=2).result["migrated"] == 2
    assert [case.instance.definition_id for case in cases] == [asked.new] * 2 + [asked.old] * 3

    def die(*_, **__):
        raise SystemExit

    job = start_migration("small", asked, only=None, by=person("liucheng"))
    with monkeypatch.context() as patched:
        patched.setattr(migration_jobs, "report", die)
        with pytest.raises(SystemExit):
            run_jobs()
    session.remove()
    clock.now += LEASE + timedelta(seconds=1)
    run_jobs()
    done = ended(job)
    assert (done.result, done.done, done.total) == ({"migrated": 3, "failed": 0, "left": 0}, 3, 3)
    assert all(case.instance.definition_id == asked.new for case in cases)
    assert [case.events.count("migrated 第2版") for case in cases] == [1] * 5


def test_one_that_cannot_be_read_keeps_no_other_from_going_back(start, versions):
    cases = [start() for _ in range(3)]
    job = migrated(order(versions))
    broken = session.scalars(select(CaseMigration).order_by(CaseMigration.id)).all()[1]
    broken.before = b"not a state"
    session.commit()
    back = ended(start_back("small", job.id, "踏勘另发通知", by=person("liucheng")))
    run_jobs()
    assert (ended(back).state, ended(back).result) == (DONE, {"back": 2, "left": 1})
    assert [case.instance.definition_id == versions[0] for case in cases] == [True, False, True]


def test_a_number_of_other_work_is_no_migration(start, versions):
    start()
    other = start_job("whatif", "flow:small", {}, by=person("liucheng"))
    with pytest.raises(NotFound):
        turn_migration("small", other.id, "stop", by=person("liucheng"))


def test_one_that_fails_is_listed_with_the_reason_and_keeps_no_other_waiting(start, versions):
    suspended, sound = start(), start()
    suspend(suspended.instance, "试验", by=person("guanli"))
    session.commit()
    job = migrated(order(versions))
    assert job.result == {"migrated": 1, "failed": 1, "left": 0}
    assert "本件已暂停" in "".join(problems(job))
    assert sound.open_tasks == ["签收"]


def test_one_that_is_quarantined_or_cannot_be_read_is_blocked_and_keeps_no_other_waiting(start, versions):
    broken, unreadable, sound = start(), start(), start()
    broken.instance.attempts = 3
    quarantine(broken.id, "试验")
    for case in (broken, unreadable):
        case.instance.state = case.instance.state[:1] + b"no state"
    session.commit()
    asked = order(versions)
    groups = Groups(asked, person("liucheng"))
    groups.look()
    assert [(each.klass, each.count) for each in groups.found()] == [("blocked", 1), ("blocked", 1), ("safe", 1)]
    assert {reason for each in groups.found() for reason in each.reasons} == {*UNREADABLE.reasons, *QUARANTINED.reasons}
    assert migrated(asked).result == {"migrated": 1, "failed": 0, "left": 2}
    assert sound.instance.definition_id == asked.new


def test_what_another_migration_took_further_does_not_go_back_past_it(start, versions):
    case = start()
    first = order(versions, {}, DIAGRAM.replace('name="办理"'.encode(), 'name="承办"'.encode()))
    job = migrated(first)
    second = order((first.new, versions[1]), {}, DIAGRAM)
    migrated(second)
    start_back("small", job.id, "退回", by=person("liucheng"))
    run_jobs()
    assert case.instance.definition_id == second.new
    assert problems(job) == ["迁移以后又换了版本，不能退回。"]


def test_who_may_not_and_a_second_one_at_once_are_refused_in_words(start, versions):
    asked = order(versions)
    with pytest.raises(NotAllowed):
        start_migration("small", asked, only=None, by=person("sheji"))
    with pytest.raises(CannotMigrate, match="写明迁移的原因"):
        start_migration("small", Order.of(asked.old, asked.new, {}, " "), only=None, by=person("liucheng"))
    start_migration("small", asked, only=None, by=person("liucheng"))
    with pytest.raises(AlreadyChanged, match="还没有做完"):
        start_migration("small", asked, only=None, by=person("liucheng"))


def test_a_parameter_that_came_after_a_case_is_none_of_its(start, versions):  # C-11
    before = start()
    words = dict.fromkeys(("unit", "seed", "rule", "origin", "note", "editable_by"), "")
    session.add(Parameter(key="small.days", **words))
    session.add(ParameterValue(key="small.days", value=3, at=now(), by="县里", basis=""))
    session.commit()
    after = start()
    newer = DIAGRAM.replace(b"xt.handle_days.general", b"small.days")
    assert migrated(order(versions, {}, newer)).result == {"migrated": 1, "failed": 0, "left": 1}
    assert before.instance.definition_id != after.instance.definition_id


def test_what_was_handed_in_at_a_step_that_is_gone_is_still_read_and_masked(start):  # S-04
    def version(*steps, **less):
        names = " ".join(step.id for step in steps)
        drawn = diagram("small", start_event(), *steps, end(), flows=f"start {names} end")
        return deploy("small", {**FILES, "small.bpmn": drawn} | less).id

    old, case = version(SIGN, handle(HANDLER)), start()
    case.do("签收", note="已收", reporter_phone="13800000000")
    new = version(handle(HANDLER), **{"F.sign.form.json": FILES["F.handle.form.json"].replace(b"F.handle", b"F.other")})
    assert migrated(Order.of(old, new, {}, "不再签收")).result["migrated"] == 1
    [sheet] = case_file(case.case.id, holder_of(ME)).sheets
    assert (sheet.name, dict(sheet.facts)) == ("签收", {"备注": "已收", "联系电话": "138****0000"})
