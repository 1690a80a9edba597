"""Weights, limits and modes of 泰州's assessment, as the parameters `tz.*` set them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessment.parameters import (
    BadParameters,
    one_of,
    read_count,
    read_number,
    read_table,
    weigh_one,
    within,
)

FLOAT_MODES = {"step": "阶梯", "continuous": "连续"}  # TZ-A1
BASELINES = {  # TZ-A2: whose mean volume is the base
    "class_all": "同类全部单位",
    "class_active": "同类有办件的单位",
    "all": "全部单位",
}
SATISFACTION = {"满意": Decimal(1), "比较满意": Decimal("0.8"), "基本满意": Decimal("0.6"), "不满意": Decimal(0)}


@dataclass(frozen=True)
class Rules:
    park_on_co: Decimal = Decimal("0.7")
    lead_on_co: Decimal = Decimal("0.3")
    case: Decimal = Decimal("0.7")
    enterprise: Decimal = Decimal("0.3")
    satisfaction: Mapping[str, Decimal] = field(default_factory=lambda: dict(SATISFACTION))
    float_per_over: Decimal = Decimal("0.1")
    float_step_pct: Decimal = Decimal(1)
    float_cap_pct: Decimal = Decimal(5)
    float_mode: str = "step"
    float_baseline: str = "class_all"
    drop_threshold: int = 3
    drop_places: int = 1
    snail_quarters: int = 2
    bottom_n: int = 3
    bonus_cut: tuple[str, ...] = ("1/2", "1/3", "1/4")
    same_mark_min: int = 5  # TZ-33: so many marks alike are worth a look
    dissatisfied_below: Decimal = Decimal(60)  # a case scored below it counts as 不满意 in the bulletin (TZ-19)
    classes: tuple[str, ...] = ("A", "B", "C")  # TZ-14

    def __post_init__(self) -> None:
        weigh_one({"园区": self.park_on_co, "牵头部门": self.lead_on_co}, "协办单件得分的权重")
        weigh_one({"一哨一评": self.case, "企业满意度": self.enterprise}, "季度得分的权重")
        for level, coefficient in self.satisfaction.items():
            within(coefficient, 0, 1, f"满意度系数（{level}）")
        if self.float_per_over <= 0:
            raise BadParameters("上浮的每档幅度 tz.float.per_over 应大于0。")
        within(self.float_step_pct, 0, None, "每档上浮 tz.float.step_pct")
        within(self.float_cap_pct, 0, None, "上浮上限 tz.float.cap_pct")
        one_of(self.float_mode, FLOAT_MODES, "上浮方式 tz.float.mode")
        one_of(self.float_baseline, BASELINES, "办件量基准 tz.float.baseline")
        for key, least in (("drop_threshold", 1), ("snail_quarters", 1), ("same_mark_min", 2)):
            within(Decimal(getattr(self, key)), least, None, f"tz 的 {key}")
        for cut in self.bonus_cut:
            fraction_of(cut)

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "Rules":
        """Read the parameters whose keys begin with tz. What is absent keeps its default."""
        return cls(
            park_on_co=read_number(parameters, "tz.w.park_on_co", "0.7"),
            lead_on_co=read_number(parameters, "tz.w.lead_on_co", "0.3"),
            case=read_number(parameters, "tz.w.case", "0.7"),
            enterprise=read_number(parameters, "tz.w.enterprise", "0.3"),
            satisfaction=read_table(parameters, "tz.sat.coef", SATISFACTION),
            float_per_over=read_number(parameters, "tz.float.per_over", "0.1"),
            float_step_pct=read_number(parameters, "tz.float.step_pct", "1"),
            float_cap_pct=read_number(parameters, "tz.float.cap_pct", "5"),
            float_mode=parameters.get("tz.float.mode", "step"),
            float_baseline=parameters.get("tz.float.baseline", "class_all"),
            drop_threshold=read_count(parameters, "tz.bulletin_drop_threshold", 3),
            drop_places=read_count(parameters, "tz.bulletin_drop_places", 1),
            snail_quarters=read_count(parameters, "tz.snail_quarters", 2),
            bottom_n=read_count(parameters, "tz.bottom_n", 3),
            same_mark_min=read_count(parameters, "tz.same_mark_min", 5),
            dissatisfied_below=read_number(parameters, "tz.dissatisfied_below", "60"),
            bonus_cut=_cuts(parameters.get("tz.bonus_cut", ["1/2", "1/3", "1/4"])),
        )

    def class_of(self, unit: str, unit_class: object) -> str:
        return one_of(unit_class, self.classes, f"{unit}的单位类别")


def fraction_of(text: str) -> Fraction:
    """1/3, from nothing to the whole."""
    try:
        fraction = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise BadParameters(f"扣减比例 tz.bonus_cut 应如 1/2，现在是“{text}”。") from None
    if not 0 <= fraction <= 1:
        raise BadParameters(f"扣减比例 tz.bonus_cut 应在0至1之间，现在是“{text}”。")
    return fraction


def _cuts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(cut, str) for cut in value):
        raise BadParameters(f"扣减比例 tz.bonus_cut 应为比例的列表，现在是“{value}”。")
    return tuple(value)


DOCUMENT = Rules()  # as the document has it
