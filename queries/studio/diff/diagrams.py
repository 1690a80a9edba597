"""Two editions of a diagram: what was added, taken out, changed in what it says, and only moved."""

from dataclasses import dataclass

from queries.studio.diff.change import ADDED, CHANGED, REMOVED, Change, Say, differences, listed
from queries.studio.diff.facts import Drawn, drawn
from queries.studio.diff.words import NONE, Words

Elements = dict[str, Drawn]


@dataclass(frozen=True)
class DiagramChanges:
    """`moved` are the ids of what says the same and is drawn elsewhere."""

    changes: list[Change]
    moved: list[str]


def compare_diagrams(name: str, old: bytes | None, new: bytes | None, words: Words = NONE) -> DiagramChanges:
    """`words`: what values mean. Raises InvalidDiagram."""
    before = drawn(name, old) if old else {}
    after = drawn(name, new) if new else {}
    changes = [change for id_ in _in_order(before, after) if (change := _change(id_, before, after, words))]
    both = before.keys() & after.keys() - {change.id for change in changes}
    moved = [id_ for id_ in after if id_ in both and before[id_].place != after[id_].place]
    return DiagramChanges(changes, moved)


def _in_order(before: Elements, after: Elements) -> list[str]:
    """As the newer one lists them, flows behind what they join; what is gone at the end of its kind."""
    every = [*after, *(id_ for id_ in before if id_ not in after)]
    return sorted(every, key=lambda id_: (after.get(id_) or before[id_]).kind == "流向")


def _change(id_: str, before: Elements, after: Elements, words: Words) -> Change | None:
    old, new = before.get(id_), after.get(id_)
    if old is None and new is not None:
        return Change(ADDED, _title(id_, after), listed(_beside_name(new), _say(after, words)), id_)
    if new is None:
        return Change(REMOVED, _title(id_, before), [], id_)
    told = list(differences(_whole(old), _whole(new), _say(before, words), _say(after, words))) if old else []
    return Change(CHANGED, _title(id_, after), told, id_) if told else None


def _whole(one: Drawn) -> dict[str, str]:
    return {"种类": one.kind, **one.facts}


def _beside_name(one: Drawn) -> dict[str, str]:
    return {label: value for label, value in one.facts.items() if label != "名称"}


def _title(id_: str, elements: Elements) -> str:
    """办理环节“签收”, 流向“签收 → 办理”"""
    one = elements[id_]
    if one.name:
        return f"{one.kind}“{one.name}”"
    if {"从", "到"} <= one.facts.keys():
        return f"{one.kind}“{_named(one.facts['从'], elements)} → {_named(one.facts['到'], elements)}”"
    return f"{one.kind}“{id_}”"


def _named(id_: str, elements: Elements) -> str:
    one = elements.get(id_)
    return (one.name or f"{one.kind} {id_}") if one else id_


def _say(elements: Elements, words: Words) -> Say:
    return lambda label, value: _named(value, elements) if value in elements else words.say(label, value)
