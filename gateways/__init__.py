"""What takes a message out of the house, one module a way: SMS, e-mail, 企业微信, 钉钉. Each is off until config.py is
given its address. Knows no database and no page; operations/gate/outbox.py alone sends through it, in no transaction
(P5).
"""

from collections.abc import Callable, Mapping
from typing import Any

from errors import BadSetting
from gateways import dingtalk, mail, rehearsal, sms, wecom

#: Sends one message: (recipient, body, idempotency key) -> what the log shall say. The body's `text` is the message,
#: `subject` a line above it. Raises NotDelivered to be tried again (GatewayBusy
#: without counting it), DeliveryRefused not to be.
Gateway = Callable[[str, Mapping[str, Any], str], str]

CHANNELS = {"sms": "短信", "email": "电子邮件", "wecom": "企业微信", "dingtalk": "钉钉"}
#: Of a group: what is said there, all its members read.
ROBOTS = frozenset({"wecom", "dingtalk"})

_MAKERS: dict[str, Callable[[Mapping[str, Any]], Gateway | None]] = {
    "sms": sms.gateway,
    "email": mail.gateway,
    "wecom": wecom.gateway,
    "dingtalk": dingtalk.gateway,
}


def connected(settings: Mapping[str, Any]) -> dict[str, Gateway]:
    """The gateways that the settings connect, by channel; in a demonstration the others are rehearsed. Raises
    BadSetting, naming the variable.
    """
    rest = rehearsal.send if settings["DEMO"] else None
    made = {channel: make(settings) or rest for channel, make in _MAKERS.items()}
    return {channel: gateway for channel, gateway in made.items() if gateway}


__all__ = ["CHANNELS", "ROBOTS", "BadSetting", "Gateway", "connected"]
