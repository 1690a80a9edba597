"""集中评议: what the panel's votes come to (YC-18, YC-24)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessment.exact import BadScore, Number, by_name, mark, shown
from assessment.figure import Figure, mean, total
from assessment.working import Working, given, none, worked
from assessment.yc.rules import DOCUMENT, GROUPS, Rules

CLAUSES = ["YC-18", "YC-24"]
SCORE = "集中评议得分"


def review_score(
    groups: Mapping[str, Sequence[Number]] | Sequence[Sequence[Number]], rules: Rules = DOCUMENT
) -> Working:
    """The score of a unit from the votes of 部门, 代表委员 and 企业群众, by name or in this order.

    A group's mean is not rounded before it is used. A group without a vote leaves its weight to the others.
    """
    voted = {
        name: _counted(GROUPS[name], votes, rules) for name, votes in by_name(groups, list(GROUPS), "评议分组").items()
    }
    if rules.review_mode == "votes":
        return _over_votes([part for part in voted.values() if part.parts])
    return _over_groups(voted, rules)


def _over_votes(groups: Sequence[Working]) -> Working:
    if not groups:
        return none(SCORE, "没有评委打分，不计分。", CLAUSES)
    sums = [total([vote.published for vote in _kept(group)]) for group in groups]
    votes = sum(len(_kept(group)) for group in groups)
    parts = [
        worked(group.label.replace("均值", "打分之和"), "各票相加", figure, group.parts, CLAUSES)
        for group, figure in zip(groups, sums, strict=True)
    ]
    figure = total(sums) / Figure.of(votes)
    return worked(SCORE, "全部评委打分之和÷票数", figure, parts, CLAUSES, note=_trimmed(groups))


def _over_groups(voted: Mapping[str, Working], rules: Rules) -> Working:
    groups = [(part, rules.group_weights[name]) for name, part in voted.items()]
    counted = [(part, part.figure, weight) for part, weight in groups if part.figure and weight]
    empty = "、".join(part.label for part, weight in groups if weight and not part.figure)
    if not counted:
        return none(SCORE, "没有评委打分，不计分。", CLAUSES, list(voted.values()))
    whole = sum((weight for _, _, weight in counted), Decimal())
    if len({weight for _, _, weight in counted}) == 1:
        figure = mean([group for _, group, _ in counted])
        formula = f"（{'＋'.join(part.label for part, _, _ in counted)}）÷{len(counted)}"
    else:
        figure = total([group * Figure.of(weight) for _, group, weight in counted]) / Figure.of(whole)
        formula = f"（{'＋'.join(f'{part.label}×{shown(w)}' for part, _, w in counted)}）÷{shown(whole)}"
    parts = [part for part, _, _ in counted]
    note = f"{empty}没有打分，其权重由其余各组分担。" if empty else ""
    return worked(SCORE, formula, figure, parts, CLAUSES, note=note + _trimmed(parts))


def _counted(group: str, votes: object, rules: Rules) -> Working:
    """A group's mean, with each vote as it was cast; the highest and lowest set aside where the rules say so."""
    label = f"{group}组均值"
    cast = [mark(vote, f"{group}组第{place}票") for place, vote in enumerate(_listed(votes, group), 1)]
    parts = [given(f"{group}组第{place}票", vote) for place, vote in enumerate(cast, 1)]
    if not parts:
        return none(label, "没有打分。", CLAUSES)
    if rules.review_trim and len(parts) > 2:
        parts = _without_extremes(parts)
    kept = [part.published for part in parts if not part.note]
    return worked(label, "打分之和÷票数", mean(kept), parts, CLAUSES)


def _without_extremes(parts: Sequence[Working]) -> list[Working]:
    """One highest and one lowest vote marked as not counted."""
    order = sorted(range(len(parts)), key=lambda place: parts[place].published.exact)
    notes = {order[0]: "最低分，不计。", order[-1]: "最高分，不计。"}
    return [part.noted(notes.get(place, "")) for place, part in enumerate(parts)]


def _kept(group: Working) -> list[Working]:
    return [vote for vote in group.parts if not vote.note]


def _trimmed(groups: Sequence[Working]) -> str:
    aside = sum(len(group.parts) - len(_kept(group)) for group in groups)
    return f"各组去掉一个最高分和一个最低分，共{aside}票不计。" if aside else ""


def _listed(votes: object, group: str) -> Sequence[object]:
    if not isinstance(votes, list | tuple):
        raise BadScore(f"{group}组的打分应为列表，现在是“{votes}”。")
    return votes
