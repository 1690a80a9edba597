"""What a reporter takes home: the number of the case and the code to ask with."""

import secrets
from typing import Annotated, Any

from handlers.context import CaseContext
from handlers.notices import has_reporter, phone_of_reporter, send
from handlers.registry import handler

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read aloud or copied as something else
LENGTH = 8


@handler("reporter.receipt", name="登记回执", result="query_code：查询码，没有给的为空")
def give_receipt(
    case: CaseContext, always: Annotated[bool, "没有留姓名、电话的也给（匿名的凭它查进度）"] = True
) -> dict[str, Any]:
    """给事项一个查询码，连同编号发短信告诉反映人；反映人凭编号和查询码自助查进度。已有查询码的不换。"""
    if not case.case.query_code and (always or has_reporter(case)):
        case.case.query_code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        told = (
            f"您反映的事项已登记，编号 {case.case.case_no}，查询码 {case.case.query_code}，可凭编号和查询码查询进度。"
        )
        if phone := phone_of_reporter(case):
            send(case, "sms", phone, {"text": told})
        # The outbox sends it after the commit, in its hours, and where no gateway is connected never (C-02, C-04).
        waits = "编号和查询码待发给反映人" if phone else "反映人没有留电话，请当面告知查询码"
        case.note("receipt", f"登记回执已生成，{waits}")
    return {"query_code": case.case.query_code or ""}
