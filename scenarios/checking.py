"""What is wrong with a feature file as it is being typed: Gherkin's mistakes, or else the steps nobody knows."""

from functools import cache
from pathlib import Path
from typing import Any

from scenarios import steps, vocabulary
from scenarios.failures import NotUnderstood
from scenarios.features import parse_text, scenarios_of, steps_of
from scenarios.mistakes import Mistake, UnreadableFeature

assert steps  # importing them registers them


def mistakes_in(name: str, text: str) -> list[Mistake]:
    """Line by line; `name` is what the file is called."""
    try:
        document = parse_text(name, text)
    except UnreadableFeature as error:
        return list(error.mistakes)
    said = dict(_said(document, name))
    return [Mistake(line, words) for line, words in sorted(said.items()) if words]


def _said(document: Any, name: str) -> list[tuple[int, str]]:
    """Of each line with a step: what is wrong, "" for nothing. An outline's steps are read with its examples in."""
    problem = cache(_problem)  # examples leave most steps as they are
    played = [
        (step.line, problem(step.text, bool(step.table)))
        for scenario in scenarios_of(document, Path(name))
        for step in scenario.steps
    ]
    seen = {line for line, _ in played}
    nodes = [node for node in steps_of(document.get("feature") or {}) if node["location"]["line"] not in seen]
    alone = [(node["location"]["line"], problem(node["text"], "dataTable" in node)) for node in nodes]
    return [*alone, *sorted(played, key=lambda each: bool(each[1]))]


def _problem(text: str, has_table: bool) -> str:
    _, sentence = vocabulary.split_moment(text)
    try:
        vocabulary.find(sentence, has_table)
    except NotUnderstood as error:
        return str(error)
    return ""
