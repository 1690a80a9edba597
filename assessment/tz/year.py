"""年终得分: the quarters' mean, floated up by volume, and the year's ranks (TZ-22, TZ-23, TZ-24)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessment.exact import BadScore, about, count, percent, shown
from assessment.figure import Figure, larger, mean, smaller, whole
from assessment.tz.bulletins import times_named
from assessment.tz.quarter import class_average
from assessment.tz.rules import BASELINES, DOCUMENT, Rules
from assessment.tz.standing import Standing, by_class, ranked
from assessment.working import Known, Working, given, known, known_mark, none, worked

PCT_PLACES = 4  # a 上浮比例 may be a fraction of a per cent: 4.375


@dataclass(frozen=True)
class UnitYear:
    """What a unit brings to a year: its quarter scores, its volume, the months whose bulletin named it (TZ-A9)."""

    unit: str
    unit_class: str
    quarters: Sequence[Known | None]  # None: the class had no score that quarter
    volume: int  # 办件量 of the year, cases that count
    bulletins: Collection[str] = ()  # "2026-05"


def baseline(volumes: Mapping[str, int] | Sequence[int], whose: str = "各单位") -> Working:
    """办件量平均值 (TZ-22) of volumes by unit or in a row; not rounded before it is used."""
    named = volumes.items() if isinstance(volumes, Mapping) else ((f"第{n}个单位", v) for n, v in enumerate(volumes, 1))
    parts = [given(f"{unit}办件量", count(volume, f"{unit}的办件量"), "件") for unit, volume in named]
    if not parts:
        return none("办件量平均值", "没有单位，无平均值。", ["TZ-22"])
    figure = mean([part.published for part in parts])
    return worked("办件量平均值", f"{whose}办件量之和÷单位数", figure, parts, ["TZ-22", "TZ-A2"], unit="件")


def float_percent(volume: int, average: Known, rules: Rules = DOCUMENT) -> Working:
    """上浮比例 in per cent (TZ-22, TZ-A1): for each 10% over the mean 1%, at most 5%; below it nothing is taken off."""
    own = given("办件量", count(volume, "办件量"), "件")
    base = known(average, "办件量平均值")
    figure = base.figure or base.published
    if figure.exact < 0:
        raise BadScore("办件量平均值不应小于0。")
    if figure.exact == 0:
        return none("上浮比例", "平均办件量为0，不上浮。", ["TZ-22"], [own, base])
    steps = (own.published / figure - Figure.of(1)) / Figure.of(rules.float_per_over)
    if rules.float_mode == "step":
        steps = whole(steps)
    over = larger(Figure.of(0), steps) * Figure.of(rules.float_step_pct)
    over = smaller(Figure.of(rules.float_cap_pct), over)
    result = worked("上浮比例", _float_words(rules), over, [own, base], ["TZ-22", "TZ-A1"], places=PCT_PLACES, unit="%")
    return _trimmed(result)


def year_score(quarters: Sequence[Known | None], float_pct: Known = 0) -> Working:
    """年终得分 = 季度平均得分×（1＋上浮比例） (TZ-22); may pass 100 (TZ-A5)."""
    if len(quarters) > 4:
        raise BadScore(f"一年只有4个季度，现在有{len(quarters)}个季度得分。")
    scored = [(n, each) for n, each in enumerate(quarters, 1) if not _missing(each)]
    parts = [known_mark(each, f"第{n}季度得分").named(f"第{n}季度得分") for n, each in scored if each is not None]
    if not parts:
        raise BadScore("没有一个季度有得分，不能计算年终得分。")
    floated = known(float_pct, "上浮比例")
    if floated.value is not None and floated.value < 0:
        raise BadScore("上浮比例不应小于0，办件量低于平均值不扣分。")
    factor = Figure.of(1) + Figure.percent(floated.value or Decimal(0))
    figure = mean([part.published for part in parts]) * factor
    return worked("年终得分", "季度平均得分×（1＋上浮比例）", figure, [*parts, floated], ["TZ-22"])


def year(units: Iterable[UnitYear], rules: Rules = DOCUMENT, unassessed: str = "") -> list[Standing]:
    """Every unit's year score and rank, class by class, after the bulletins' drop.

    `unassessed` says which quarters were not assessed at all; every score tells it, and they are no zeros in its mean.
    """
    units = list(units)
    standings = [standing for same in by_class(units, rules) for standing in _class_year(same, units, rules)]
    return [replace(each, score=each.score.noted(unassessed)) for each in standings]


def _class_year(same: Sequence[UnitYear], everybody: Sequence[UnitYear], rules: Rules) -> list[Standing]:
    base = _base(same, everybody, rules)
    scores = {unit.unit: _own_score(unit, base, rules) for unit in same if unit.volume}
    average = class_average([score.named(f"{unit}年终得分", source=unit) for unit, score in scores.items()], "年终得分")
    standings = [Standing(unit.unit, unit.unit_class, unit.volume, scores.get(unit.unit, average)) for unit in same]
    return ranked(standings, {unit.unit: times_named(unit.bulletins) for unit in same}, rules)


def _own_score(unit: UnitYear, base: Working, rules: Rules) -> Working:
    with about(unit.unit):
        return year_score(unit.quarters, float_percent(unit.volume, base, rules))


def _base(same: Sequence[UnitYear], everybody: Sequence[UnitYear], rules: Rules) -> Working:
    among = everybody if rules.float_baseline == "all" else same
    volumes = {unit.unit: count(unit.volume, f"{unit.unit}的办件量") for unit in among}
    if rules.float_baseline == "class_active":
        volumes = {unit: volume for unit, volume in volumes.items() if volume}
    return baseline(volumes, BASELINES[rules.float_baseline])


def _missing(score: Known | None) -> bool:
    return score is None or (isinstance(score, Working) and score.value is None)


def _float_words(rules: Rules) -> str:
    parts = "不足一档不计" if rules.float_mode == "step" else "按比例连续计算"
    per, step, cap = percent(rules.float_per_over), shown(rules.float_step_pct), shown(rules.float_cap_pct)
    return f"办件量每高于平均值{per}上浮{step}%，{parts}，最高{cap}%，低于平均值不扣"


def _trimmed(result: Working) -> Working:
    """4.3750 → 4.375."""
    assert result.value is not None
    return replace(result, value=Decimal(f"{result.value.normalize():f}"))
