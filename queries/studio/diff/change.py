"""One difference, and how two sets of facts about the same thing differ."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
Facts = Mapping[str, str]  # label -> value, "" where there is none
Say = Callable[[str, str], str]  # the value of a label as it is shown


@dataclass(frozen=True)
class Change:
    """`id` is the element's on its drawing; "" for what is on none."""

    kind: str
    title: str
    words: list[str] = field(default_factory=list)
    id: str = ""


def plain(_label: str, value: str) -> str:
    return value


def differences(old: Facts, new: Facts, say_old: Say = plain, say_new: Say = plain) -> Iterator[str]:
    """“时限：5 个工作日 → 3 个工作日” of each that is not the same."""
    for label in dict.fromkeys([*old, *new]):
        before, after = old.get(label, ""), new.get(label, "")
        if before != after:
            yield f"{label}：{say_old(label, before) or '（无）'} → {say_new(label, after) or '（无）'}"


def listed(facts: Facts, say: Say = plain) -> list[str]:
    """Of something that is new: all there is to say of it."""
    return [f"{label}：{say(label, value)}" for label, value in facts.items() if value]
