"""Take running cases to another version of their flow (迁移): one case at a time, each under its own lock.

docs/decisions/migration.md says which cases may.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select

from engine import Judge, Klass, Running, Standing, Verdict, standing
from errors import AppError
from models import (
    Case,
    CaseMigration,
    Deadline,
    Identity,
    Incident,
    Job,
    ProcessDefinition,
    ProcessInstance,
    now,
    session,
    transactional,
)
from models.deadline import RUNNING
from models.migration import BACK, FAILED, MIGRATED
from operations.gate.moves import locked
from operations.gate.quarantine import quarantined_cases
from operations.gate.version_change import back_again, digest, to_version
from reference import definitions, parameters
from reference.cache import per_database
from reference.seeds import parameter_called

LOOKED_AT = 20_000  # cases that a page judges; the job judges each
AT_ONCE = 1_000
UNREADABLE = Verdict(Klass.BLOCKED, ("事项的状态读不出来，不能迁移，请联系运维人员。",))
QUARANTINED = Verdict(Klass.BLOCKED, ("事项多次出错，已被隔离，不能迁移，请联系运维人员。",))


class CannotMigrate(AppError):
    """这一件不能迁移。"""


@dataclass(frozen=True)
class Order:
    """From one version to another, by ids; `mapping` as engine.Judge takes it."""

    old: int
    new: int
    mapping: tuple[tuple[str, str], ...]
    reason: str

    @classmethod
    def of(cls, old: int, new: int, mapping: Mapping[str, str], reason: str) -> "Order":
        return cls(old, new, tuple(sorted(mapping.items())), reason.strip())

    @property
    def judge(self) -> Judge:
        return _judge(self.old, self.new, self.mapping)


@per_database(size=8)
def _judge(old: int, new: int, mapping: tuple[tuple[str, str], ...]) -> Judge:
    return Judge(definitions.definition(old), definitions.definition(new), dict(mapping))


def judged(order: Order, rows: Sequence[tuple[int, int, bytes]]) -> list[tuple[int, Standing, Verdict]]:
    """Of running cases of the old version (instance, case, state): each with where it stands and what that means."""
    cases = [case for _, case, _ in rows]
    running, unknown = running_of(cases), _unknown_parameters(order, cases)
    judge, found = order.judge, []
    for (instance, case, _), (stands, problem) in zip(rows, _stands(judge, rows), strict=True):
        verdict = problem or judge.judge(stands, running.get(case, frozenset()))
        if case in unknown:
            verdict = replace(verdict, klass=Klass.BLOCKED, reasons=(*verdict.reasons, unknown[case]))
        found.append((instance, stands, verdict))
    return found


def _stands(judge: Judge, rows: Sequence[tuple[int, int, bytes]]) -> Iterator[tuple[Standing, Verdict | None]]:
    """Of each row where it stands, or nowhere and why nobody can say: one that is broken keeps no other waiting."""
    ids = [instance for instance, _, _ in rows]
    stopped = set(session.scalars(quarantined_cases().where(Incident.instance_id.in_(ids))))
    for instance, _, state in rows:
        if instance in stopped:
            yield (), QUARANTINED
            continue
        try:
            yield standing(state, judge.old.elements), None
        except (ValueError, TypeError, LookupError):
            yield (), UNREADABLE


def _unknown_parameters(order: Order, cases: Sequence[int]) -> dict[int, str]:
    """By case a sentence on those parameters that only the new version reads and that came after the case: it keeps
    the values it began with (C-11).
    """
    keys = order.judge.new.parameters - order.judge.old.parameters
    if not keys:
        return {}
    found = {}
    for case, revision in session.execute(select(Case.id, Case.parameter_revision).where(Case.id.in_(cases))):
        if lacking := sorted(keys - parameters.values_at(revision).keys()):
            found[case] = f"新版要用参数“{'”“'.join(map(parameter_called, lacking))}”，登记的时候还没有，不能接着办。"
    return found


def chunks(definition_id: int, after: int = 0, size: int = AT_ONCE) -> Iterator[list[tuple[int, int, bytes]]]:
    """Running cases of a version (instance, case, state), in the order of their ids, `size` at a time."""
    row = ProcessInstance
    mine = (row.definition_id == definition_id) & row.ended_at.is_(None)
    asked = select(row.id, row.case_id, row.state).where(mine).order_by(row.id).limit(size)
    while found := session.execute(asked.where(row.id > after)).all():
        after = found[-1][0]
        yield [(instance, case, state) for instance, case, state in found]


def running_of(cases: Sequence[int]) -> dict[int, frozenset[Running]]:
    """By case, the deadlines that run."""
    rows = select(Deadline.case_id, Deadline.key, Deadline.element)
    found: dict[int, set[Running]] = {}
    for case, key, element in session.execute(rows.where(Deadline.case_id.in_(cases), Deadline.state == RUNNING)):
        found.setdefault(case, set()).add(Running(key.partition(":")[0], element))
    return {case: frozenset(each) for case, each in found.items()}


@transactional
def migrate_case(instance_id: int, order: Order, *, job_id: int, by: Identity) -> CaseMigration:
    """Take one case over. Raises CannotMigrate when it is not safe, NotAllowed for a suspended one."""
    instance = locked(instance_id)
    if instance.definition_id != order.old or instance.ended_at:
        raise CannotMigrate("已经办结，或者已经不在这一版。")
    [(_, _, verdict)] = judged(order, [(instance.id, instance.case_id, instance.state)])
    if verdict.klass != Klass.SAFE:
        # without the reason: it may name a clue
        raise CannotMigrate("刚才有人办过，现在停的地方不能迁移，请重新判断。")
    before = instance.state
    old, new = [session.get_one(ProcessDefinition, each).version for each in (order.old, order.new)]
    with to_version(instance, order.new, order.judge.fitting, by=by) as change:
        change.move.name = f"第{new}版"
        change.move.host.context.note("version", f"原第{old}版，原因：{order.reason}")
    row = CaseMigration(job_id=job_id, instance_id=instance.id, outcome=MIGRATED, problem="", at=now())
    row.kept, row.before = change.kept, before if change.kept else None
    session.add(row)
    return row


@transactional
def take_back(migration_id: int, reason: str, *, by: Identity) -> CaseMigration:
    """Put a case back into the version it came from, as it was. Raises CannotMigrate when it has moved since."""
    found = session.get_one(CaseMigration, migration_id)
    instance = locked(found.instance_id)
    row = session.get_one(CaseMigration, migration_id, populate_existing=True)
    if row.outcome != MIGRATED:
        raise CannotMigrate("已经退回。")
    kept = row.kept
    if kept is None or row.before is None:
        raise CannotMigrate("迁移时已经往下走了，不能退回。")
    taken_to = session.get_one(Job, row.job_id).asked["new"]  # another migration may leave the state as it is
    if instance.definition_id != taken_to:
        raise CannotMigrate("迁移以后又换了版本，不能退回。")
    if digest(instance.state) != kept["digest"] or instance.ended_at:
        raise CannotMigrate("迁移以后已经有人办过，不能退回。")
    with back_again(instance, row.before, kept, by=by) as move:
        move.name = f"第{session.get_one(ProcessDefinition, kept['version']).version}版"
        move.host.context.note("version", f"原因：{reason.strip()}")
    row.outcome, row.problem, row.before, row.kept = BACK, "", None, None
    return row


@transactional
def note_failure(job_id: int, instance_id: int, problem: str) -> None:
    """A case that was not taken over; written once, though a piece is done again after a crash."""
    mine = (CaseMigration.job_id == job_id) & (CaseMigration.instance_id == instance_id)
    session.execute(delete(CaseMigration).where(mine, CaseMigration.outcome == FAILED))
    session.add(CaseMigration(job_id=job_id, instance_id=instance_id, outcome=FAILED, problem=problem, at=now()))


@transactional
def note_left(migration_id: int, problem: str) -> None:
    """A case that could not be taken back."""
    session.get_one(CaseMigration, migration_id).problem = problem
