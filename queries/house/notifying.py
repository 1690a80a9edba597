"""What the pages of notifications tell: when they go out, and where somebody has them sent."""

from engine.masking import mask
from models import now
from operations.gate.outbox import channels
from operations.people.notifying import ADDRESSES, notify_of
from reference.parameters import in_force
from reference.quiet import NONE, QUIET, digest_of


def rules() -> list[str]:
    """In sentences."""
    quiet = str(in_force(QUIET, NONE))
    night = [f"{quiet.replace('-', '至')}不往外发，到点再发；标“紧急”的照发。"] if quiet != NONE else []
    return [
        "站内通知放入即为送达，这里关不掉；这里只管要不要另外往外发。往外发的只说有什么通知、编号，不说事项内容。",
        f"每日汇总每个工作日 {digest_of(now()):%H:%M} 发一条：逾期、今天到期、新到的任务和未读通知各几件，没有就不发。",
        *night,
    ]


def addresses_of(user_id: int) -> list[tuple[str, str]]:
    """Each address by its name, masked: who may read it in clear is noted when they do (S-04)."""
    left = notify_of(user_id)
    found = ((channel, left.get(f"address_{channel}")) for channel in channels())
    return [(ADDRESSES[channel][0], masked_address(channel, text) if text else "没有填") for channel, text in found]


def masked_address(channel: str, text: str) -> str:
    """Enough of it to recognise it."""
    if channel == "sms":
        return mask("phone", text)
    head, at, home = text.partition("@")
    return f"{head[:1]}***{at}{home}"
