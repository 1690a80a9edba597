"""Two editions of a form, field by field."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from queries.studio.diff.change import ADDED, CHANGED, REMOVED, Change, differences, listed
from queries.studio.diff.labels import way
from queries.studio.diff.words import NONE

Fields = dict[str, dict[str, str]]
#: Of the form and of a field what says nothing to who fills it in.
SILENT = {"id", "schemaVersion", "exporter", "components", "layout"}
WHOLE = ""  # the key of what the form says as a whole


class UnreadableForm(ValueError):
    """Not the JSON of a form: whoever compares shows its lines instead."""


def compare_forms(old: bytes | None, new: bytes | None) -> list[Change]:
    """Raises UnreadableForm."""
    try:
        before, after = _fields(old), _fields(new)
    except RecursionError as error:  # nested deeper than any form
        raise UnreadableForm from error
    changes = [change for key in dict.fromkeys([*after, *before]) if (change := _change(key, before, after))]
    kept = [[key for key in one if key in before.keys() & after.keys()] for one in (before, after)]
    return [*changes, Change(CHANGED, "字段的先后有变")] if kept[0] != kept[1] else changes


def _change(key: str, before: Fields, after: Fields) -> Change | None:
    old, new = before.get(key), after.get(key)
    if old == new:
        return None
    if old is None and new is not None:
        return Change(ADDED, _title(key, new), listed(new, NONE.say))
    if new is None:
        return Change(REMOVED, _title(key, old or {}))
    return Change(CHANGED, _title(key, new), list(differences(old or {}, new, NONE.say, NONE.say)))


def _title(key: str, facts: Mapping[str, str]) -> str:
    if key == WHOLE:
        return "表单"
    label = facts.get(way("label")) or facts.get(way("text")) or facts.get("类型", "")
    return f"字段“{label or key}”（{key}）"


def _fields(content: bytes | None) -> Fields:
    if content is None:
        return {}
    try:
        form = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableForm from error
    if not isinstance(form, dict):
        raise UnreadableForm
    return {WHOLE: dict(_facts(form)), **_below(form, "")}


def _below(part: Mapping[str, Any], above: str) -> Fields:
    found: Fields = {}
    components = part.get("components")
    for each in components if isinstance(components, list) else []:
        if not isinstance(each, dict):
            raise UnreadableForm
        key = f"{above}{each.get('key') or each.get('path') or each.get('id') or len(found)}"
        found[key] = dict(_facts(each))
        found |= _below(each, f"{key}.")
    return found


def _facts(part: Mapping[str, Any], *names: str) -> Iterator[tuple[str, str]]:
    for name, value in part.items():
        if not names and name in SILENT:
            continue
        if isinstance(value, dict):
            yield from _facts(value, *(names if name == "properties" else (*names, name)))
        else:
            yield way(*names, name), _shown(value)


def _shown(value: Any) -> str:
    """Choices by what is read, with what is kept."""
    if isinstance(value, list):
        return "、".join(_choice(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _choice(each: Any) -> str:
    if isinstance(each, dict) and {"label", "value"} <= each.keys():
        return f"{each['label']}（{each['value']}）"
    return each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)
