"""一哨一评: what a unit's part in one case scored, and the mean of them (TZ-16, TZ-17, TZ-20, TZ-21)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessment.exact import Number, by_name, count, mark
from assessment.figure import Figure, total
from assessment.tz.rules import DOCUMENT, Rules
from assessment.working import Known, Working, averaged, given, known_mark, none, weighted, worked

NO_CASES = "本季度没有计入考核的吹哨事项。"


@dataclass(frozen=True)
class Rated:
    """A unit's part in one case, as evaluated. `lead` is the lead department's mark of a unit that assisted."""

    case: str
    park: Number
    lead: Number | None = None  # None: the unit led
    excluded: str = ""  # the approval under which the case does not count (TZ-13, TZ-25); empty: it counts


def lead_score(park: Number) -> Working:
    """牵头部门: what the park gave (TZ-17)."""
    part = given("园区评分", mark(park, "园区评分"))
    return worked("牵头单件得分", "园区评分", part.published, [part], ["TZ-16", "TZ-17"])


def co_score(park: Number, lead: Number, rules: Rules = DOCUMENT) -> Working:
    """协办部门: the park's mark 70%, the lead department's 30% (TZ-17)."""
    by_park = given("园区评分", mark(park, "园区评分"))
    by_lead = given("牵头部门评分", mark(lead, "牵头部门评分"))
    parts = [(by_park, rules.park_on_co), (by_lead, rules.lead_on_co)]
    return weighted("协办单件得分", parts, ["TZ-16", "TZ-17"])


def case_score(rated: Rated, rules: Rules = DOCUMENT) -> Working:
    """One evaluated case; what it scored is shown also where it does not count."""
    score = lead_score(rated.park) if rated.lead is None else co_score(rated.park, rated.lead, rules)
    if rated.excluded:
        score = score.noted(f"不纳入考核：{rated.excluded}（TZ-13、TZ-25）。")
    return score.named(f"{rated.case} {score.label}", source=rated.case)


def case_average(scores: Sequence[Known]) -> Working:
    """“一哨一评”平均分 = 总得分 ÷ 季度办件量 (TZ-20). Without a case there is none."""
    if not scores:
        return none("一哨一评平均分", NO_CASES, ["TZ-24"])
    parts = [known_mark(score, f"第{place}件得分") for place, score in enumerate(scores, 1)]
    return averaged("一哨一评平均分", "一哨一评总得分÷季度办件量", parts, ["TZ-20"])


def average_of(cases: Sequence[Rated], rules: Rules = DOCUMENT) -> Working:
    """The mean over the cases that count; those excluded leave the sum and the count alike (TZ-25)."""
    average = case_average([case_score(each, rules) for each in cases if not each.excluded])
    if not (excluded := [case_score(each, rules) for each in cases if each.excluded]):
        return average
    names = "、".join(each.case for each in cases if each.excluded)
    aside = Working("不纳入考核的事项", "", Decimal(len(excluded)), tuple(excluded), unit="件", note="不计分，不计件。")
    return replace(
        average,
        parts=(*average.parts, aside),
        clauses=(*average.clauses, "TZ-25"),
        note=f"{average.note}不纳入考核{len(excluded)}件（{names}），分子、分母同减。",
    )


def satisfaction(votes: Mapping[str, int] | Sequence[int], rules: Rules = DOCUMENT) -> Working:
    """企业满意度测评得分 (TZ-21): votes by level, or in the order 满意、比较满意、基本满意、不满意.

    Without a vote there is none; the quarter then takes the mean of its class (TZ-A6).
    """
    named = by_name(votes or [0] * len(rules.satisfaction), list(rules.satisfaction), "满意度票数")
    parts = [given(f"{level}票数", count(votes, f"{level}票数"), "票") for level, votes in named.items()]
    cast = total([part.published for part in parts])
    if cast.exact == 0:
        return none("企业满意度测评得分", "总票数为0，取同类均值（TZ-A6）。", ["TZ-21", "TZ-A6"], parts)
    weights = list(rules.satisfaction.values())
    worth = total([part.published * Figure.of(weight) for part, weight in zip(parts, weights, strict=True)])
    formula = f"（{'＋'.join(f'{level}票数×{weight}' for level, weight in rules.satisfaction.items())}）÷总票数×100"
    return worked("企业满意度测评得分", formula, worth / cast * Figure.of(100), parts, ["TZ-21"])
