"""Of the units that a form offers, those where nobody would take the work up: said before it is sent there."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from engine import Definition
from engine.forms import Choice, Field, Form
from models import Post, Unit, session
from queries.house.vacancies import IS_HELD

UNITS = "units"
#: In `candidates`: post(lead_org, "liaison"), the post of the unit that a field of this key names.
ASKED = re.compile(r'post\(\s*(\w+)\s*,\s*"(\w+)"\s*\)')
Lists = dict[str, list[Choice]]


def with_empty_posts(form: Form, lists: Lists, definition: Definition) -> tuple[Form, Lists]:
    """The form and lists as they are shown: each field in which a unit is chosen has a list of its own, where a unit
    whose posts this flow turns to have nobody says so. What is handed in is checked against the plain one.
    """
    roles = _roles(definition)
    asking = {f.key: roles[f.key] for f in form.inputs if f.choices_key == UNITS and not f.readonly and f.key in roles}
    if not asking:
        return form, lists
    empty = _empty(frozenset[str]().union(*asking.values()))
    own = {
        _list_of(key): [_told(choice, empty.get(choice.value, {}), wanted) for choice in lists[UNITS]]
        for key, wanted in asking.items()
    }
    return replace(form, fields=_renamed(form.fields, asking)), lists | own


def _roles(definition: Definition) -> Mapping[str, set[str]]:
    """By variable, the roles at the unit in it that tasks go to; of confidential ones nothing is told (XT-20)."""
    roles = defaultdict(set)
    for element in definition.elements.values():
        for variable, role in ASKED.findall(element.properties.get("candidates", "")):
            if element.id not in definition.secrets:
                roles[variable].add(role)
    return roles


def _empty(roles: frozenset[str]) -> Mapping[str, Mapping[str, str]]:
    """By unit, the posts of these roles that nobody holds who may sign in: role to name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    vacant = select(Unit.code, Post.role, Post.role_name).join(Unit, Unit.id == Post.unit_id)
    for unit, role, name in session.execute(vacant.where(Post.role.in_(roles), Unit.handles_cases, ~IS_HELD)):
        found[unit][role] = name
    return found


def _told(choice: Choice, empty: Mapping[str, str], wanted: set[str]) -> Choice:
    names = [name for role, name in sorted(empty.items()) if role in wanted]
    if not names:
        return choice
    who = "、".join(names) if len(names) < len(wanted) else "岗位上都"
    return Choice(choice.value, f"{choice.label}（{who}没有人）")


def _renamed(fields: tuple[Field, ...], asking: Mapping[str, object]) -> tuple[Field, ...]:
    return tuple(
        replace(each, fields=_renamed(each.fields, asking))
        if each.type == "group"
        else replace(each, choices_key=_list_of(each.key))
        if each.key in asking
        else each
        for each in fields
    )


def _list_of(key: str) -> str:
    return f"{UNITS}:{key}"
