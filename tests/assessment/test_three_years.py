"""36 months of cases → bulletins, quarters, years, hints; every number again from its working and from the cases."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessment import tz
from assessment.exact import rounded
from tests.assessment.known import hold
from tests.assessment.synthetic import (
    BUSIEST,
    CLASS_OF,
    IDLE,
    MONTHS,
    QUARTERS,
    SLOWEST,
    UNITS,
    YEARS,
    months,
    quarter_of,
    votes,
)

SEED = 20230508


class County:
    """Three years of it, worked out once."""

    def __init__(self):
        self.parts, self.votes = months(SEED), votes(SEED)
        self.bulletins = {month: tz.named(tz.bulletin(part.watched for part in self.parts[month])) for month in MONTHS}
        self.quarters = {name: tz.quarter(self.brought(name)) for name in QUARTERS}
        self.years = {year: tz.year(self.carried(year)) for year in YEARS}

    def cases(self, unit, name):
        return [
            part.rated
            for month, parts in self.parts.items()
            for part in parts
            if part.unit == unit and quarter_of(month) == name
        ]

    def brought(self, name):
        return [tz.UnitQuarter(unit, CLASS_OF[unit], self.cases(unit, name), self.votes[name][unit]) for unit in UNITS]

    def carried(self, year):
        named = tz.named_in_year(self.bulletins, year)
        for unit in UNITS:
            quarters = [standing(self.quarters[f"{year}Q{n}"], unit) for n in range(1, 5)]
            scores, volume = [each.score for each in quarters], sum(each.volume for each in quarters)
            yield tz.UnitYear(unit, CLASS_OF[unit], scores, volume, named.get(unit, ()))

    @property
    def tables(self):
        return {**self.quarters, **self.years}


def standing(standings, unit):
    return next(each for each in standings if each.unit == unit)


@pytest.fixture(scope="module")
def three_years():
    return County()


def test_no_unit_is_lost_and_every_class_is_ranked_from_first_to_last(three_years):  # TZ-14, TZ-A4
    for standings in three_years.tables.values():
        assert sorted(each.unit for each in standings) == sorted(UNITS)
        for name in "ABC":
            ranks = sorted(each.rank for each in standings if each.unit_class == name)
            assert ranks == sorted(1 + sum(other < rank for other in ranks) for rank in ranks)
            assert ranks[0] == 1


def test_every_number_is_what_its_working_comes_to(three_years):  # TZ-16…24
    for standings in three_years.tables.values():
        for each in standings:
            hold(each.place)
    for each in three_years.years[2026]:  # its workings hold all quarters and cases of the year
        hold(each.score)


def test_the_quarters_come_out_the_same_when_counted_by_hand_from_the_cases(three_years):  # TZ-17, TZ-20, TZ-21
    for name, standings in three_years.quarters.items():
        for each in standings:
            counted = [case for case in three_years.cases(each.unit, name) if not case.excluded]
            assert each.volume == len(counted)
            cast = three_years.votes[name][each.unit]
            if counted and cast and sum(cast):
                average = two(sum(map(by_hand, counted), Fraction()) / len(counted))
                satisfied = two(Fraction(10 * cast[0] + 8 * cast[1] + 6 * cast[2], sum(cast)) * 10)
                assert each.score.value == rounded(average * Fraction(7, 10) + satisfied * Fraction(3, 10))


def test_units_without_a_case_stand_at_the_mean_of_those_with_one(three_years):  # TZ-24, TZ-A3
    unit, year = IDLE
    for name in (f"{year}Q{n}" for n in range(1, 5)):
        same = [each for each in three_years.quarters[name] if each.unit_class == CLASS_OF[unit] and each.volume]
        mean = sum((Fraction(each.score.value) for each in same), Fraction()) / len(same)
        assert standing(three_years.quarters[name], unit).score.value == rounded(mean)
    idle = standing(three_years.years[year], unit)
    assert (idle.volume, "得同类有件单位的平均分" in idle.score.note) == (0, True)


def test_nobody_floats_above_the_cap_and_the_busiest_reaches_it(three_years):  # TZ-22
    for year, standings in three_years.years.items():
        floats = {each.unit: each.score.parts[-1].value for each in standings if each.volume}
        assert all(0 <= percent <= 5 for percent in floats.values())
        assert all(percent == int(percent) for percent in floats.values())
        assert floats[BUSIEST] == 5, year


def test_whoever_is_named_three_times_drops_and_nobody_else(three_years):  # TZ-23, TZ-A9, TZ-A13
    dropped = 0
    for year, standings in three_years.years.items():
        named = tz.named_in_year(three_years.bulletins, year)
        for each in standings:
            by_score = 1 + sum(other.score.value > each.score.value for other in same_class(standings, each))
            often = len(named.get(each.unit, ())) >= 3
            assert "累计被通报" in each.place.note if often else "累计被通报" not in each.place.note
            dropped += each.rank > by_score
            if each.rank > by_score:
                assert often or any(other.rank < each.rank for other in same_class(standings, each))
    assert dropped


def test_the_slowest_is_hinted_for_the_snail_and_as_last_of_class_a(three_years):  # TZ-26, TZ-28
    for last in range(1, len(QUARTERS)):
        seen = {name: three_years.quarters[name] for name in QUARTERS[: last + 1]}
        hints = {hint.unit: hint for hint in tz.snail(seen, three_years.bulletins)}
        assert f"连续{last + 1}个季度" in hints[SLOWEST].text
        for unit in hints:
            assert all(is_last(seen[name], unit) for name in QUARTERS[last - 1 : last + 1])
    (hint,) = tz.last_of_a(three_years.years)
    assert (hint.unit, len(hint.grounds)) == (SLOWEST, 3)


def test_the_last_three_of_each_class_are_hinted_every_year(three_years):  # TZ-27, TZ-29
    for standings in three_years.years.values():
        hinted = {hint.unit for hint in tz.bottom(standings)}
        for name in "ABC":
            ranks = sorted((each.rank, each.unit) for each in standings if each.unit_class == name)
            assert {unit for _, unit in ranks[-3:]} <= hinted


def is_last(standings, unit):
    here = standing(standings, unit)
    return all(other.rank <= here.rank for other in same_class(standings, here))


def same_class(standings, like):
    return [each for each in standings if each.unit_class == like.unit_class]


def by_hand(case):
    park = Fraction(Decimal(str(case.park)))
    if case.lead is None:
        return two(park)
    return two(park * Fraction(7, 10) + Fraction(Decimal(str(case.lead))) * Fraction(3, 10))


def two(value):
    return Fraction(rounded(value))
