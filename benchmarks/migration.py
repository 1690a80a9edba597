"""Judge running cases before any of them is migrated: read them, find where each stands, say what that means."""

from pathlib import Path

from sqlalchemy import select, update

from benchmarks.bulk import FIRST, add_cases, insert_rows
from benchmarks.county import BACKENDS, MORNING, county, open_task, settle, start_cases, state_of, worker
from benchmarks.flows import REWORK, REWORK_FILES
from benchmarks.measure import Times
from benchmarks.options import Options
from benchmarks.results import Result
from models import Deadline, ProcessInstance, session, transactional, virtual_clock
from operations.acts.tasks import complete_task
from operations.house.deployments import deploy
from operations.studio.migrating import Order, chunks, judged
from reference import definitions

PER_SECOND = 2_000  # cases of a core
COPIED = (
    "key",
    "name",
    "element",
    "clauses",
    "terms",
    "due_at",
    "suspended",
    "calendar_revision",
    "state",
    "opened_at",
)
#: The same flow with a step of the house before 办理.
LONGER = REWORK.replace(
    b'targetRef="handle"', b'targetRef="check"/><bpmn:sequenceFlow id="on" sourceRef="check" targetRef="handle"', 1
).replace(
    b"</bpmn:process>",
    b'<bpmn:scriptTask id="check"><bpmn:script>checked = true</bpmn:script></bpmn:scriptTask></bpmn:process>',
)


def migration(options: Options, folder: Path) -> list[Result]:
    """Half of the cases at 签收, half at 办理, each with its limit running."""
    return [_measure(backend, options, folder) for backend in BACKENDS]


def _measure(backend: str, options: Options, folder: Path) -> Result:
    number = options.size(20_000, 20)
    with county(backend, folder), virtual_clock(MORNING):
        old = definitions.newest("rework").id
        _add_running(old, number)
        settle()
        new = deploy("rework", {**REWORK_FILES, "rework.bpmn": LONGER}).id
        order, times = Order.of(old, new, {}, ""), Times()
        safe = times.add(lambda: sum(v.klass == "safe" for rows in chunks(old) for _, _, v in judged(order, rows)))
        assert safe == number, f"{safe} of {number} cases are safe"
    speed = number / times.cpu[0] * 1e3
    note = f"{number / times.wall[0] * 1e3:,.0f} a second of the clock"
    return Result(f"{backend}: cases judged, CPU", speed, "/s", PER_SECOND, at_least=True, gate=True, note=note)


@transactional
def _add_running(definition: int, number: int) -> None:
    """Copies of two real cases."""
    signing, handling = start_cases(2)
    complete_task(open_task(handling) or "", {}, by=worker())
    states = [(state_of(signing), "sign"), (state_of(handling), "handle")]
    add_cases(number - 2)
    for half, (state, element) in enumerate(states):
        mine = (ProcessInstance.id >= FIRST) & (ProcessInstance.id % 2 == half)
        session.execute(update(ProcessInstance).where(mine).values(state=state, definition_id=definition))
        limit = session.scalars(
            select(Deadline).where(Deadline.element == element).order_by(Deadline.id.desc())
        ).first()
        assert limit is not None
        terms = {name: getattr(limit, name) for name in COPIED}
        insert_rows(Deadline, (number - 2) // 2, lambda i: terms | {"case_id": FIRST + 2 * i + half})  # noqa: B023
