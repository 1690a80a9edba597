"""SMS through whatever gateway the county has: one POST of JSON, as its provider wants it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from errors import BadSetting
from gateways.posting import checked_url, post, require_success

WHOSE = "短信网关"
PLACE = re.compile(r"\{(phone|text|key)\}")


def gateway(settings: Mapping[str, Any]) -> Callable[[str, Mapping[str, Any], str], str] | None:
    """SMS_BODY is the JSON to send; in its texts {phone}, {text} and {key} stand for what they say. SMS_SUCCESS is what
    an answer of 200 must hold. None without SMS_URL; raises BadSetting.
    """
    url = checked_url(settings, "SMS_URL")
    template, headers, success = (_object(settings, name) for name in ("SMS_BODY", "SMS_HEADERS", "SMS_SUCCESS"))
    if not url:
        return None

    def send(recipient: str, body: Mapping[str, Any], key: str) -> str:
        data = _filled(template, {"phone": recipient, "text": str(body["text"]), "key": key})
        answer = post(WHOSE, url, data, {"Idempotency-Key": key, **headers})
        require_success(WHOSE, answer, success)
        return "短信网关已收下"

    return send


def _object(settings: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = settings.get(name)
    if not isinstance(value, dict):
        raise BadSetting(f"BIHUAN_{name} 应为 JSON 对象。")
    return value


def _filled(part: Any, words: Mapping[str, str]) -> Any:
    """In one pass: what a text brings along is no place."""
    if isinstance(part, dict):
        return {key: _filled(value, words) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, words) for value in part]
    return PLACE.sub(lambda found: words[found[1]], part) if isinstance(part, str) else part
