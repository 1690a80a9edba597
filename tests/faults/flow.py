"""A flow in which every effect can be counted: a reminder for being late, a number, a message to the reporter.

办理 (2 hours; late: 催办单 and a message) → 编号 → 告知反映人 → 回访 (4 hours, then closed without an answer).
"""

from models import SYSTEM, ClockShift, seal_with, session, transactional
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.house.parameters import set_parameter
from tests.engine.diagrams import boundary, diagram, end, service, start, timer, user
from tests.small_flow import HANDLER as CANDIDATES
from tests.small_flow import REPORT, form

KEY = "steady"
SECRET = "the history's"  # one for the test and all its workers
HANDLER = "natural_resources:handler"

DIAGRAM = diagram(
    KEY,
    start(),
    user("handle", name="办理", candidates=CANDIDATES, form="F.handle", deadline="handle", limit="hours(2)"),
    boundary("late", "handle", timer('due("handle")'), interrupting=False, name="逾期未办结"),
    service(
        "urge",
        "urge.raise",
        name="催办",
        parameters={"to": '"natural_resources"', "requirement": '"请抓紧办理"', "due": 'due("handle")'},
    ),
    service(
        "tell_late", "notify.reporter", parameters={"text": '"正在催办"', "phone": '"10000000000"'}, name="告知逾期"
    ),
    REPORT,
    end("urged"),
    service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
    service("tell", "notify.reporter", parameters={"text": '"已办结"', "phone": '"10000000000"'}, name="告知办结"),
    user("visit", name="回访", candidates=CANDIDATES, form="F.visit", deadline="visit", limit="hours(4)"),
    boundary("unanswered", "visit", timer('due("visit")'), name="未能回访"),
    end("closed"),
    end("done"),
    flows="start handle number tell visit done; late urge tell_late report urged; unanswered closed",
)
FILES = {
    "steady.bpmn": DIAGRAM,
    "F.handle.form.json": form("F.handle", {"type": "textfield", "key": "result", "label": "办理情况"}),
    "F.visit.form.json": form("F.visit", {"type": "textfield", "key": "answer", "label": "回访情况"}),
}


def begin_cases(count: int) -> None:
    """That many cases on a database whose clock the tests may turn."""
    seal_with(SECRET)
    turn_clock(0)
    set_parameter("notify.quiet", "无", by=SYSTEM)  # these tests run at whatever hour it is
    deploy(KEY, FILES)
    for _ in range(count):
        start_process(KEY, {}, by=SYSTEM)


@transactional
def turn_clock(seconds: int) -> None:
    """Let the database's clock run ahead by so much more."""
    shift = session.get(ClockShift, 1) or ClockShift(id=1, seconds=0)
    shift.seconds += seconds
    session.add(shift)
