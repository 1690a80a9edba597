"""泰州: 次评价、月通报、季测评、年考核 (TZ-14…30). Build Rules from the parameters and pass them along."""

from assessment.tz.bulletins import TROUBLES, Row, Watched, bulletin, named, named_in_year, times_named
from assessment.tz.cases import Rated, average_of, case_average, case_score, co_score, lead_score, satisfaction
from assessment.tz.hints import Hint, bonus_cuts, bottom, last_of_a, snail
from assessment.tz.marks import suspicious
from assessment.tz.quarter import UnitQuarter, class_average, quarter, quarter_score
from assessment.tz.rules import Rules
from assessment.tz.standing import Standing
from assessment.tz.year import UnitYear, baseline, float_percent, year, year_score

__all__ = [
    "TROUBLES",
    "Hint",
    "Rated",
    "Row",
    "Rules",
    "Standing",
    "UnitQuarter",
    "UnitYear",
    "Watched",
    "average_of",
    "baseline",
    "bonus_cuts",
    "bottom",
    "bulletin",
    "case_average",
    "case_score",
    "class_average",
    "co_score",
    "float_percent",
    "last_of_a",
    "lead_score",
    "named",
    "named_in_year",
    "quarter",
    "quarter_score",
    "satisfaction",
    "snail",
    "suspicious",
    "times_named",
    "year",
    "year_score",
]
