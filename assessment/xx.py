"""萧县: the four rates of XX-18, from cases, and their weighted total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assessment.exact import BadScore, by_name, mark
from assessment.parameters import BadParameters, read_table, weigh_one
from assessment.rates import rate_of
from assessment.working import Known, Working, given, none, weighted

FORMULAS = {
    "按时反馈率": "时限内反馈÷应反馈×100%",
    "按时办结率": "时限内办结÷应办结×100%",
    "问题解决率": "回访已解决÷有效回访×100%",
    "评价满意率": "满意评价÷有效评价×100%",
}
LEVELS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")  # C-06
SATISFIED = ("非常满意", "满意", "基本满意")


@dataclass(frozen=True)
class Rules:
    weights: Mapping[str, Decimal] = field(default_factory=lambda: dict.fromkeys(FORMULAS, Decimal("0.25")))
    satisfied_levels: tuple[str, ...] = SATISFIED

    def __post_init__(self) -> None:
        if set(self.weights) != set(FORMULAS):
            raise BadParameters(f"xx.kpi_weights 应有{'、'.join(FORMULAS)}四项，现在是{'、'.join(self.weights)}。")
        weigh_one(self.weights, "综合得分的权重")
        if strange := [level for level in self.satisfied_levels if level not in LEVELS]:
            raise BadParameters(f"xx.satisfied_levels 中没有“{strange[0]}”这一档，应取自{'、'.join(LEVELS)}。")

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "Rules":
        levels = parameters.get("xx.satisfied_levels", SATISFIED)
        if not isinstance(levels, list | tuple) or not all(isinstance(level, str) for level in levels):
            raise BadParameters(f"xx.satisfied_levels 应为评价档次的列表，现在是“{levels}”。")
        weights = read_table(parameters, "xx.kpi_weights", dict.fromkeys(FORMULAS, "0.25"))
        return cls(weights, tuple(levels))


DOCUMENT = Rules()


@dataclass(frozen=True)
class Answered:
    """One case as the indicators read it. None: not due yet, not reached, or not evaluated."""

    case: str
    fed_back_in_time: bool | None = None
    closed_in_time: bool | None = None  # an approved extension is in time (C-08)
    solved: bool | None = None  # as the revisit heard; None: no valid revisit (C-05)
    satisfaction: str | None = None  # one of LEVELS; None: 未评价, never taken as good (C-06)
    consultation: bool = False
    excluded: str = ""  # the approval that takes it out of 解决率 and 满意率


def total(rates: Mapping[str, Known | None] | Sequence[Known | None], rules: Rules = DOCUMENT) -> Working:
    """综合得分: the published rates by weight. A rate that could not be formed leaves its weight to the others."""
    named = {name: _rate(value, name) for name, value in by_name(rates, list(FORMULAS), "四率").items()}
    counted = [(part, rules.weights[name]) for name, part in named.items() if part.value is not None]
    missing = "、".join(name for name, part in named.items() if part.value is None)
    if not any(weight for _, weight in counted):
        return none("综合得分", "没有可计算的指标，不参评。", ["XX-18"], list(named.values()))
    note = f"{missing}无数据，不计入，其权重由其余指标按比例分担。" if missing else ""
    return weighted("综合得分", counted, ["XX-18"], note)


def four_rates(cases: Iterable[Answered], rules: Rules = DOCUMENT) -> dict[str, Working]:
    """The four rates of a unit, each down to the cases it counts."""
    cases = list(cases)
    asked = [each for each in cases if not (each.consultation or each.excluded)]
    heard = [each for each in cases if not each.excluded]
    outcomes: dict[str, list[tuple[str, bool | None]]] = {
        "按时反馈率": [(each.case, each.fed_back_in_time) for each in cases],
        "按时办结率": [(each.case, each.closed_in_time) for each in cases],
        "问题解决率": [(each.case, each.solved) for each in asked],
        "评价满意率": [(each.case, _satisfied(each, rules)) for each in heard],
    }
    return {name: rate_of(found, name, FORMULAS[name], "XX-18") for name, found in outcomes.items()}


def _satisfied(each: Answered, rules: Rules) -> bool | None:
    if each.satisfaction is None:
        return None
    if each.satisfaction not in LEVELS:
        raise BadScore(f"{each.case}的评价应为{'、'.join(LEVELS)}之一，现在是“{each.satisfaction}”。")
    return each.satisfaction in rules.satisfied_levels


def _rate(value: object, name: str) -> Working:
    if value is None:
        return none(name, "无数据。", ["XX-18"])
    part = value.named(name) if isinstance(value, Working) else given(name, mark(value, name), "%")
    if part.value is not None:
        mark(part.value, name)
    return part
