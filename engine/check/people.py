"""Whether the posts a flow names are posts of this county.

Warnings: an organisation may be loaded after the flows, and until then a task of a post that does not exist comes
before an operator (P7).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from engine.check.flow import CheckedFlow
from engine.decisions import DecisionTable
from engine.definition import read_decisions
from engine.diagram import Process, reachable
from engine.expressions.nodes import Call
from engine.reading import read_processes
from engine.texts import decision_of, texts
from errors import AppError, Problem

#: Unit and role as a decision table gave them; the role may be written out.
OF_TABLE = re.compile(r"\bpost\((\w+), ?(\w+|\"\w+\")\)")


@dataclass(frozen=True)
class Lack:
    """A post, or a role that no unit has, that a place on a diagram or in a table names."""

    post: str  # unit:role, or the role alone
    element: str
    where: str


def posts(flow: CheckedFlow) -> Iterator[Problem]:
    """`post(unit, role)`: as much of it as is written down exists; whoever hears last on a ladder above all."""
    if (known := flow.around.posts) is None:
        return
    for lack in lacks(flow.processes, flow.decisions, known):
        words = f"{lack.where}的岗位“{lack.post}”不存在{_closest(known, lack.post)}。"
        yield Problem(lack.element, words, warning=True)


def lacking_posts(key: str, files: Mapping[str, bytes], known: Collection[str]) -> list[Lack]:
    """The same of a flow that is in use, by its files: an organisation may change after the flow was checked."""
    return list(lacks(reachable(key, read_processes(files)), read_decisions(files), known))


def lacks(
    processes: Iterable[Process], decisions: Mapping[str, DecisionTable], known: Collection[str]
) -> Iterator[Lack]:
    """What these processes and the tables they ask name, and is not among the `unit:role` that are known."""
    for process in processes:
        for text in texts(process):
            for call in text.compile().calls:
                if words := _missing(known, call):
                    yield Lack(words, text.element, f"{text.shown} 的{text.place}用到")
    for table, row, unit, role in rows_of_tables(processes, decisions):
        if f"{unit}:{role}" not in known:
            yield Lack(f"{unit}:{role}", table.id, f"决策表“{table.name}”第{row}行")


def _missing(posts: Collection[str], call: Call) -> str:
    if call.function != "post" or len(call.arguments) != 2:
        return ""
    unit, role = call.arguments
    if not isinstance(role, str):
        return ""
    if isinstance(unit, str):
        return "" if f"{unit}:{role}" in posts else f"{unit}:{role}"
    return "" if any(post.endswith(f":{role}") for post in posts) else role


def _closest(posts: Collection[str], words: str) -> str:
    """What may have been meant: a whole post for one written whole, else a role."""
    candidates = sorted(posts) if ":" in words else sorted({post.partition(":")[2] for post in posts})
    return "".join(f"，最接近的是“{each}”" for each in get_close_matches(words, candidates, n=1))


def rows_of_tables(
    processes: Iterable[Process], decisions: Mapping[str, DecisionTable]
) -> Iterator[tuple[DecisionTable, int, str, str]]:
    """Table, row, unit and role of each post that a row names outright and an expression of the processes asks for."""
    nodes = [node for process in processes for node in process.nodes.values()]
    asked = sorted({decision_of(node) for node in nodes} & decisions.keys())
    sources = [text.source for process in processes for text in texts(process)]
    for unit, role in sorted({pair for source in sources for pair in OF_TABLE.findall(source)}):
        for table in (decisions[name] for name in asked):
            yield from ((table, *found) for found in _rows(table, unit, role))


def _rows(table: DecisionTable, unit: str, role: str) -> Iterator[tuple[int, str, str]]:
    columns = [output.name for output in table.outputs]
    if unit not in columns or not (role in columns or role.startswith('"')):
        return
    for rule in table.rules:
        try:
            code = rule.outputs[columns.index(unit)].value({}, {})
            named = role.strip('"') if role.startswith('"') else rule.outputs[columns.index(role)].value({}, {})
        except AppError:
            continue
        if isinstance(code, str) and code and isinstance(named, str) and named:
            yield rule.row, code, named
