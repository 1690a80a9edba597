import re
from decimal import Decimal

import pytest

from assessment import ranking, rate, tz, xx, yc
from tests.assessment.known import EXAMPLES, PARAMETERS, hold

TZ = tz.Rules.from_parameters(PARAMETERS)
WEIGHTED = re.compile(r"(\d+)/(\d+)/(\d+)加权")


def answer(case):
    """The example's answer, found by what it hands in."""
    match case["input"]:
        case {"park": park, "lead": lead}:
            return tz.co_score(park, lead, TZ)
        case {"votes": votes}:
            return tz.satisfaction(votes, TZ)
        case {"scores": scores}:
            return tz.case_average(scores)
        case {"volume": volume, "avg": average, **rest}:
            mode = rest.get("mode", PARAMETERS["tz.float.mode"])
            return tz.float_percent(volume, average, tz.Rules.from_parameters(PARAMETERS | {"tz.float.mode": mode}))
        case {"quarters": quarters, "pct": percent}:
            return tz.year_score(quarters, percent)
        case {"rows": rows, "flagged": flagged}:
            return [place.unit for place in ranking(rows, flagged)]
        case {"n": numerator, "d": denominator}:
            return rate(numerator, denominator)
        case {"rates": rates}:
            return xx.total(rates, xx.Rules.from_parameters(PARAMETERS))
        case {"groups": groups}:
            weights = WEIGHTED.search(case["desc"])
            shares = dict(zip(yc.GROUPS, map(int, weights.groups()), strict=True)) if weights else {}
            changed = {"yc.review_group_weights": shares} if shares else {}
            return yc.review_score(groups, yc.Rules.from_parameters(PARAMETERS | changed))
    raise AssertionError(case)


@pytest.mark.parametrize("case", EXAMPLES, ids=[case["id"] for case in EXAMPLES])
def test_the_examples_of_the_specification_come_out_exactly(case):  # SPEC scoring_examples.json
    found, expected = answer(case), case["expected"]
    if isinstance(expected, list):
        assert found == expected
    elif expected is None:
        assert found.value is None
        assert "TZ-A6" in found.note
    else:
        assert found.value == Decimal(str(expected))
        hold(found)
