"""钉钉: the robot of a group, by its webhook, signed with its secret (加签) where it has one."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from gateways.posting import checked_url, post, require_success

WHOSE = "钉钉"
#: Busy; more than twenty messages a minute.
BUSY = frozenset({"-1", "130101", "410100"})


def gateway(settings: Mapping[str, Any]) -> Callable[[str, Mapping[str, Any], str], str] | None:
    """None without DINGTALK_WEBHOOK; raises BadSetting."""
    url, secret = checked_url(settings, "DINGTALK_WEBHOOK"), str(settings.get("DINGTALK_SECRET") or "")
    if not url:
        return None

    def send(recipient: str, body: Mapping[str, Any], key: str) -> str:
        data = {
            "msgtype": "text",
            "text": {"content": f"@{recipient} {body['text']}"},  # without it nobody is told
            "at": {"atUserIds": [recipient], "isAtAll": False},
        }
        where = f"{url}&{urlencode(signature(secret))}" if secret else url
        require_success(WHOSE, post(WHOSE, where, data, {}), {"errcode": 0}, BUSY)
        return "钉钉群机器人已发"

    return send


def signature(secret: str) -> dict[str, str]:
    """The machine's own time: 钉钉 takes a signature for an hour."""
    stamp = str(round(time.time() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(digest).decode()}
