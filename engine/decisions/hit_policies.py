"""What a table answers when this many rules hold."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.decisions.types import shown
from engine.decisions.words import rows
from engine.feel.functions import extreme, total
from engine.feel.values import compare
from errors import DecisionFailed

if TYPE_CHECKING:
    from engine.decisions.table import DecisionTable, Output, Rule

Answer = dict[str, Any]
Found = list[tuple["Rule", Answer]]

AGGREGATIONS: dict[str, Callable[[list[Any]], Any]] = {
    "SUM": lambda values: total(*values),
    "COUNT": len,
    "MIN": lambda values: extreme("<")(values),
    "MAX": lambda values: extreme(">")(values),
}


def resolve(table: "DecisionTable", found: Found) -> Answer:
    """Raises DecisionFailed with the end of a sentence that begins with the table's name."""
    return POLICIES[table.hit_policy](table, found)


def unique(table: "DecisionTable", found: Found) -> Answer:
    if len(found) > 1:
        raise DecisionFailed(f"同时符合{numbers(found)}，应当只符合一行。")
    return first(table, found)


def any_of_same(table: "DecisionTable", found: Found) -> Answer:
    if any(not same(answer, found[0][1]) for _, answer in found[1:]):
        raise DecisionFailed(f"同时符合{numbers(found)}，但各行的结论不同。")
    return first(table, found)


def first(_: "DecisionTable", found: Found) -> Answer:
    if not found:
        raise DecisionFailed("没有适用的规则。")
    return found[0][1]


def priority(table: "DecisionTable", found: Found) -> Answer:
    return first(table, by_priority(table, found))


def lists(table: "DecisionTable", found: Found) -> Answer:
    return {output.name: [answer[output.name] for _, answer in found] for output in table.outputs}


def output_order(table: "DecisionTable", found: Found) -> Answer:
    return lists(table, by_priority(table, found))


def collect(table: "DecisionTable", found: Found) -> Answer:
    answer = lists(table, found)
    if not table.aggregation:
        return answer
    return {name: aggregated(table.aggregation, values) for name, values in answer.items()}


def aggregated(aggregation: str, values: list[Any]) -> Any:
    result = AGGREGATIONS[aggregation](values)
    if result is None and values:
        raise DecisionFailed("各行的输出不能这样汇总。")
    return result


POLICIES: dict[str, Callable[["DecisionTable", Found], Answer]] = {
    "UNIQUE": unique,
    "ANY": any_of_same,
    "FIRST": first,
    "PRIORITY": priority,
    "RULE ORDER": lists,
    "OUTPUT ORDER": output_order,
    "COLLECT": collect,
}
NEEDS_VALUES = frozenset({"PRIORITY", "OUTPUT ORDER"})
ONE_ANSWER = frozenset({"UNIQUE", "ANY", "FIRST", "PRIORITY"})


def same(one: Answer, other: Answer) -> bool:
    return all(compare("=", one[name], other[name]) is True or one[name] == other[name] for name in one)


def by_priority(table: "DecisionTable", found: Found) -> Found:
    return sorted(found, key=lambda pair: [rank(output, pair[1][output.name]) for output in table.outputs])


def rank(output: "Output", value: Any) -> int:
    for place, listed in enumerate(output.values or ()):
        if compare("=", listed, value) is True:
            return place
    raise DecisionFailed(f"给出的“{output.label}”{shown(value)}不在列出的输出值里。")


def numbers(found: Found) -> str:
    return rows(rule.row for rule, _ in found)
