"""A small flow of two steps that shows every habit of a large one; tests of the operations speak of it.

签收 (2 working days, then counted as signed) → 办理 (5 working days; 申请延期; late: 催办, 专班 is told) → 编号 → end.
"""

import json
from pathlib import Path

from tests.engine.diagrams import Shape, boundary, diagram, end, message, script, service, start, timer, user, xor

#: Who handles, as a diagram names the post.
HANDLER = 'post("natural_resources", "handler")'

SIGN = user(
    "sign",
    name="签收",
    candidates='post("natural_resources", "liaison")',
    form="F.sign",
    clauses="XT-10",
    status="dispatched",
    deadline="sign",
    limit='workdays(param("xt.auto_sign_days"))',
)
UNSIGNED = boundary("unsigned", "sign", timer('due("sign")'), name="逾期视为签收")


def handle(post: str) -> Shape:
    """办理 by this post, within five working days (XT-12)."""
    return user(
        "handle",
        name="办理",
        candidates=post,
        form="F.handle",
        clauses="XT-12",
        status="in_progress",
        deadline="handle",
        limit='workdays(param("xt.handle_days.general"))',
    )


ASK = boundary(
    "ask",
    "handle",
    message("extend"),
    interrupting=False,
    name="申请延期",
    form="F.extend",
    available='count("extended") < param("xt.extend_max_times")',
    unavailable="原则上只能延期1次（XT-13）。",
)
EXTENDED = service(
    "extended", "deadline.extend", name="延期", clauses="XT-13", parameters={"key": '"handle"', "days": "days"}
)
REPORT = service(
    "report",
    "notify.post",
    name="报告专班",
    parameters={"to": 'post("task_force", "head")', "text": '"办理逾期，已催办"'},
)
LATE = boundary("late", "handle", timer('due("handle")'), interrupting=False, name="逾期未办结")

DIAGRAM = diagram(
    "small",
    '<bpmn:message id="extend" name="申请延期"/>',
    start(),
    SIGN,
    UNSIGNED,
    script("signed", 'signed_at = now()\nlead_org = "natural_resources"'),
    handle('post(lead_org, "handler")'),
    ASK,
    EXTENDED,
    end("asked"),
    LATE,
    service(
        "urge",
        "urge.raise",
        name="催办",
        clauses="XT-18",
        parameters={"to": "lead_org", "requirement": '"请抓紧办理"', "due": 'due("handle")'},
    ),
    REPORT,
    end("urged"),
    xor("ways"),
    service(
        "give_to",
        "case.dispatch",
        name="交办",
        parameters={"lead_org": "next_org", "co_orgs": "[]", "requirement": '""'},
    ),
    service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
    service("tell", "notify.reporter", parameters={"text": '"已办结"', "phone": '"10000000000"'}, name="告知反映人"),
    end("done", status="archived"),
    flows="start sign signed handle ways; unsigned signed; ask extended asked; late urge report urged; "
    "ways -> give_to: next_org != null and next_org != ''; ways -> number: else; give_to number tell done",
)


def form(key: str, *components: dict) -> bytes:
    return json.dumps({"type": "default", "id": key, "schemaVersion": 16, "components": list(components)}).encode()


FORMS = {
    "F.sign.form.json": form(
        "F.sign",
        {"type": "textfield", "key": "note", "label": "备注"},
        {"type": "textfield", "key": "reporter_phone", "label": "联系电话", "properties": {"personal": "phone"}},
    ),
    "F.handle.form.json": form(
        "F.handle",
        {"type": "textarea", "key": "result", "label": "办理情况", "validate": {"required": True}},
        {"type": "textfield", "key": "next_org", "label": "转交单位代号"},
    ),
    "F.extend.form.json": form(
        "F.extend",
        {"type": "number", "key": "days", "label": "延长天数", "validate": {"required": True, "min": 1, "max": 5}},
    ),
}

SHARED = Path(__file__).parent.parent / "bpmn" / "shared"
FILES = {"small.bpmn": DIAGRAM, "d07_light.dmn": (SHARED / "d07_light.dmn").read_bytes(), **FORMS}
