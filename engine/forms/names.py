"""Names of a submitted page into nested values.

Rows of a dynamiclist arrive as `tasks[0].unit` or `tasks[0][unit]`; several ticked choices as `units` or `units[]`,
in a row `tasks[0].units[]`. `tasks[0]` alone says only that the row is there. Rows keep their order, gaps close.
"""

import re
from collections.abc import Mapping
from typing import Any

MAX_ROWS = 200
_NAME = re.compile(
    r"(?P<key>[^\[\].]+)(?:\[(?P<row>[0-9]{1,6})\](?:\.(?P<part>[^\[\].]+)|\[(?P<bracketed>[^\[\].]+)\])?)?(?:\[\])?"
)


def unflatten(values: Mapping[str, Any]) -> dict[str, Any]:
    """Nested values stay as they are."""
    nested: dict[str, Any] = {}
    tables: dict[str, dict[int, dict[str, Any]]] = {}
    for name, value in values.items():
        found = _NAME.fullmatch(name)
        if found is None:
            continue
        if found["row"] is None:
            nested[found["key"]] = value
            continue
        row = tables.setdefault(found["key"], {}).setdefault(int(found["row"]), {})
        part = found["part"] or found["bracketed"]
        if part:
            row[part] = value
    return nested | {key: [rows[number] for number in sorted(rows)] for key, rows in tables.items()}
