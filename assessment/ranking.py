"""Who stands where: equal scores share a rank (TZ-A4: 1,2,2,4), and units often named drop (TZ-23, TZ-A13)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from assessment.exact import BadScore, Number, number


@dataclass(frozen=True)
class Place:
    unit: str
    score: Decimal
    rank: int
    by_score: int  # the rank before anybody dropped


Scores = Mapping[str, Number] | Iterable[tuple[str, Number]]


def ranking(scores: Scores, flagged: Collection[str] = (), drop: int = 1) -> list[Place]:
    """Every unit's place, best first. Flagged units drop `drop` places.

    From the end of the list forward each flagged unit changes places with the next (TZ-A13). Units of one score
    move as one; where only some of them are flagged, these fall behind the others of their score first.
    """
    rows = _rows(scores)
    if strangers := set(flagged) - set(rows):
        raise BadScore(f"需降位的单位不在排名中：{'、'.join(sorted(strangers))}。")
    by_score = _ranks(_groups(rows, ()))
    flagged = flagged if drop else ()
    ranks = _ranks(_dropped(_groups(rows, flagged), flagged, drop))
    return [Place(unit, rows[unit], rank, by_score[unit]) for unit, rank in ranks.items()]


def last_placed(ranks: Mapping[str, int]) -> list[str]:
    """末位: all who share the lowest rank (TZ-A4). Where all share the first, nobody is last."""
    lowest = max(ranks.values(), default=1)
    return [unit for unit, rank in ranks.items() if rank == lowest > 1]


def bottom_placed(ranks: Mapping[str, int], n: int) -> list[str]:
    """末n位: the last n places and whoever shares the rank of the first of them; never the first rank."""
    last = sorted(ranks.values())[-n:] if n else []
    return [unit for unit, rank in ranks.items() if last and rank >= last[0] and rank > 1]


def _rows(scores: Scores) -> dict[str, Decimal]:
    pairs = list(scores.items() if isinstance(scores, Mapping) else scores)
    rows = {unit: number(score, f"{unit}的得分") for unit, score in pairs}
    if len(rows) != len(pairs):
        raise BadScore("同一单位在排名中出现了两次。")
    return rows


def _groups(rows: Mapping[str, Decimal], flagged: Collection[str]) -> list[list[str]]:
    """Units of one score, best first; the flagged of a score stand before its others and so fall behind them."""

    def order(unit: str) -> tuple[Decimal, bool]:
        return -rows[unit], unit not in flagged

    return [list(group) for _, group in groupby(sorted(rows, key=order), key=order)]


def _dropped(groups: list[list[str]], flagged: Collection[str], drop: int) -> list[list[str]]:
    for index in reversed(range(len(groups))):
        if groups[index][0] in flagged:
            groups.insert(index + drop, groups.pop(index))
    return groups


def _ranks(groups: list[list[str]]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for group in groups:
        ranks |= dict.fromkeys(group, len(ranks) + 1)
    return ranks
