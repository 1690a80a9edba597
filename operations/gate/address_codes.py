"""The code that shows that an address is somebody's. It is kept nowhere, neither in clear nor hashed: it is made from a
nonce of its own with the secret of this installation, on the way out and when it is typed back.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from models import AddressCode, OutboxMessage, keyed, now, session

VALID = timedelta(minutes=10)
PLACE = "{code}"


def code_of(nonce: str) -> str:
    """Six digits."""
    return f"{int(keyed(f'address:{nonce}'), 16) % 1_000_000:06}"


def is_over(code: AddressCode, moment: datetime) -> bool:
    return moment >= code.sent_at + VALID


def asks_for_code(body: Mapping[str, Any]) -> bool:
    return "code" in body


def filled_in(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What goes out: the code stands in its place."""
    return dict(body) | {"text": body["text"].replace(PLACE, code_of(body["code"]))} if asks_for_code(body) else body


def where_to(row: OutboxMessage) -> str:
    """The address that this code is for; "" where it is over, another one was sent, or the address taken away."""
    code = session.get(AddressCode, (row.user_id, row.channel), populate_existing=True)
    if code is None or code.nonce != row.body["code"] or is_over(code, now()):
        return ""
    return code.address or row.recipient  # confirmed meanwhile
