"""Whether the posts a flow names are posts of this county.

Warnings: an organisation may be loaded after the flows, and until then a task of a post that does not exist comes
before an operator (P7).
"""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from engine.check.flow import CheckedFlow
from engine.decisions import DecisionTable
from engine.expressions.nodes import Call
from engine.texts import decision_of, texts
from errors import AppError, Problem

OF_TABLE = re.compile(r"\bpost\((\w+), ?(\w+)\)")  # unit and role as a decision table gave them


def posts(flow: CheckedFlow) -> Iterator[Problem]:
    """`post(unit, role)`: as much of it as is written down exists; whoever hears last on a ladder above all."""
    if (known := flow.around.posts) is None:
        return
    for text in (text for process in flow.processes for text in texts(process)):
        for call in text.compile().calls:
            if words := _missing(known, call):
                yield Problem(
                    text.element,
                    f"{text.shown} 的{text.place}用到的岗位“{words}”不存在{_closest(known, words)}。",
                    warning=True,
                )
        for unit, role in OF_TABLE.findall(text.source):
            yield from _of_tables(flow, known, unit, role)


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


def _of_tables(flow: CheckedFlow, known: Collection[str], unit: str, role: str) -> Iterator[Problem]:
    for name in sorted({decision_of(node) for node in flow.nodes("businessRuleTask")} & flow.decisions.keys()):
        table = flow.decisions[name]
        columns = [output.name for output in table.outputs]
        if unit in columns and role in columns:
            for row, post in _rows(table, columns.index(unit), columns.index(role)):
                if post not in known:
                    words = f"决策表“{table.name}”第{row}行的岗位“{post}”不存在。"
                    yield Problem(name, words, warning=True)


def _rows(table: DecisionTable, unit: int, role: int) -> Iterator[tuple[int, str]]:
    """The rows that name a post outright."""
    for rule in table.rules:
        try:
            found = [rule.outputs[column].value({}, {}) for column in (unit, role)]
        except AppError:
            continue
        if all(isinstance(each, str) and each for each in found):
            yield rule.row, ":".join(found)
