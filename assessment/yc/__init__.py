"""郾城: indicators against their targets, and the review. Build Rules from the parameters and pass them along."""

from assessment.yc.indicators import Result, kpi, least
from assessment.yc.review import review_score
from assessment.yc.rules import GROUPS, LEAST, RATES, Rules

__all__ = ["GROUPS", "LEAST", "RATES", "Result", "Rules", "kpi", "least", "review_score"]
