"""企业微信: the robot of a group, by its webhook. It names whom a message is for by their account there."""

from collections.abc import Callable, Mapping
from typing import Any

from gateways.posting import checked_url, post, require_success

WHOSE = "企业微信"
#: Busy; more than twenty messages a minute.
BUSY = frozenset({"-1", "45009", "45033"})


def gateway(settings: Mapping[str, Any]) -> Callable[[str, Mapping[str, Any], str], str] | None:
    """None without WECOM_WEBHOOK; raises BadSetting."""
    url = checked_url(settings, "WECOM_WEBHOOK")
    if not url:
        return None

    def send(recipient: str, body: Mapping[str, Any], key: str) -> str:
        data = {"msgtype": "text", "text": {"content": body["text"], "mentioned_list": [recipient]}}
        require_success(WHOSE, post(WHOSE, url, data, {}), {"errcode": 0}, BUSY)
        return "企业微信群机器人已发"

    return send
