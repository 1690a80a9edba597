"""人情分 (TZ-33): marks that look given without looking. A hint to check, nothing more."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessment.exact import Number, mark, shown
from assessment.tz.rules import DOCUMENT, Rules

FULL = Decimal(100)


def suspicious(marks: Mapping[str, Sequence[Number]], rules: Rules = DOCUMENT) -> dict[str, str]:
    """Raters (evaluating units) all of whose marks in a period are full, or all the same, and what is odd."""
    found = {}
    for rater, given in marks.items():
        exact = [mark(each, f"{rater}的评分") for each in given]
        if len(exact) < rules.same_mark_min or len(set(exact)) > 1:
            continue
        odd = "全部为满分" if exact[0] == FULL else f"全部同为{shown(exact[0])}分"
        found[rater] = f"{rater}本期评价{len(exact)}件，{odd}，请核对是否据实评价。"
    return found
