"""宜良: both sides evaluate each other, the office marks each case (YL-15, YL-19, YL-A3: weights are ours)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessment.exact import mark, percent
from assessment.figure import Figure, mean
from assessment.parameters import read_number, weigh_one
from assessment.working import Known, Working, averaged, known, none, weighted, worked


@dataclass(frozen=True)
class Rules:
    initiator: Decimal = Decimal("0.7")  # what one side gives the other
    office: Decimal = Decimal("0.3")  # what 吹哨办 gives the case

    def __post_init__(self) -> None:
        weigh_one({"互评": self.initiator, "吹哨办": self.office}, "哨件得分的权重")

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "Rules":
        return cls(
            initiator=read_number(parameters, "yl.weight.initiator", "0.7"),
            office=read_number(parameters, "yl.weight.office", "0.3"),
        )


DOCUMENT = Rules()


def responsible_score(by_initiator: Known, by_office: Known, rules: Rules = DOCUMENT) -> Working:
    """责任单位单件: the initiator's mark 70%, the office's 30%."""
    parts = [(_mark(by_initiator, "吹哨单位评分"), rules.initiator), (_mark(by_office, "吹哨办评分"), rules.office)]
    return weighted("责任单位单件得分", parts, ["YL-15", "YL-19", "YL-A3"])


def initiator_score(by_responsible: Sequence[Known], by_office: Known, rules: Rules = DOCUMENT) -> Working:
    """吹哨单位单件: the mean of the responsible units' marks 70%, the office's 30%; none without marks."""
    clauses = ["YL-15", "YL-19", "YL-A3"]
    office = _mark(by_office, "吹哨办评分")
    marks = [_mark(each, f"第{place}个责任单位评分") for place, each in enumerate(by_responsible, 1)]
    if not marks:
        return none("吹哨单位单件得分", "没有责任单位评分，该件不计吹哨单位得分。", clauses, [office])
    among = mean([each.published for each in marks])
    figure = among * Figure.of(rules.initiator) + office.published * Figure.of(rules.office)
    mean_part = worked("责任单位评分均值", "责任单位评分之和÷评分单位数", among, marks, clauses)
    formula = f"责任单位评分均值×{percent(rules.initiator)}＋吹哨办评分×{percent(rules.office)}"
    return worked("吹哨单位单件得分", formula, figure, [mean_part, office], clauses)


def year_score(cases: Sequence[Known | None]) -> Working:
    """年度得分: the mean of a unit's cases. Without a case a unit is not assessed; one without score is skipped."""
    marked = [_mark(each, f"第{place}件得分") for place, each in enumerate(cases, 1) if each is not None]
    scored = [each for each in marked if each.value is not None]
    if not scored:
        return none("年度得分", "本年度未发生哨件，不参评。", ["YL-16", "YL-A3"])
    return averaged("年度得分", "各件得分之和÷件数", scored, ["YL-16", "YL-A3"])


def _mark(value: Known, label: str) -> Working:
    """A mark of a hundred; an answer without a value passes as it is."""
    part = known(value, label)
    if part.value is not None:
        mark(part.value, label)
    return part
