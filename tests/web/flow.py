"""A small flow as the browser meets it: a window clerk registers, the bureau signs, handles, may ask for more time."""

from tests import small_flow
from tests.engine.diagrams import Shape, diagram, end, service, start, user
from tests.small_flow import HANDLER

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
        small_flow.SIGN,
        small_flow.handle(HANDLER),
        small_flow.ASK,
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
    {"type": "textfield", "key": "reporter_phone", "label": "联系电话", "properties": {"personal": "phone"}},
)
FORMS = small_flow.FILES | {"F.register.form.json": REGISTER}
FILES = FORMS | {"small.bpmn": drawn("small", small_flow.EXTENDED)}
#: A task that is not to be done before the afternoon of the tests' day.
MEETING = FORMS | {
    "meeting.bpmn": diagram(
        "meeting",
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.register"),
        service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
        user(
            "hold",
            name="主持",
            candidates='post("natural_resources", "liaison")',
            form="F.handle",
            opens='date(now()) + "T15:00:00+08:00"',
        ),
        end("done", status="archived"),
        flows="start register number hold done",
    )
}
REFUSING = FORMS | {"small.bpmn": drawn("refusing", REFUSED)}
