"""郾城's indicators and their targets, and how a review is counted, as the parameters `yc.*` set them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assessment.parameters import BadParameters, one_of, read_flag, read_number, read_table, within


@dataclass(frozen=True)
class Indicator:
    name: str
    words: str  # numerator ÷ denominator
    clause: str
    target: str


RATES = {
    "entry_rate": Indicator("进驻率", "已进驻事项÷应进驻依申请事项×100%", "YC-05", "1"),
    "regulation_data_coverage": Indicator("监管事项数据录入覆盖率", "已录入监管事项÷监管事项×100%", "YC-04", "0.5"),
    "double_random_full": Indicator("双随机覆盖率", "已覆盖事项÷应覆盖事项×100%", "YC-04", "1"),
    "item_entry_rate": Indicator("事项录入率", "已录入事项÷应录入事项×100%", "YC-12", "1"),
    "item_complete_rate": Indicator("事项完善率", "已完善事项÷应完善事项×100%", "YC-12", "1"),
    "online_rate": Indicator("网上可办率", "可网办事项÷应纳入事项×100%", "YC-12", "0.95"),
    "ontime_rate": Indicator("按时办结率", "按期办结÷应办结×100%", "YC-12", "1"),
    "consult_ontime_rate": Indicator("咨询投诉按时办结率", "按期办结÷应办结×100%", "YC-12", "1"),
}
LEAST = {
    "star_min": Indicator("事项星级", "", "YC-12", "2"),
    "one_thing_min": Indicator("一件事限时办件数", "", "YC-10", "1"),
}
GROUPS = {"departments": "部门", "deputies": "代表委员", "enterprises_citizens": "企业群众"}
REVIEW_MODES = {"groups": "分组均值再按权重平均", "votes": "全部评委平均"}


@dataclass(frozen=True)
class Rules:
    targets: Mapping[str, Decimal] = field(
        default_factory=lambda: {code: Decimal(each.target) for code, each in (RATES | LEAST).items()}
    )
    group_weights: Mapping[str, Decimal] = field(default_factory=lambda: dict.fromkeys(GROUPS, Decimal(1)))
    review_mode: str = "groups"
    review_trim: bool = False  # leave out one highest and one lowest vote

    def __post_init__(self) -> None:
        for code in RATES:
            within(self.targets[code], 0, 1, f"目标值 yc.kpi.{code}")
        for name, weight in self.group_weights.items():
            within(weight, 0, None, f"评议权重（{name}）")
        if set(self.group_weights) != set(GROUPS) or not any(self.group_weights.values()):
            raise BadParameters(f"yc.review_group_weights 应有{'、'.join(GROUPS)}三组，且不全为0。")
        one_of(self.review_mode, REVIEW_MODES, "评议计分方式 yc.review_mode")

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "Rules":
        indicators = RATES | LEAST
        return cls(
            {code: read_number(parameters, f"yc.kpi.{code}", each.target) for code, each in indicators.items()},
            read_table(parameters, "yc.review_group_weights", dict.fromkeys(GROUPS, 1)),
            parameters.get("yc.review_mode", "groups"),
            read_flag(parameters, "yc.review_trim", False),
        )


DOCUMENT = Rules()
