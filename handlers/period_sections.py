"""What every 通报 says of a period's cases: 基本数据, 前三与后三单位, 存在问题, and the table beside it (SPEC §6)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from assessment import Working, tz
from handlers.cases import unit_name

ENDS = 3  # 前三与后三


def span(start: datetime, end: datetime) -> str:
    """2026年3月, 2026年第一季度, 2026年上半年, 2026年: the period [start, end) as a title calls it."""
    months = (end.year - start.year) * 12 + end.month - start.month
    names = {
        1: f"{start.month}月",
        3: f"第{'一二三四'[(start.month - 1) // 3]}季度",
        6: "上半年" if start.month == 1 else "下半年",
    }
    return f"{start.year}年{names.get(months, '')}"


def basics(rows: Sequence[tz.Row]) -> str:
    """派单、按时、超时、未办结件数, and both rates of all units together."""
    total, on_time, late = (sum(getattr(row, name) for row in rows) for name in ("total", "on_time", "late"))
    counts = f"派单{total}件，按时办结{on_time}件，超时办结{late}件，未办结{total - on_time - late}件"
    return f"{counts}；办结率{_share(on_time + late, total)}，按时办结率{_share(on_time, total)}。"


def ends(scores: Mapping[str, Decimal | None], unit: str = "") -> str:
    """The best and the last three units (by name) by a score; all in one line where there are not enough for two.

    None: not scored.
    """
    order = sorted(((score, name) for name, score in scores.items() if score is not None), key=lambda each: -each[0])
    shown = [f"{name}（{score}{unit}）" for score, name in order]
    if len(shown) < 2 * ENDS:
        return f"从高到低：{'、'.join(shown)}。" if shown else "没有可比的单位。"
    return f"前三：{'、'.join(shown[:ENDS])}。\n后三：{'、'.join(shown[-ENDS:])}。"


def faults(rows: Sequence[tz.Row]) -> list[str]:
    """超期 (closed or still open), 多次回退, 多次延期, 临期延期, 不满意: a line each with the units.

    No line for what did not happen.
    """
    found = {
        "超时办结": [f"{unit_name(row.unit)}{row.late}件" for row in rows if row.late],
        "超期未办结": [
            f"{unit_name(row.unit)}{len(row.overdue_open)}件（{'、'.join(dict.fromkeys(row.overdue_open))}）"
            for row in rows
            if row.overdue_open
        ],
        **{name: [_whose(row, name) for row in rows if name in row.troubles] for name in tz.TROUBLES},
        "评价不满意": [
            f"{unit_name(row.unit)}{row.dissatisfied}件（{percent(row.dissatisfied_rate)}）"
            for row in rows
            if row.dissatisfied
        ],
    }
    return [f"{what}：{'、'.join(who)}。" for what, who in found.items() if who]


def table(rows: Sequence[tz.Row]) -> str:
    """单位｜派遣总数｜按时办结｜超时办结｜未办结｜结案率｜按时结案率｜不满意数｜不满意率, a line a unit."""
    return "\n".join(map(_line, rows))


def tally(names: Iterable[str]) -> str:
    """投诉2、咨询1: how often each comes, the most first."""
    return "、".join(f"{name}{count}" for name, count in Counter(names).most_common()) or "无"


def percent(rate: Working) -> str:
    return "—" if rate.value is None else f"{rate.value}%"


def _line(row: tz.Row) -> str:
    counts = map(str, (row.total, row.on_time, row.late, row.open))
    rates = (percent(row.closing_rate), percent(row.on_time_rate))
    return "｜".join([unit_name(row.unit), *counts, *rates, str(row.dissatisfied), percent(row.dissatisfied_rate)])


def _whose(row: tz.Row, trouble: str) -> str:
    cases = row.troubles[trouble].parts
    return f"{unit_name(row.unit)}{len(cases)}件（{'、'.join(case.label for case in cases)}）"


def _share(part: int, whole: int) -> str:
    return f"{Decimal(part * 100) / whole:.2f}%" if whole else "—"
