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
        ((2026, 4), (2026, 7), "2026年第二季度"),
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
    assert period_sections.faults(rows) == ["超时办结：县住房和城乡建设局1件。"]
    assert period_sections.table(rows).splitlines()[1] == "县税务局｜1｜0｜0｜1｜0.00%｜0.00%｜0｜—"


def test_what_is_late_and_still_open_is_among_the_faults_with_its_number(county):  # TZ-19
    rows = tz.bulletin([tz.Watched("a", "housing", overdue=True, closed=False), tz.Watched("b", "tax", closed=False)])
    assert period_sections.faults(rows) == ["超期未办结：县住房和城乡建设局1件（a）。"]


def test_a_period_without_cases_has_no_rates_and_no_ends(county):
    assert period_sections.basics([]).endswith("办结率—，按时办结率—。")
    assert period_sections.ends({"tax": None}) == "没有可比的单位。"


def test_six_units_have_a_best_and_a_last_three_fewer_one_order():
    scores = {f"单位{place}": Decimal(90 - place) for place in range(6)}
    best, last = period_sections.ends(scores, "分").splitlines()
    assert best == "前三：单位0（90分）、单位1（89分）、单位2（88分）。"
    assert last.endswith("单位5（85分）。")
    assert period_sections.ends({"甲": Decimal(1), "乙": Decimal(2)}) == "从高到低：乙（2）、甲（1）。"


def test_faults_name_units_and_cases(county):  # TZ-19, XX-18
    often, near = frozenset({"多次回退"}), frozenset({"多次延期", "临期延期"})
    rows = tz.bulletin([tz.Watched("a", "housing", troubles=often), tz.Watched("b", "tax", troubles=near | often)])
    assert period_sections.faults(rows) == [
        "多次回退：县住房和城乡建设局1件（a）、县税务局1件（b）。",
        "多次延期：县税务局1件（b）。",
        "临期延期：县税务局1件（b）。",
    ]
    assert period_sections.faults(tz.bulletin([tz.Watched("a", "tax")])) == []
