"""季度考评: each unit's quarter score and rank, by class (TZ-20, TZ-24, TZ-A3, TZ-A6, TZ-A7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.exact import about
from assessment.tz.cases import Rated, average_of, satisfaction
from assessment.tz.rules import DOCUMENT, Rules
from assessment.tz.standing import Standing, by_class, ranked
from assessment.working import Known, Working, averaged, known, known_mark, none, weighted


@dataclass(frozen=True)
class UnitQuarter:
    """What a unit brings to a quarter: cases whose evaluation was completed in it (TZ-A7), and the votes of 企业."""

    unit: str
    unit_class: str
    cases: Sequence[Rated] = ()
    votes: Mapping[str, int] | Sequence[int] = ()

    @property
    def volume(self) -> int:
        """季度办件量: the cases that count."""
        return sum(not each.excluded for each in self.cases)


def quarter_score(average: Known, satisfied: Known | None, rules: Rules = DOCUMENT) -> Working:
    """一哨一评平均分×70% + 企业满意度×30% (TZ-20). Where nobody of the class has a vote, the average alone."""
    case_part = known_mark(average, "一哨一评平均分")
    if satisfied is None:
        note = "同类当季均无投票，不计满意度，取一哨一评平均分。"
        return averaged("季度得分", "一哨一评平均分", [case_part], ["TZ-20", "TZ-A6"], note)
    parts = [(case_part, rules.case), (known_mark(satisfied, "企业满意度测评得分"), rules.enterprise)]
    return weighted("季度得分", parts, ["TZ-20"])


def class_average(scores: Sequence[Known], label: str = "季度得分") -> Working:
    """What a unit without a case gets: the mean of its class's units that had one (TZ-24, TZ-A3)."""
    clauses = ["TZ-24", "TZ-A3"]
    if not scores:
        return none(label, "同类单位均未发生吹哨事项，不计分，不排名。", clauses)
    parts = [known(score, f"第{place}个单位得分") for place, score in enumerate(scores, 1)]
    note = "未发生吹哨事项，得同类有件单位的平均分。"
    return averaged(label, "同类有件单位得分之和÷同类有件单位数", parts, clauses, note)


def quarter(units: Iterable[UnitQuarter], rules: Rules = DOCUMENT) -> list[Standing]:
    """Every unit's score and rank, class by class, best first. Bad input raises BadScore and names the unit."""
    return [standing for same in by_class(units, rules) for standing in _class_quarter(same, rules)]


def _class_quarter(same: Sequence[UnitQuarter], rules: Rules) -> list[Standing]:
    active = [unit for unit in same if unit.volume]
    satisfied = _satisfied(active, rules)
    scores = {unit.unit: _own_score(unit, satisfied[unit.unit], rules) for unit in active}
    average = class_average([score.named(f"{unit}季度得分", source=unit) for unit, score in scores.items()])
    scored = [scores.get(unit.unit) or _without_cases(unit, average, rules) for unit in same]
    standings = [
        Standing(unit.unit, unit.unit_class, unit.volume, score) for unit, score in zip(same, scored, strict=True)
    ]
    return ranked(standings, {}, rules)


def _own_score(unit: UnitQuarter, satisfied: Working | None, rules: Rules) -> Working:
    with about(unit.unit):
        return quarter_score(average_of(unit.cases, rules), satisfied, rules)


def _without_cases(unit: UnitQuarter, average: Working, rules: Rules) -> Working:
    """The class's average; where the unit had cases but all are excluded, they are shown and don't count."""
    if not unit.cases:
        return average
    with about(unit.unit):
        own = average_of(unit.cases, rules)
    return replace(average, parts=(*average.parts, *own.parts), note=average.note + own.note)


def _satisfied(active: Sequence[UnitQuarter], rules: Rules) -> dict[str, Working | None]:
    """Each unit's satisfaction; without a vote the mean of its class's, and None where the class has no vote."""
    own = {}
    for unit in active:
        with about(unit.unit):
            own[unit.unit] = satisfaction(unit.votes, rules)
    voted = [each.named(f"{unit}满意度", source=unit) for unit, each in own.items() if each.value is not None]
    if not voted:
        return dict.fromkeys(own)
    note = "总票数为0，取同类均值（TZ-A6）。"
    mean = averaged("企业满意度测评得分", "同类有票单位得分之和÷同类有票单位数", voted, ["TZ-21", "TZ-A6"], note)
    return {unit: mean if each.value is None else each for unit, each in own.items()}
