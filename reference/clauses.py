"""The clauses of the five documents and the rules they share, as seeds/clauses.json gives them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FILE = Path(__file__).parent.parent / "seeds" / "clauses.json"


@dataclass(frozen=True)
class Document:
    """One of the five documents; `C` is what they share."""

    key: str
    short: str  # 宜良
    name: str
    number: str  # 发文字号, or the date where the document has none


@dataclass(frozen=True)
class Clause:
    """A rule with an id: XT-12, an ambiguity with its default (XT-A1), or a shared rule (C-08, CA-04, D-10)."""

    id: str
    document: str
    short: str  # at most 40 characters, to stand beside a deadline
    text: str  # what the document says, in 「」; of an ambiguity, what was decided
    reason: str = ""  # why software can't enforce it


@cache
def clauses() -> Mapping[str, Clause]:
    """Every clause by its id, in the documents' order."""
    return MappingProxyType({entry["id"]: Clause(**entry) for entry in _data()["clauses"]})


@cache
def documents() -> tuple[Document, ...]:
    return tuple(Document(**entry) for entry in _data()["documents"])


def of_flow(ids: Iterable[str], flow: str) -> tuple[str, ...]:
    """Those that a flow rests on: what several flows share names the clauses of each document it serves.

    `flow`: its key, xx_hotline. A flow of none of the five documents rests on whatever it names.
    """
    keys = {each.key for each in documents()}
    own, known = flow.split("_")[0].upper(), clauses()
    return tuple(id_ for id_ in ids if own not in keys or id_ not in known or known[id_].document in (own, "C"))


def is_misspelt(id_: str) -> bool:
    """Whether an id begins as those of a document do and is no clause of it: XT-99."""
    return id_ not in clauses() and id_.split("-")[0] in {known.split("-")[0] for known in clauses()}


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data
