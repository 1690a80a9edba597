"""A flow with a secret: 办理 beside 研究线索 → 说明情况, which nobody may know of but the holders of clues (XT-20)."""

from tests.engine.diagrams import both, diagram, end, start, user
from tests.small_flow import FILES as SMALL
from tests.small_flow import HANDLER, form

DIAGRAM = diagram(
    "secret",
    start(),
    both("apart"),
    user(
        "handle",
        name="办理",
        candidates=HANDLER,
        form="F.handle",
        deadline="handle",
        limit="workdays(5)",
        status="in_progress",
    ),
    user(
        "weigh",
        name="研究线索",
        candidates='post("supervision_office", "supervisor")',
        form="F.weigh",
        deadline="weigh",
        limit="workdays(3)",
        confidential="yes",
        clauses="XT-20",
    ),
    user(
        "explain",
        name="说明情况",
        candidates='post("natural_resources", "leader")',
        form="F.explain",
        confidential="yes",
    ),
    both("together"),
    end("done", status="archived"),
    flows="start apart handle together done; apart weigh explain together",
)

FILES = {
    "secret.bpmn": DIAGRAM,
    "d07_light.dmn": SMALL["d07_light.dmn"],
    "F.handle.form.json": form("F.handle", {"type": "textfield", "key": "result", "label": "办理情况"}),
    "F.weigh.form.json": form("F.weigh", {"type": "textfield", "key": "opinion", "label": "处理意见"}),
    "F.explain.form.json": form("F.explain", {"type": "textfield", "key": "words", "label": "情况说明"}),
}
