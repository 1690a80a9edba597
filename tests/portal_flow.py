"""A flow people may begin themselves: 网上提交 → 登记（信箱受理员） → 编号、回执 → 办理 → 归档."""

from tests.engine.diagrams import diagram, end, message, service, start, user
from tests.small_flow import HANDLER, form

ONLINE = form(
    "F.online",
    {"type": "textfield", "key": "title", "label": "一句话说清", "validate": {"required": True, "maxLength": 60}},
    {"type": "select", "key": "matter_org", "label": "哪个单位的事", "valuesKey": "units"},
    {"type": "checkbox", "key": "anonymous", "label": "匿名提交"},
    {
        **{"type": "textfield", "key": "reporter_name", "label": "您的姓名", "validate": {"required": True}},
        **{"properties": {"personal": "name"}, "conditional": {"hide": "=anonymous = true"}},
    },
    {
        **{"type": "textfield", "key": "reporter_phone", "label": "联系电话", "validate": {"required": True}},
        **{"properties": {"personal": "phone"}, "conditional": {"hide": "=anonymous = true"}},
    },
    {"type": "checkbox", "key": "confidential", "label": "要求保密"},
)
REGISTER = form(
    "F.register",
    {"type": "textfield", "key": "title", "label": "标题", "properties": {"prefill": "case"}},
    {"type": "textfield", "key": "kind", "label": "性质", "validate": {"required": True}},
    {"type": "textfield", "key": "reporter_phone", "label": "联系电话", "properties": {"personal": "phone"}},
)
FILES = {
    "xt_open.bpmn": diagram(
        "xt_open",
        '<bpmn:message id="online" name="网上提交"/>',
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.register"),
        start(
            "handed_in",
            name="企业群众网上提交",
            content=message("online"),
            receiver="task_force:mailbox_clerk",
            channel="mailbox",
            form="F.online",
            status="submitted",
        ),
        user("receive", name="登记网上提交", candidates="receiver_post", form="F.register"),
        service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
        service("receipt", "reporter.receipt", parameters={}, name="回执"),
        user("work", name="办理", candidates=HANDLER, form="F.work", status="in_progress"),
        service("file", "case.archive", parameters={"result": '"archived"'}, name="归档", status="archived"),
        end("done", noReply="测试用的流程，不答复"),
        flows="start register number receipt work file done; handed_in receive number",
        name="办不成事",
    ),
    "F.online.form.json": ONLINE,
    "F.register.form.json": REGISTER,
    "F.work.form.json": form("F.work", {"type": "textarea", "key": "public_reply", "label": "公开答复"}),
}
