"""Which unit handled cases like this one (推荐承办单位): told with its reasons, chosen by nobody but a person."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from config import ZONE
from engine.forms import Field, Form
from models import Case, Identity, session
from models.nearest import Near
from operations.gate.visibility import visible
from reference.counties import counties_of
from reference.dispatches import Learnt, learnt

#: Property of the field in which a unit is chosen: `yes`, or the decision table that has filled it in: `D-03`.
SUGGEST = "suggest"
FEWEST = 8  # cases: of less, chance would speak
LIKE = 0.12  # measured: docs/decisions/suggested-unit.md
NEIGHBOURS = 7
OFFERED = 3
NAMED = 3


@dataclass(frozen=True)
class Suggestion:
    """A unit, and why: `cases` (id and number) are those like this one that one may see, of `count` in all."""

    unit: str
    name: str
    count: int
    cases: Sequence[tuple[int, str]]
    words: str


@dataclass(frozen=True)
class Suggested:
    """For the field `key`. `table` is the decision table that has filled in `given`; both mostly ""."""

    key: str
    table: str
    given: str
    rows: Sequence[Suggestion]
    learnt_from: int
    learnt_at: datetime | None  # local

    @property
    def too_few(self) -> bool:
        return self.learnt_from < FEWEST


def field_to_suggest(form: Form | None) -> Field | None:
    return next((field for field in form.inputs if SUGGEST in field.properties), None) if form else None


def suggested(
    field: Field, form: Form, values: Mapping[str, Any], units: Mapping[str, str], matter: str, by: Identity
) -> Suggested:
    """For `field` of a task's `form`: of the `units` it offers (code to name) those that handled cases near `matter`.

    What the form shows read only and has to do with units is none to suggest: 被举报单位, 原退单单位 (C-09, XX-A2).
    """
    known = next(filter(None, map(learnt, counties_of(by.units))), None)
    table = field.properties[SUGGEST] if field.properties[SUGGEST] != "yes" else ""
    given = units.get(str(values.get(field.key) or ""), "") if table else ""
    offered = {code: name for code, name in units.items() if code not in _shown_units(form, values)}
    rows = _rows(known, offered, matter, by) if known and len(known.index) >= FEWEST else []
    at = known.at.astimezone(ZONE) if known else None
    return Suggested(field.key, table, given, rows, len(known.index) if known else 0, at)


def _rows(known: Learnt, offered: Mapping[str, str], matter: str, by: Identity) -> list[Suggestion]:
    of_unit: dict[str, list[Near]] = defaultdict(list)
    near = [each for each in known.index.near(matter, least=LIKE, most=NEIGHBOURS) if known.units[each.at] in offered]
    numbers = _numbers([known.cases[each.at] for each in near], by)
    for each in near:
        if known.cases[each.at] in numbers:
            of_unit[known.units[each.at]].append(each)
    likest = sorted(of_unit, key=lambda unit: -sum(each.likeness for each in of_unit[unit]))[:OFFERED]
    return [_suggestion(unit, offered[unit], of_unit[unit], known, numbers) for unit in likest]


def _suggestion(unit: str, name: str, found: Sequence[Near], known: Learnt, numbers: Mapping[int, str]) -> Suggestion:
    seen = [(case, numbers[case]) for each in found if numbers[case := known.cases[each.at]]]
    words = dict.fromkeys(word for each in found for word in each.words)
    return Suggestion(unit, name, len(found), seen[:NAMED], "、".join(list(words)[:4]))


def _numbers(cases: Collection[int], by: Identity) -> dict[int, str]:
    """Of those that nobody has told in confidence by now (C-09); "" for one that this person may not see."""
    named = select(Case.id, Case.case_no, visible(by).label("seen"))
    found = session.execute(named.where(Case.id.in_(cases), Case.confidential.is_(False))) if cases else ()
    return {row.id: (row.case_no or "未编号") if row.seen else "" for row in found}


def _shown_units(form: Form, values: Mapping[str, Any]) -> set[str]:
    shown = [values.get(field.key) for field in form.inputs if field.readonly and field.choices_key]
    return {str(code) for value in shown if value for code in (value if isinstance(value, list) else [value])}
