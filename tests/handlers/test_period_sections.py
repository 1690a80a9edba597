"""The sections that every 通报 has (SPEC §6, 月度/季度通报版式)."""

from datetime import datetime
from decimal import Decimal

import pytest

from assessment import tz
from config import ZONE
from handlers import period_sections


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2026, 3), (2026, 4), "2026年3月"),
        ((2025, 12), (2026, 1), "2025年12月"),
        ((2026, 4), (2026, 7), "2026年第2季度"),
        ((2026, 7), (2027, 1), "2026年下半年"),
        ((2026, 1), (2027, 1), "2026年"),
    ],
)
def test_a_period_is_called_as_a_title_calls_it(start, end, words):
    assert period_sections.span(datetime(*start, 1, tzinfo=ZONE), datetime(*end, 1, tzinfo=ZONE)) == words


def test_basics_count_all_units_together_with_both_rates(county):
    rows = tz.bulletin(
        [
            tz.Watched("a", "housing"),
            tz.Watched("b", "housing", overdue=True),
            tz.Watched("c", "tax", closed=False),
        ]
    )
    assert period_sections.basics(rows) == (
        "派单3件，按时办结1件，超时办结1件，未办结1件；办结率66.67%，按时办结率33.33%。"
    )
    assert period_sections.late_units(rows) == ["超时办结：县住房和城乡建设局1件。"]
    assert period_sections.table(rows).splitlines()[1] == "县税务局｜1｜0｜0｜1｜0.00%｜0.00%｜0｜—"


def test_a_period_without_cases_has_no_rates_and_no_ends(county):
    assert period_sections.basics([]).endswith("办结率—，按时办结率—。")
    assert period_sections.ends({"tax": None}) == "没有可比的单位。"


def test_six_units_have_a_best_and_a_last_three_fewer_one_order(county):
    names = ("housing", "tax", "civil_affairs", "supervision_office", "task_force", "county")
    scores = {name: Decimal(90 - place) for place, name in enumerate(names)}
    best, last = period_sections.ends(scores, "分").splitlines()
    assert best.startswith("前三：县住房和城乡建设局（90分）、县税务局（89分）")
    assert last.endswith("（85分）。")
    assert period_sections.ends({"tax": Decimal(1), "housing": Decimal(2)}) == (
        "从高到低：县住房和城乡建设局（2）、县税务局（1）。"
    )
