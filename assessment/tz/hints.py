"""What the year's and quarters' ranks bring up for somebody to decide (TZ-26…29). A hint decides nothing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessment.exact import BadScore, number
from assessment.figure import Figure
from assessment.ranking import bottom_placed, last_placed
from assessment.tz.bulletins import times_named
from assessment.tz.rules import DOCUMENT, Rules, fraction_of
from assessment.tz.standing import Standing
from assessment.working import Working, given, worked

QUARTER = re.compile(r"(\d{4})Q([1-4])")
HUMAN = "仅为提示，由有权机关人工决定并登记。"
BONUS_OF = ("部门主要负责人", "分管负责人", "具体责任人")
LONG_LAST = {2: "分管负责人免职", 3: "主要负责人引咎辞职"}  # consecutive years last → what the document names


@dataclass(frozen=True)
class Hint:
    """Something the document lets somebody decide: about which unit, on what grounds, who decides."""

    unit: str
    clause: str
    text: str
    decides: str
    grounds: tuple[Working, ...]  # the places it rests on


def snail(
    quarters: Mapping[str, Sequence[Standing]],
    bulletins: Mapping[str, Iterable[str]] | None = None,
    rules: Rules = DOCUMENT,
) -> list[Hint]:
    """蜗牛奖 (TZ-26): last of its class in consecutive quarters ("2026Q1": standings) up to the newest.

    `bulletins`, the units named by month, are listed as clues.
    """
    _check(quarters)
    if not quarters:
        return []
    newest = max(quarters, key=_order)
    runs = {unit: _run(unit, newest, quarters) for unit in _lasts(quarters[newest])}
    long = {unit: run for unit, run in runs.items() if len(run) >= rules.snail_quarters}
    return [_snail(unit, run, quarters, bulletins or {}) for unit, run in long.items()]


def bottom(standings: Sequence[Standing], rules: Rules = DOCUMENT) -> list[Hint]:
    """年度末三位 (TZ-27 for A and B; TZ-29 for B and C)."""
    found = []
    for unit_class, same in _classes(standings).items():
        n = rules.bottom_n
        for unit in bottom_placed(_ranks(same), n):
            place = _place_of(unit, same)
            where = f"{unit}（{unit_class}类）年度排名末{n}位"
            if unit_class in ("A", "B"):
                text = f"{where}，涉及综合绩效考核一等奖评选资格。{HUMAN}"
                found.append(Hint(unit, "TZ-27", text, "区综合绩效考核主管部门", (place,)))
            if unit_class in ("B", "C"):
                text = f"{where}，考核结果待抄送上级部门。{HUMAN}"
                found.append(Hint(unit, "TZ-29", text, "区吹哨办", (place,)))
    return found


def last_of_a(years: Mapping[int, Sequence[Standing]], rules: Rules = DOCUMENT) -> list[Hint]:
    """A类年度末位 of the newest year (TZ-28), and for how many years running."""
    newest = max(years, default=0)
    found = []
    for unit in _lasts(years.get(newest, ()), "A"):
        run: list[Working] = []
        while unit in _lasts(years.get(newest - len(run), ()), "A"):
            run.append(_place_of(unit, years[newest - len(run)]).named(f"{newest - len(run)}年同类名次"))
        cuts = "、".join(f"{who}{cut}" for who, cut in zip(BONUS_OF, rules.bonus_cut, strict=False))
        text = f"{unit}（A类）{newest}年度排名末位，涉及年度考核奖扣减（{cuts}）。"
        if named := [f"连续{n}年{what}" for n, what in LONG_LAST.items() if len(run) >= n]:
            text += f"已连续{len(run)}年末位，文件规定有：{'、'.join(named)}。"
        found.append(Hint(unit, "TZ-28", text + HUMAN, "区委、区政府", tuple(run)))
    return found


def bonus_cuts(bonus: object, rules: Rules = DOCUMENT) -> list[Working]:
    """What the fractions of TZ-28 come to for a bonus, for the deciding post to see."""
    whole = given("年度考核奖", number(bonus, "年度考核奖"), "元")
    if whole.published.exact < 0:
        raise BadScore("年度考核奖不应小于0。")
    return [_cut(who, cut, whole) for who, cut in zip(BONUS_OF, rules.bonus_cut, strict=False)]


def _cut(who: str, cut: str, whole: Working) -> Working:
    fraction = fraction_of(cut)
    figure = whole.published * Figure.of(fraction.numerator) / Figure.of(fraction.denominator)
    return worked(f"{who}扣减额", f"年度考核奖×{cut}", figure, [whole], ["TZ-28"], unit="元", note=HUMAN)


def _snail(
    unit: str, run: Sequence[str], quarters: Mapping[str, Sequence[Standing]], bulletins: Mapping[str, Iterable[str]]
) -> Hint:
    months = [month for month, units in bulletins.items() if unit in units and _quarter_of(month) in run]
    places = [_place_of(unit, quarters[name]).named(f"{name}同类名次") for name in run]
    text = f"{unit}连续{len(run)}个季度（{'、'.join(run)}）同类排名末位，符合“蜗牛奖”认定条件。"
    if months:
        text += f"期间被{'、'.join(sorted(months))}督查通报点名。"
    return Hint(unit, "TZ-26", text + HUMAN, "区效能办", (*places, times_named(months)))


def _run(unit: str, last: str, quarters: Mapping[str, Sequence[Standing]]) -> list[str]:
    """The quarters up to `last` in which the unit was last without a break."""
    run: list[str] = []
    name = last
    while unit in _lasts(quarters.get(name, ())):
        run.insert(0, name)
        name = _named(_order(name) - 1)
    return run


def _lasts(standings: Sequence[Standing], unit_class: str = "") -> list[str]:
    classes = _classes(standings)
    return [unit for name, same in classes.items() if unit_class in ("", name) for unit in last_placed(_ranks(same))]


def _classes(standings: Sequence[Standing]) -> dict[str, list[Standing]]:
    classes: dict[str, list[Standing]] = {}
    for each in standings:
        classes.setdefault(each.unit_class, []).append(each)
    return classes


def _ranks(standings: Sequence[Standing]) -> dict[str, int]:
    return {each.unit: each.rank for each in standings if each.rank is not None}


def _place_of(unit: str, standings: Sequence[Standing]) -> Working:
    return next(each.place for each in standings if each.unit == unit and each.place)


def _check(quarters: Mapping[str, object]) -> None:
    for name in quarters:
        if not QUARTER.fullmatch(name):
            raise BadScore(f"季度应如 2026Q1，现在是“{name}”。")


def _order(name: str) -> int:
    return int(name[:4]) * 4 + int(name[5]) - 1


def _named(order: int) -> str:
    return f"{order // 4}Q{order % 4 + 1}"


def _quarter_of(month: str) -> str:
    return f"{month[:4]}Q{(int(month[5:7]) + 2) // 3}"
