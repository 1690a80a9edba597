"""The flows that are measured."""

from tests.engine.diagrams import (
    both,
    boundary,
    call,
    diagram,
    end,
    file,
    message,
    process,
    script,
    start,
    timer,
    times,
    user,
    xor,
)
from tests.small_flow import FILES, HANDLER, LATE, SIGN, UNSIGNED, form, handle

_LATER = timer('"2030-01-01T00:00:00+08:00"', "timeDate")

#: Words that mean the same to stock SpiffWorkflow and to us: script, choice, timers, many at once, call, fork and join.
PLAIN = file(
    process(
        "plain",
        start(),
        user("register"),
        script("route", "more = False"),
        xor("again"),
        user("accept"),
        boundary("too_late", "accept", _LATER),
        script("escalate", "escalated = True"),
        boundary("late", "accept", _LATER, interrupting=False),
        script("remind", "reminded = True"),
        end("reminded"),
        xor("accepted"),
        times(user("opinion"), "3"),
        xor("enough"),
        call("notify", "letter"),
        both("fork"),
        user("archive"),
        script("count", "counted = 1"),
        both("join"),
        user("finish"),
        end(),
        flows="start register route again accept accepted opinion enough; too_late escalate accepted; "
        "late remind reminded; enough -> again: more; enough -> notify: else; notify fork archive join; "
        "fork count join finish end",
    ),
    process(
        "letter",
        start("l_start"),
        script("write", "letter = 'dear'"),
        user("send"),
        end("l_end"),
        flows="l_start write send l_end",
    ),
)
PLAIN_ROUND = 4  # completions of one round of rework: accept and three opinions
PLAIN_SHORT = 8  # completions of a case without rework

#: What somebody fills in: enters the token of the naive engine, and a table of its own in ours.
FORM = {f"field{number}": f"value {number} 申请人信息" for number in range(20)}

#: What a case usually carries: deadlines in working days, timers on them, a button, forms; any number of rounds.
REWORK = diagram(
    "rework",
    '<bpmn:message id="extend" name="申请延期"/>',
    start(),
    xor("round"),
    SIGN,
    UNSIGNED,
    script("signed", "signed_at = now()"),
    handle(HANDLER),
    boundary("ask", "handle", message("extend"), interrupting=False, name="申请延期", form="F.extend"),
    script("asked", "extended = true"),
    end("noted"),
    LATE,
    script("urged", "urged_at = now()"),
    end("reminded"),
    xor("enough"),
    end("done", status="archived"),
    flows="start round sign signed handle enough; unsigned signed; ask asked noted; late urged reminded; "
    "enough -> done: again == 'no'; enough -> round: else",
    name="反复办理",
)

_TEXTS = [{"type": "textfield", "key": f"field{number}", "label": f"内容{number}"} for number in range(20)]
REWORK_FILES = {
    "rework.bpmn": REWORK,
    "d07_light.dmn": FILES["d07_light.dmn"],
    "F.sign.form.json": form("F.sign", {"type": "textfield", "key": "note", "label": "备注"}),
    "F.handle.form.json": form("F.handle", {"type": "textfield", "key": "again", "label": "再办"}, *_TEXTS),
    "F.extend.form.json": form("F.extend", {"type": "number", "key": "days", "label": "延长天数"}),
}
