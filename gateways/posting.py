"""One HTTP POST of JSON, and what its answer means: sent, to be tried again, or never to be taken."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from errors import BadSetting, DeliveryRefused, GatewayBusy, NoAnswer, NotDelivered

TIMEOUT = 10  # seconds without a byte: far within the outbox's lease
LONGEST = 64 * 1024  # bytes of an answer that are read
QUOTED = 120  # characters of it that an operator reads
#: 4xx that mean: not now. Of another one the next attempt gets the same answer.
NOT_NOW = {408, 425}
BUSY = 429


class _NoRedirect(HTTPRedirectHandler):
    """A message goes where the operator has said, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = build_opener(_NoRedirect)


def checked_url(settings: Mapping[str, Any], name: str) -> str:
    """The address in this setting; "" where there is none. Raises BadSetting."""
    url = str(settings.get(name) or "")
    if url and not _is_address(url):
        raise BadSetting(f"BIHUAN_{name} 应为 http:// 或 https:// 开头的地址。")
    return url


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no such host, no such port
        return False


def post(whose: str, url: str, data: Any, headers: Mapping[str, str]) -> Any:
    """Send `data` as JSON; the answer, read as JSON where it is that. `whose`: how words call the gateway.

    Raises NotDelivered (GatewayBusy, NoAnswer), DeliveryRefused. No word of theirs names the address: it holds the key.
    """
    body = json.dumps(data, ensure_ascii=False).encode()
    request = Request(url, body, {"Content-Type": "application/json; charset=utf-8", **headers}, method="POST")
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            return _read(answer.read(LONGEST))
    except HTTPError as error:
        with error:
            said = _quoted(error)
        if error.code == BUSY:
            raise GatewayBusy(f"{whose}正忙（HTTP {error.code}）{said}。") from None
        if error.code >= 500 or error.code in NOT_NOW:
            raise NotDelivered(f"{whose}暂时不能发送（HTTP {error.code}）{said}。") from None
        raise DeliveryRefused(f"{whose}拒收（HTTP {error.code}）{said}。") from None
    except (OSError, HTTPException):
        raise NoAnswer(f"{whose}没有应答。") from None


def require_success(whose: str, answer: Any, wanted: Mapping[str, Any], busy: frozenset[str] = frozenset()) -> None:
    """Many gateways answer 200 and say in the JSON whether it went well: every one of `wanted` must stand there.

    `busy`: answers that mean to try again. Raises GatewayBusy, DeliveryRefused.
    """
    said = answer if isinstance(answer, dict) else {}
    for key, value in wanted.items():
        got = str(said.get(key))
        if got == str(value):
            continue
        words = f"{whose}没有收下：{_short(answer)}"
        raise GatewayBusy(words) if got in busy else DeliveryRefused(words)


def _read(content: bytes) -> Any:
    text = content.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return text


def _quoted(error: HTTPError) -> str:
    try:
        said = _short(_read(error.read(LONGEST)))
    except (OSError, HTTPException):
        return ""
    return f"：{said}" if said else ""


def _short(answer: Any) -> str:
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return " ".join(text.split())[:QUOTED]
