"""Two editions of a text by lines: what changed with a little around it."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from queries.studio.diff.change import ADDED, REMOVED

MOST = 2000  # lines; comparing many takes the square of it
AROUND = 2  # lines that stay, before and after those that change
SAME, GAP = "same", "gap"


@dataclass(frozen=True)
class Line:
    """`kind` "gap" stands for lines that are the same and left out."""

    kind: str
    text: str = ""


def compare_texts(old: bytes | None, new: bytes | None) -> list[Line]:
    before, after = _lines(old), _lines(new)
    if max(len(before), len(after)) > MOST:
        return [Line(SAME, f"太长，不逐行比较：原来 {len(before)} 行，现在 {len(after)} 行。")]
    found: list[Line] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        if found or group[0][1]:
            found.append(Line(GAP))
        for what, since, until, since_new, until_new in group:
            if what == "equal":
                found += [Line(SAME, text) for text in before[since:until]]
                continue
            found += [Line(REMOVED, text) for text in before[since:until]]
            found += [Line(ADDED, text) for text in after[since_new:until_new]]
    return found


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").splitlines()
