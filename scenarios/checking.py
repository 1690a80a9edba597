"""What is wrong with a feature file as it is being typed: Gherkin's mistakes, or else the steps nobody knows, and
those that speak of what there is not.
"""

from functools import cache, partial
from pathlib import Path
from typing import Any

from scenarios import steps, vocabulary
from scenarios.failures import NotUnderstood
from scenarios.features import Table, parse_text, scenarios_of, steps_of, table_of
from scenarios.known import Known
from scenarios.mistakes import Mistake, UnreadableFeature

assert steps  # importing them registers them


def mistakes_in(name: str, text: str, known: Known) -> list[Mistake]:
    """Line by line; `name` is what the file is called, `known` what it may speak of."""
    try:
        document = parse_text(name, text)
    except UnreadableFeature as error:
        return list(error.mistakes)
    said = dict(_said(document, name, known))
    return [Mistake(line, words) for line, words in sorted(said.items()) if words]


def _said(document: Any, name: str, known: Known) -> list[tuple[int, str]]:
    """Of each line with a step: what is wrong, "" for nothing. An outline's steps are read with its examples in."""
    problem = cache(partial(_problem, known))  # what several scenarios begin with is said once
    played = [
        (step.line, problem(step.text, step.table))
        for scenario in scenarios_of(document, Path(name))
        for step in scenario.steps
    ]
    seen = {line for line, _ in played}
    nodes = [node for node in steps_of(document.get("feature") or {}) if node["location"]["line"] not in seen]
    alone = [(node["location"]["line"], problem(node["text"], table_of(node.get("dataTable")))) for node in nodes]
    return [*alone, *sorted(played, key=lambda each: bool(each[1]))]


def _problem(known: Known, text: str, table: Table) -> str:
    _, sentence = vocabulary.split_moment(text)
    try:
        known.require(vocabulary.find(sentence, bool(table)), table)
    except NotUnderstood as error:
        return str(error)
    return ""
