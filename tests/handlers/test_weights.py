"""Weights as they stood at a period's end (C-11), and whom D-15 assesses (TZ-14)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from config import ZONE
from handlers.tz.roster import BadRoster, Roster
from handlers.tz.weights import rules_at, rules_of_case
from models import SYSTEM
from operations.house.parameters import set_parameters
from reference.parameters import newest_revision

QUARTER_END = datetime(2026, 4, 1, tzinfo=ZONE)


def test_what_is_changed_after_the_quarter_does_not_change_the_quarter(case, clock):  # C-11, TZ-20
    before = newest_revision()
    clock.now = QUARTER_END - timedelta(seconds=1)
    set_parameters({"tz.w.case": 0.6, "tz.w.enterprise": 0.4}, by=SYSTEM, basis="〔2026〕1号")
    clock.now = QUARTER_END
    set_parameters({"tz.w.case": 0.5, "tz.w.enterprise": 0.5}, by=SYSTEM, basis="〔2026〕2号")
    assert rules_at(QUARTER_END).case == Decimal("0.6")
    assert rules_at(QUARTER_END + timedelta(seconds=1)).case == Decimal("0.5")
    assert rules_of_case(before).case == Decimal("0.7")


def test_what_was_not_set_yet_has_its_first_value(case):  # C-11
    assert rules_at(datetime(2019, 1, 1, tzinfo=ZONE)).bottom_n == 3


@pytest.mark.parametrize(("units", "names"), [(["a", "a"], ["甲", "乙"]), (["a", "b"], ["甲", "甲"])])
def test_a_unit_that_stands_twice_in_the_table_is_refused(units, names):  # TZ-14
    with pytest.raises(BadRoster, match="两次"):
        Roster.of(units, names, ["A", "A"])
