"""What the pages of notifications tell: when they go out, and where somebody has them sent."""

from dataclasses import dataclass
from datetime import datetime

from config import ZONE
from engine.masking import mask
from models import now
from operations.gate.address_codes import VALID, code_of, is_over
from operations.gate.outbox import channels, is_rehearsed
from operations.people.addresses import ADDRESSES, waiting_codes
from operations.people.notifying import notify_of
from reference.parameters import in_force
from reference.quiet import NONE, QUIET, digest_of


@dataclass(frozen=True)
class WaitingAddress:
    """One's own, until the code that was sent there is typed. `until`: None where that code is over. `shown`: the code,
    where a demonstration sends nothing; else "".
    """

    channel: str
    name: str
    address: str
    until: datetime | None
    shown: str


def rules() -> list[str]:
    """In sentences."""
    quiet = str(in_force(QUIET, NONE))
    night = [f"{quiet.replace('-', '至')}不往外发，到点再发；标“紧急”的照发。"] if quiet != NONE else []
    shown = (
        ["演示：没有接通的通道什么也不真发，要发的只记在“发送记录”里。"] if any(map(is_rehearsed, channels())) else []
    )
    return [
        *shown,
        "站内通知放入即为送达，这里关不掉；这里只管要不要另外往外发。往外发的只说有什么通知、编号，不说事项内容。",
        f"每日汇总每个工作日 {digest_of(now()):%H:%M} 发一条：逾期、今天到期、新到的任务和未读通知各几件，没有就不发。",
        *night,
    ]


def waiting_addresses(user_id: int) -> list[WaitingAddress]:
    moment = now()
    return [
        WaitingAddress(
            code.channel,
            ADDRESSES[code.channel][0],
            code.address,
            None if is_over(code, moment) else (code.sent_at + VALID).astimezone(ZONE),
            code_of(code.nonce) if is_rehearsed(code.channel) else "",
        )
        for code in waiting_codes(user_id)
    ]


def addresses_of(user_id: int) -> list[tuple[str, str]]:
    """Each address by its name, masked: who may read it in clear is noted when they do (S-04)."""
    left = notify_of(user_id)
    waiting = {code.channel for code in waiting_codes(user_id)}
    found = ((channel, left.get(f"address_{channel}")) for channel in channels())
    return [
        (
            ADDRESSES[channel][0],
            masked_address(channel, text) + ("（待本人确认）" if channel in waiting else "") if text else "没有填",
        )
        for channel, text in found
    ]


def masked_address(channel: str, text: str) -> str:
    """Enough of it to recognise it."""
    if channel == "sms":
        return mask("phone", text)
    head, at, home = text.partition("@")
    return f"{head[:1]}***{at}{home}"
