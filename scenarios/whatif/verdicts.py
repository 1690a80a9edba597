"""What is to be said of a case that was played again, to one reader; pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from models import WhatIfCase
from scenarios.whatif.outcomes import Outcome

#: In the order in which they are to be looked at.
STUCK, OTHER_WAY, SAME, NOT_REPLAYED = "stuck", "way", "same", "not"
NAMES = {STUCK: "会卡住", OTHER_WAY: "走别的路", SAME: "没有不同", NOT_REPLAYED: "不能重演"}


@dataclass(frozen=True)
class Told:
    """`before` what really came of it, `after` what would have; of one that cannot be replayed both say nothing.

    `stuck_at`: elements where it would wait for somebody who never came.
    """

    case_id: int
    verdict: str
    before: Outcome
    after: Outcome
    stuck_at: list[str]
    words: str


#: What whoever may not know of every element reads of each case that cannot be replayed: a clue may be the reason.
COVERED = "照当时的办法重走一遍，与实际办理对不上。"
NOTHING = Outcome({}, {}, {}, 0, [], [], ended=False)


def told(
    row: WhatIfCase, hidden: Collection[str], names: Mapping[str, str], limits: Mapping[str, str], *, clues: bool
) -> Told:
    """As whoever may not know of `hidden` elements, and of clues where not `clues`, may read it (XT-20). `names` of
    elements; `limits`: what their limits are called.
    """
    if row.why:
        return Told(row.case_id, NOT_REPLAYED, NOTHING, NOTHING, [], COVERED if hidden else row.why)
    before, after = (Outcome.read(each).without(hidden, clues=clues) for each in (row.before, row.after))
    left = [each for each in row.left if each["element"] not in hidden]
    stuck_at = [each for each in after.stands if each not in before.stands] if _is_behind(before, after, left) else []
    if hidden:  # that it does not end may tell of a clue
        after = replace(after, ended=before.ended)
    halted = before.ended and not after.ended  # at a gateway, where nobody has anything to do
    verdict = STUCK if stuck_at or halted else SAME if before == after else OTHER_WAY
    return Told(row.case_id, verdict, before, after, stuck_at, _words(before, after, stuck_at, left, names, limits))


def _is_behind(before: Outcome, after: Outcome, left: Collection[object]) -> bool:
    return bool(left) or (before.ended and not after.ended)


def _words(
    before: Outcome,
    after: Outcome,
    stuck_at: list[str],
    left: list[Mapping[str, str]],
    names: Mapping[str, str],
    limits: Mapping[str, str],
) -> str:
    """What is different, the gravest first."""

    def listed(ids: Collection[str], named: Mapping[str, str] = names) -> str:
        called = list(dict.fromkeys(named.get(each) or each for each in ids))
        return "、".join(called[:4]) + ("等" if len(called) > 4 else "")

    more = {kind: number - before.papers.get(kind, 0) for kind, number in after.papers.items()}
    parts = {
        "停在": listed(stuck_at) or ("没有人可以接着办的地方" if before.ended and not after.ended else ""),
        "办不了": listed([each["element"] for each in left]),
        "逾期": listed([each for each in after.late if each not in before.late], limits),
        "不再逾期": listed([each for each in before.late if each not in after.late], limits),
        "多": "、".join(f"{kind} {number} 份" for kind, number in more.items() if number > 0),
        "问责线索多": f"{after.clues - before.clues} 条" if after.clues > before.clues else "",
        "不再走": listed([each for each in before.passed if each not in after.passed]),
    }
    return "；".join(f"{word}：{what}" for word, what in parts.items() if what)
