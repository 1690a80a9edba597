"""A case whose reporter may object while it is handled, and rates it afterwards: 登记 → 办理（申诉 → 复核）→ 评价 →
可改一次 → 归档.
"""

from tests.engine.diagrams import boundary, catch, diagram, end, first_event, message, service, start, timer, user
from tests.small_flow import HANDLER, form

FILES = {
    "xt_rated.bpmn": diagram(
        "xt_rated",
        '<bpmn:message id="m_object" name="申诉"/><bpmn:message id="m_change" name="改评"/>',
        start(),
        user("register", name="登记", candidates="receiver_post", form="F.register"),
        service("number", "case.number", parameters={"scheme": '"XT"'}, name="编号"),
        service("receipt", "reporter.receipt", parameters={}, name="回执"),
        user("work", name="办理", candidates=HANDLER, form="F.work", status="in_progress"),
        boundary(
            "object",
            "work",
            message("m_object"),
            False,
            name="申诉",
            form="F.object",
            reporter="对办理不服，申诉",
            available='count("object") < 1',
            unavailable="只能申诉一次。",
        ),
        user("review", name="复核申诉", candidates='post("task_force", "verifier")', form="F.work"),
        end("reviewed", noReply="测试用的流程"),
        user("rate", name="反映人评价", candidates=HANDLER, form="F.rate", status="completed", reporter="评价"),
        first_event("may_change", name="可改一次"),
        catch("changed", message("m_change"), name="改评", form="F.rate", reporter="修改评价"),
        catch("kept", timer("calendar_days(15)", "timeDate"), name="改评期满"),
        service("file", "case.archive", parameters={"result": '"archived"'}, name="归档", status="archived"),
        end("done", noReply="测试用的流程"),
        flows="""start register number receipt work rate may_change changed file done
            may_change kept file; object review reviewed""",
        name="评价与申诉",
    ),
    "F.register.form.json": form(
        "F.register",
        {"type": "textfield", "key": "title", "label": "标题"},
        {"type": "textfield", "key": "reporter_name", "label": "姓名", "properties": {"personal": "name"}},
    ),
    "F.work.form.json": form("F.work", {"type": "textarea", "key": "public_reply", "label": "公开答复"}),
    "F.object.form.json": form(
        "F.object", {"type": "textarea", "key": "objection", "label": "申诉的理由", "validate": {"required": True}}
    ),
    "F.rate.form.json": form(
        "F.rate",
        {
            "type": "radio",
            "key": "satisfaction",
            "label": "评价",
            "values": [{"label": text, "value": text} for text in ("满意", "基本满意", "不满意")],
            "validate": {"required": True},
        },
    ),
}
