"""The page 会议, from the topic to the sheet that is printed (CA-07)."""

import re

from handlers import call
from models import SYSTEM, ProcessInstance, session
from operations.gate.moves import move_of


def raise_topic(app) -> None:
    with app.app_context():
        instance = session.query(ProcessInstance).one()
        context = move_of(instance, by=SYSTEM).host.context
        words = {"meeting_type": "joint", "topic": "<b>怎样办</b>", "units": ["tax"]}
        call("meeting.invite", words | {"keeper": "post:natural_resources:liaison"}, context)
        session.commit()


def test_a_meeting_is_called_answered_signed_in_to_and_its_sheet_printed(app, window, liaison, browser):
    window.send("/register/small", title="办证难")
    raise_topic(app)
    page = liaison.get("/meetings").text
    [item] = re.findall(r'name="items\[\]" value="(\d+)"', page)
    refused = liaison.send("/meetings", **{"items[]": item, "meets_at": "2026-03-11T09:30", "place": "三楼"})
    assert refused.status_code == 422
    assert 'value="三楼"' in refused.text
    address = liaison.send("/meetings", **{"items[]": item, "meets_at": "2026-03-12T09:30", "place": "三楼"}).location
    kept = liaison.get(address).text
    code = re.search(r"<dt>签到码</dt><dd>(\d{6})</dd>", kept)[1]
    assert "&lt;b&gt;怎样办" in kept

    tax = browser("shuiwu")
    asked = tax.get(address).text
    assert "<dt>签到码" not in asked
    assert tax.send(f"{address}/answer", page=address, answer="leave").status_code == 422
    assert tax.send(f"{address}/answer", page=address, answer="comes").location == address
    assert tax.send("/meetings/sign-in", code="12").status_code == 422
    assert tax.send("/meetings/sign-in", code=code).location == address
    assert "签到 1 家" in liaison.get("/meetings").text
    assert "孟超（经办人）" in liaison.get(f"{address}/sheet").text
