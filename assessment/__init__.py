"""Scores, rates and ranks of four documents: tz 泰州, yl 宜良, xx 萧县, yc 郾城. Pure: no database, no HTTP, no clock.

Every answer is a Working: its `value` (or None and a `note` saying why), and the tree it came from.
"""

from assessment import tz, xx, yc, yl
from assessment.exact import BadScore, Number
from assessment.parameters import BadParameters
from assessment.ranking import Place, bottom_placed, last_placed, ranking
from assessment.rates import rate, rate_of
from assessment.working import Known, Working

__all__ = [
    "BadParameters",
    "BadScore",
    "Known",
    "Number",
    "Place",
    "Working",
    "bottom_placed",
    "last_placed",
    "ranking",
    "rate",
    "rate_of",
    "tz",
    "xx",
    "yc",
    "yl",
]
