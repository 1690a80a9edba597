"""月度督查通报: who is named each month and why, with the table beside it (TZ-19, TZ-A9)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessment.exact import BadScore
from assessment.figure import Figure
from assessment.rates import rate_of, tally
from assessment.working import Working, given, worked

ON_TIME = "按时办结数÷派遣总数×100%"
TROUBLES = ("多次回退", "多次延期", "临期延期")  # what a 通报 says of a unit beside lateness (SPEC §6)
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Watched:
    """A unit's part in one case, as the office followed it in a month."""

    case: str
    unit: str
    closed: bool = True
    closed_before: bool = False  # in an earlier month, which has counted it; its evaluation alone counts here
    overdue: bool = False  # past its own limit, closed or not
    late: bool = False  # past it in this month: it passed now, or had passed and was still open
    late_response: bool = False  # TZ-07, TZ-08
    absent: bool = False  # from 联商会办
    rated: bool = True  # in this month, which is after its closing
    dissatisfied: bool = False
    troubles: frozenset[str] = frozenset()  # some of TROUBLES

    @property
    def faults(self) -> list[str]:
        named = {"回应超时": self.late_response, "会办缺席": self.absent, "办理逾期": self.late}
        return [fault for fault, happened in named.items() if happened]


@dataclass(frozen=True)
class Row:
    """One line of the table: 派遣总数、按时办结、超时办结、未办结、结案率、按时结案率、不满意数、不满意率."""

    unit: str
    total: int
    on_time: int
    late: int
    open: int
    closing_rate: Working
    on_time_rate: Working
    dissatisfied: int
    dissatisfied_rate: Working
    named_for: tuple[str, ...]  # "TZ20260001 回应超时"; empty: not named
    troubles: Mapping[str, Working]  # of TROUBLES those that there were: how many cases, and which
    overdue_open: tuple[str, ...] = ()  # the cases past their limit that are still open


def bulletin(watched: Iterable[Watched]) -> list[Row]:
    """A month's table, a row a unit; a unit is named where a case of its went wrong. What is said of it stays words."""
    units: dict[str, list[Watched]] = {}
    for each in watched:
        units.setdefault(each.unit, []).append(each)
    return [_row(unit, cases) for unit, cases in sorted(units.items())]


def named(rows: Iterable[Row]) -> list[str]:
    """The units that a month's bulletin names."""
    return [row.unit for row in rows if row.named_for]


def times_named(months: Iterable[str]) -> Working:
    """In how many monthly bulletins a unit was named (TZ-A9); twice in one month counts once."""
    parts = [given(f"{month}督查通报", 1, "次").named(f"{month}督查通报", source=month) for month in _in_order(months)]
    figure = Figure.of(len(parts))
    return worked("被点名的月度通报", "被点名的期数", figure, parts, ["TZ-23", "TZ-A9"], places=0, unit="次")


def named_in_year(bulletins: Mapping[str, Iterable[str]], year: int) -> dict[str, list[str]]:
    """Bulletins by month ("2026-05": units named) → each unit's months of one calendar year."""
    months: dict[str, list[str]] = {}
    for month in sorted(bulletins):
        if _month(month).startswith(f"{year:04}-"):
            for unit in dict.fromkeys(bulletins[month]):
                months.setdefault(unit, []).append(month)
    return months


def _row(unit: str, cases: Sequence[Watched]) -> Row:
    """A closed case counts in the month it was closed in, its evaluation in the month of the evaluation."""
    counted = [each for each in cases if not each.closed_before]
    closed = [each for each in counted if each.closed]
    rated = [each for each in cases if each.closed and each.rated]
    on_time = sum(not each.overdue for each in closed)
    return Row(
        unit=unit,
        total=len(counted),
        on_time=on_time,
        late=len(closed) - on_time,
        open=len(counted) - len(closed),
        closing_rate=_rate(counted, lambda each: each.closed, "结案率", "办结数÷派遣总数×100%"),
        on_time_rate=_rate(counted, lambda each: each.closed and not each.overdue, "按时结案率", ON_TIME),
        dissatisfied=sum(each.dissatisfied for each in rated),
        dissatisfied_rate=_rate(rated, lambda each: each.dissatisfied, "不满意率", "不满意数÷评价件数×100%"),
        named_for=tuple(f"{each.case} {'、'.join(each.faults)}" for each in cases if each.faults),
        troubles={
            trouble: tally(trouble, found)
            for trouble in TROUBLES
            if (found := [each.case for each in cases if trouble in each.troubles])
        },
        overdue_open=tuple(each.case for each in cases if each.overdue and not each.closed),
    )


def _rate(cases: Sequence[Watched], counts: Callable[[Watched], bool], label: str, words: str) -> Working:
    """Down to the cases it counts."""
    return rate_of([(each.case, counts(each)) for each in cases], label, words, "TZ-19")


def _in_order(months: Iterable[str]) -> list[str]:
    return sorted({_month(month) for month in months})


def _month(month: str) -> str:
    if not MONTH.fullmatch(month):
        raise BadScore(f"月份应如 2026-05，现在是“{month}”。")
    return month
