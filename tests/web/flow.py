"""A small flow as the browser meets it: a window clerk registers, the bureau signs, handles, may ask for more time."""

from tests import small_flow
from tests.engine.diagrams import Shape, boundary, diagram, end, message, service, start, user

LIAISON, HANDLER = 'post("natural_resources", "liaison")', 'post("natural_resources", "handler")'

EXTENDED = service(
    "extended", "deadline.extend", parameters={"key": '"handle"', "days": "days"}, name="延期", clauses="XT-13"
)
#: A request for more time that is answered at once, with a no.
REFUSED = service(
    "extended", "notify.post", parameters={"to": HANDLER, "text": '"延期申请不受理：超过可延天数"'}, name="告知"
)


def drawn(key: str, extended: Shape) -> bytes:
    return diagram(
        key,
        '<bpmn:message id="extend" name="申请延期"/>',
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.register"),
        service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
        user(
            "sign",
            name="签收",
            candidates=LIAISON,
            form="F.sign",
            clauses="XT-10",
            status="dispatched",
            deadline="sign",
            limit='workdays(param("xt.auto_sign_days"))',
        ),
        user(
            "handle",
            name="办理",
            candidates=HANDLER,
            form="F.handle",
            clauses="XT-12",
            status="in_progress",
            deadline="handle",
            limit='workdays(param("xt.handle_days.general"))',
        ),
        boundary(
            "ask",
            "handle",
            message("extend"),
            interrupting=False,
            name="申请延期",
            form="F.extend",
            available='count("extended") < param("xt.extend_max_times")',
            unavailable="原则上只能延期1次（XT-13）。",
        ),
        extended,
        end("asked"),
        end("done", status="archived"),
        flows="start register number sign handle done; ask extended asked",
    )


REGISTER = small_flow.form(
    "F.register",
    {"type": "textfield", "key": "title", "label": "事项标题", "validate": {"required": True}},
    {
        "type": "select",
        "key": "channel",
        "label": "受理渠道",
        "values": [{"value": "window", "label": "反映窗口"}, {"value": "hotline", "label": "12345专席"}],
    },
    {"type": "textfield", "key": "reporter_phone", "label": "联系电话"},
)
FORMS = small_flow.FILES | {"F.register.form.json": REGISTER}
FILES = FORMS | {"small.bpmn": drawn("small", EXTENDED)}
REFUSING = FORMS | {"small.bpmn": drawn("refusing", REFUSED)}
