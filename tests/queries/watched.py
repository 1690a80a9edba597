"""A flow as the supervision desk meets it.

办理 in five working days, may be put off and given back; late: a 督办单, to be answered in five more, then a clue.
"""

from tests.engine.diagrams import boundary, diagram, end, message, service, start, timer, user
from tests.small_flow import FILES as SMALL
from tests.small_flow import HANDLER, form

DIAGRAM = diagram(
    "watched",
    '<bpmn:message id="extend" name="申请延期"/><bpmn:message id="back" name="申请退回"/>',
    start(),
    user(
        "handle",
        name="办理",
        candidates=HANDLER,
        form="F.handle",
        deadline="handle",
        limit="workdays(5)",
        status="in_progress",
    ),
    boundary("extend_it", "handle", message("extend"), interrupting=False, name="申请延期", form="F-C-2.apply"),
    end("extended"),
    boundary("give_back", "handle", message("back"), interrupting=False, name="申请退回", form="F-C-1.apply"),
    end("given_back"),
    boundary("late", "handle", timer('due("handle")'), interrupting=False, name="逾期未办结"),
    service(
        "order",
        "supervision.raise",
        name="发督办单",
        deadline="supervise",
        deadlineName="督办反馈时限",
        limit="workdays(5)",
        until="handle",
        parameters={
            "level": '"督查室"',
            "owner": '"supervision_office"',
            "to": '"natural_resources"',
            "requirement": '"请抓紧办理"',
            "due": 'due("supervise")',
        },
    ),
    user(
        "watch",
        name="督办并记反馈",
        candidates='post("supervision_office", "supervisor")',
        form="F.handle",
        deadline="supervise",
        limit="workdays(5)",
        until="handle",
    ),
    boundary("unanswered", "watch", timer('due("supervise")'), name="督办到期"),
    service(
        "clue",
        "clue.raise",
        name="登记线索",
        confidential="yes",
        voids="supervise",
        result="clue_entry",
        parameters={"org": '"natural_resources"', "reason": '"督办仍未办理"', "summary": '"经办拖延"'},
    ),
    user(
        "decide",
        name="决定是否移送",
        candidates='post("supervision_office", "supervisor")',
        form="F.decide",
        confidential="yes",
        clue="clue_entry.id",
        deadline="decide",
        limit="workdays(3)",
    ),
    end("decided", confidential="yes"),
    end("watched_end"),
    service("archive", "case.archive", name="归档", parameters={"result": '"已办结"'}),
    end("done", status="archived"),
    flows="start handle archive done; extend_it extended; give_back given_back; late order watch watched_end; "
    "unanswered clue decide decided",
)

WHY = {"type": "textfield", "key": "why", "label": "理由"}
FILES = {
    "watched.bpmn": DIAGRAM,
    "d07_light.dmn": SMALL["d07_light.dmn"],
    "F.handle.form.json": form("F.handle", {"type": "textfield", "key": "result", "label": "办理情况"}),
    "F-C-1.apply.form.json": form("F-C-1.apply", WHY),
    "F-C-2.apply.form.json": form("F-C-2.apply", WHY),
    "F.decide.form.json": form(
        "F.decide",
        {
            "type": "radio",
            "key": "transfer",
            "label": "是否移送",
            "values": [{"value": "yes", "label": "移送"}, {"value": "no", "label": "不移送"}],
        },
    ),
}
