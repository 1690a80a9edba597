"""A unit's score and its place among its class (TZ-14, TZ-23, TZ-A4, TZ-A13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from assessment.exact import BadScore, shown
from assessment.figure import Figure
from assessment.ranking import Place, ranking
from assessment.tz.rules import Rules
from assessment.working import Working, given, worked


class InClass(Protocol):
    @property
    def unit(self) -> str: ...

    @property
    def unit_class(self) -> str: ...


Member = TypeVar("Member", bound=InClass)


@dataclass(frozen=True)
class Standing:
    """One unit in one quarter or year. Unranked where its class has no score at all (TZ-A3)."""

    unit: str
    unit_class: str
    volume: int  # cases that count (办件量)
    score: Working
    place: Working | None = None

    @property
    def rank(self) -> int | None:
        return int(self.place.value) if self.place and self.place.value is not None else None


def by_class(units: Iterable[Member], rules: Rules) -> list[list[Member]]:
    """The units of each class. A unit stands once, in a class there is."""
    classes: dict[str, list[Member]] = {name: [] for name in rules.classes}
    seen: set[str] = set()
    for each in units:
        if each.unit in seen:
            raise BadScore(f"{each.unit}在同一考核期出现了两次。")
        seen.add(each.unit)
        classes[rules.class_of(each.unit, each.unit_class)].append(each)
    return list(classes.values())


def ranked(standings: Sequence[Standing], named: Mapping[str, Working], rules: Rules) -> list[Standing]:
    """The units of one class by place, the unranked after them. `named` counts the bulletins that name a unit."""
    scores = {each.unit: each.score.value for each in standings if each.score.value is not None}
    flagged = [unit for unit in scores if _flagged(named.get(unit), rules)]
    places = ranking(scores, flagged, rules.drop_places)
    standing = {each.unit: each for each in standings}
    first = [replace(standing.pop(place.unit), place=_place(place, places, named, rules)) for place in places]
    return first + list(standing.values())


def _flagged(count: Working | None, rules: Rules) -> bool:
    return count is not None and rules.drop_places > 0 and count.required >= rules.drop_threshold


def _place(place: Place, places: Sequence[Place], named: Mapping[str, Working], rules: Rules) -> Working:
    before = [other.unit for other in places if other.rank < place.rank]
    parts = [given("排在前面的单位", len(before), "个", "、".join(before))]
    clauses, notes = ["TZ-14", "TZ-A4"], []
    if (count := named.get(place.unit)) and _flagged(count, rules):
        parts.append(count)
        clauses += ["TZ-23", "TZ-A13"]
        moved = f"降至第{place.rank}名" if place.rank > place.by_score else "其后已无单位可换，不再下降"
        notes.append(f"按得分列第{place.by_score}名，累计被通报{shown(count.published.exact)}次，{moved}。")
    if place.rank < place.by_score:
        notes.append(f"按得分列第{place.by_score}名，因他人降位列第{place.rank}名。")
    if shared := [other.unit for other in places if other.rank == place.rank and other.unit != place.unit]:
        notes.append(f"与{'、'.join(shared)}并列。")
    figure = Figure.of(1) + Figure.of(len(before))
    formula = "1＋同类中排在前面的单位数"
    return worked("同类名次", formula, figure, parts, clauses, places=0, unit="名", note="".join(notes))
