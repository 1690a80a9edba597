"""Where somebody has notices sent outside the house. A telephone number or mailbox is theirs once they have typed the
code that was sent to it: until then nothing else goes there, for it may be a stranger's (S-04). The robot of a group
says what all its members read, so a code said there would prove nothing.
"""

import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from config import ZONE
from engine.forms import Field, Form, clean
from errors import InvalidForm, NotFound
from gateways import ROBOTS, mail
from models import AddressCode, Identity, OutboxMessage, PersonNotify, User, now, session, transactional
from operations.gate.address_codes import VALID, code_of, is_over
from operations.gate.outbox import channels

#: What an address is called, how it must look, and that in words.
ADDRESSES = {
    "sms": ("手机号", re.compile(r"1\d{10}"), "11位手机号"),
    "email": ("电子邮箱", mail.ADDRESS, "邮箱地址（英文字母、数字）"),
    "wecom": ("企业微信账号", re.compile(r"[\w.@-]{1,64}", re.ASCII), "字母、数字或 . _ - @"),
    "dingtalk": ("钉钉用户号", re.compile(r"[\w.@-]{1,64}", re.ASCII), "字母、数字或 . _ - @"),
}
CONFIRM = Form("notify_code", "确认地址", (Field("code", "textfield", "验证码", required=True, max_length=20),), {})
MOST_WRONG = 5  # then another code is needed
APART = timedelta(minutes=1)  # between two codes to one address
MOST, WITHIN = 5, timedelta(hours=1)  # codes on one channel: nobody's telephone is rung by ours all day


def row_of(user_id: int) -> PersonNotify:
    """Locked with the person: two tabs, one after the other."""
    session.get(User, user_id, with_for_update={"key_share": True})
    row = session.get(PersonNotify, user_id, populate_existing=True)
    if row is None:
        row = PersonNotify(user_id=user_id, addresses={}, choices={}, digested_at=now())
        session.add(row)
    return row


def take_addresses(row: PersonNotify, typed: Mapping[str, str]) -> None:
    """What is new waits for its code, and the old one is used no more. Raises InvalidForm where too many were sent."""
    problems = {}
    for channel, text in typed.items():
        known = row.addresses.get(channel, "")
        code = _code_of(row.user_id, channel)
        if channel in ROBOTS:
            row.addresses = row.addresses | {channel: text}
        elif text and text in (known, code.address if code else ""):
            continue
        else:
            row.addresses = row.addresses | {channel: ""}
            if why := _begin(row.user_id, channel, text, code):
                problems[f"address_{channel}"] = why
    if problems:
        raise InvalidForm(problems)


def _begin(user_id: int, channel: str, text: str, code: AddressCode | None) -> str:
    """Returns why no code can be sent, "" where one is or nothing is left."""
    if code is None and text:
        code = AddressCode(user_id=user_id, channel=channel, address="", nonce="", wrong=0, times=0)
        code.sent_at = code.since = now()
        session.add(code)
    if code is None:
        return ""
    code.address, code.nonce = text, ""
    return _send(code) if text else ""


def _send(code: AddressCode) -> str:
    moment = now()
    if moment - code.since >= WITHIN:
        code.since, code.times = moment, 0
    if code.times >= MOST:
        return f"验证码一小时最多发{MOST}次，请 {_clock(code.since + WITHIN)} 以后再来。"
    code.nonce, code.sent_at, code.wrong, code.times = secrets.token_hex(16), moment, 0, code.times + 1
    session.add(
        OutboxMessage(
            user_id=code.user_id,
            channel=code.channel,
            recipient=code.address,
            body={"subject": "闭环：验证码", "text": TEXT, "code": code.nonce},
            urgent=True,  # somebody sits there and waits
            idempotency_key=f"code:{code.nonce}",
            next_at=moment,
            created_at=moment,
        )
    )
    return ""


@transactional
def send_another(channel: str, *, by: Identity) -> None:
    """The code before it is good no more. Raises NotFound where nothing waits, InvalidForm where it is too soon."""
    code = _waiting(channel, by)
    soon = code.sent_at + APART
    if why := f"验证码刚发过，请 {_clock(soon)} 以后再重发。" if now() < soon else _send(code):
        raise InvalidForm({"code": why})


def confirm(channel: str, values: Mapping[str, Any], *, by: Identity) -> None:
    """The address is theirs: `values["code"]` was read there. Raises NotFound where nothing waits, InvalidForm; a wrong
    code is counted.
    """
    typed = "".join(str(clean(CONFIRM, values)["code"]).split())
    if why := _confirm(channel, typed, by):
        raise InvalidForm({"code": why})


@transactional
def _confirm(channel: str, typed: str, by: Identity) -> str:
    row = row_of(by.id or 0)
    code = _waiting(channel, by)
    if is_over(code, now()):
        return "验证码已经过期，请点“重发”。"
    if code.wrong >= MOST_WRONG:
        return f"错了{MOST_WRONG}次，这个验证码作废，请点“重发”。"
    if not hmac.compare_digest(typed.encode(), code_of(code.nonce).encode()):
        code.wrong += 1
        return "验证码不对。请核对最后收到的六位数字。"
    row.addresses = row.addresses | {channel: code.address}
    code.address = ""
    return ""


def waiting_codes(user_id: int) -> list[AddressCode]:
    """Of the addresses that wait for theirs, on channels that are connected."""
    found = (session.get(AddressCode, (user_id, channel)) for channel in channels())
    return [code for code in found if code and code.address]


def _waiting(channel: str, by: Identity) -> AddressCode:
    code = _code_of(by.id, channel)
    if code is None or not code.address:
        raise NotFound
    return code


def _code_of(user_id: int | None, channel: str) -> AddressCode | None:
    """Locked: two tabs, one after the other."""
    return session.get(AddressCode, (user_id, channel), with_for_update=True, populate_existing=True)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%H:%M}"


#: {code} is filled in on the way out (operations/gate/address_codes.py).
TEXT = f"您的验证码是{{code}}，{VALID.seconds // 60}分钟内有效，在闭环“通知设置”里填。不是您本人操作的，不用理会。"
