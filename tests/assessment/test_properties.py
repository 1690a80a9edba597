from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment import BadScore, ranking, rate, tz, xx, yc
from assessment.exact import count, mark, number, rounded
from assessment.figure import Figure, larger, smaller, total, whole
from tests.assessment.known import hold, worked_out

QUICK = settings(max_examples=60, deadline=None)

marks = st.decimals(0, 100, places=2) | st.integers(0, 100) | st.floats(0, 100).map(lambda x: round(x, 3))
votes = st.lists(st.integers(0, 500), min_size=4, max_size=4)
rows = st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛"), st.integers(80, 90), min_size=1)
numbers = st.decimals(0, 1000, places=2).map(Figure.of)
figures = st.recursive(
    numbers,
    lambda below: (
        st.builds(Figure.__add__, below, below)
        | st.builds(Figure.__sub__, below, below)
        | st.builds(Figure.__mul__, below, below)
        | st.builds(lambda a, b: a / b if b.exact else a, below, below)
        | st.builds(whole, below)
        | st.builds(smaller, below, below)
        | st.builds(larger, below, below)
        | st.lists(below, min_size=1, max_size=4).map(total)
    ),
    max_leaves=8,
)


@QUICK
@given(figures)
def test_what_is_written_is_what_was_computed(figure):  # Figure
    assert worked_out(figure.text) == figure.exact


@QUICK
@given(st.decimals(-1000, 1000, places=6), st.integers(0, 5))
def test_rounding_is_half_away_from_zero(value, places):  # SPEC §1.4
    assert rounded(Fraction(value), places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@QUICK
@given(marks, marks)
def test_an_assisting_units_score_lies_between_its_two_marks(park, lead):  # TZ-17
    score = tz.co_score(park, lead)
    hold(score)
    low, high = sorted((number(park, ""), number(lead, "")))
    assert low - Decimal("0.005") <= score.value <= high + Decimal("0.005")


@QUICK
@given(votes)
def test_satisfaction_is_a_percentage_and_a_better_vote_never_lowers_it(cast):  # TZ-21
    score = tz.satisfaction(cast)
    if sum(cast) == 0:
        assert score.value is None
        return
    hold(score)
    better = tz.satisfaction([cast[0] + 1, *cast[1:]])
    assert 0 <= score.value <= better.value <= 100


@QUICK
@given(st.lists(st.integers(0, 300), min_size=1, max_size=16), st.sampled_from(["step", "continuous"]))
def test_floats_rise_with_the_volume_up_to_the_cap_and_steps_never_pass_the_line(volumes, mode):  # TZ-22, TZ-A1
    base = tz.baseline(volumes)
    floats = [tz.float_percent(volume, base, tz.Rules(float_mode=mode)) for volume in sorted(volumes)]
    if not any(volumes):
        assert [each.value for each in floats] == [None] * len(volumes)
        return
    values = [each.value for each in floats]
    assert values == sorted(values)
    assert all(0 <= value <= 5 for value in values)
    for volume, each in zip(sorted(volumes), floats, strict=True):
        hold(each)
        over = Fraction(volume * len(volumes), sum(volumes)) - 1
        expected = min(Fraction(5), max(Fraction(), over * 10 if mode == "continuous" else Fraction(over * 10 // 1)))
        assert each.value == rounded(expected, 4)


@QUICK
@given(rows, st.sets(st.sampled_from("甲乙丙丁戊己庚辛")))
def test_every_unit_has_one_rank_and_the_order_of_the_rows_does_not_matter(scores, named):  # TZ-A4, TZ-A13
    flagged = named & set(scores)
    places = {place.unit: place for place in ranking(scores, flagged)}
    assert set(places) == set(scores)
    for place in places.values():
        assert place.rank == 1 + sum(other.rank < place.rank for other in places.values())
        assert place.by_score == 1 + sum(other > scores[place.unit] for other in scores.values())
        if not flagged:
            assert place.rank == place.by_score
    again = ranking(dict(sorted(scores.items(), reverse=True)), flagged)
    assert {place.unit: place for place in again} == places


@QUICK
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8, unique=True), st.data())
def test_without_ties_each_named_unit_changes_places_with_the_next_from_the_end(scores, data):  # TZ-A13
    order = sorted(scores, reverse=True)
    flagged = data.draw(st.sets(st.sampled_from(scores)))
    places = ranking({str(score): score for score in scores}, {str(score) for score in flagged})
    for index in reversed(range(len(order) - 1)):
        if order[index] in flagged:
            order[index], order[index + 1] = order[index + 1], order[index]
    assert [place.unit for place in places] == [str(score) for score in order]


@QUICK
@given(
    st.lists(st.lists(marks, max_size=5), min_size=3, max_size=3), st.booleans(), st.sampled_from(["groups", "votes"])
)
def test_a_review_lies_between_its_lowest_and_highest_vote(groups, trim, mode):  # YC-24
    score = yc.review_score(groups, yc.Rules(review_trim=trim, review_mode=mode))
    cast = [number(vote, "") for group in groups for vote in group]
    if not cast:
        assert score.value is None
        return
    hold(score)
    assert min(cast) - Decimal("0.005") <= score.value <= max(cast) + Decimal("0.005")


@QUICK
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_is_met_only_if_the_exact_share_is(numerator, denominator):  # YC-12
    if numerator > denominator:
        numerator, denominator = denominator, numerator
    result = yc.kpi("online_rate", numerator, denominator)
    hold(result.working)
    assert result.met == (numerator * 100 >= denominator * 95)
    assert rate(numerator, denominator).value == result.working.value


@QUICK
@given(st.lists(st.none() | marks, min_size=4, max_size=4))
def test_a_total_lies_between_the_rates_that_could_be_formed(rates):  # XX-18
    total_score = xx.total(rates)
    formed = [number(each, "") for each in rates if each is not None]
    if not formed:
        assert total_score.value is None
        return
    hold(total_score)
    assert min(formed) - Decimal("0.005") <= total_score.value <= max(formed) + Decimal("0.005")


@QUICK
@given(
    st.none()
    | st.booleans()
    | st.text()
    | st.floats()
    | st.lists(st.integers())
    | st.decimals()
    | st.integers()
    | st.just(10**5000)
)
def test_whatever_is_handed_in_is_a_mark_or_refused_in_words(value):  # TZ-16
    for read in (mark, count):
        with suppress(BadScore):  # and nothing else
            assert read(value, "评分") >= 0
