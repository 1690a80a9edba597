"""What stands in the way of using a flow, each in a sentence that names the element.

The rules come before SpiffWorkflow's parser, which drops, misreads or crashes on much of what they refuse.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.check import language, paths, shapes, work
from engine.check.flow import CheckedFlow
from engine.check.trial import try_out
from engine.definition import read_decisions, read_forms
from engine.diagram import reachable, read_processes
from errors import InvalidDiagram, Problem

Rule = Callable[[CheckedFlow], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    shapes.ids,
    shapes.kinds,
    shapes.events,
    shapes.boundaries,
    shapes.references,
    shapes.catchers,
    shapes.calls,
    shapes.extensions,
    shapes.many,
    paths.sizes,
    paths.flows,
    paths.ends,
    paths.reach,
    paths.gateways,
    paths.loops,
    language.expressions,
    language.tables,
    language.timers,
    work.properties,
    work.tasks,
    work.deadlines,
    work.services,
    work.decisions,
)


def check(
    key: str,
    files: Mapping[str, bytes],
    *,
    handlers: Mapping[str, Mapping[str, bool]],
    parameters: Iterable[str],
    posts: Iterable[str] | None = None,
) -> list[Problem]:
    """Everything wrong with a flow; empty when it can be used.

    `handlers`: the parameters of each, and whether each must be given.
    `posts`: the roles that post() may name, when they are to be checked.
    """
    try:
        processes, forms, decisions = read_processes(files), read_forms(files), read_decisions(files)
    except InvalidDiagram as error:
        return error.problems
    if key not in processes:
        return [Problem("", f"没有标识为“{key}”的流程。")]
    flow = CheckedFlow(
        key=key,
        processes=reachable(key, processes),
        known=processes,
        forms=forms,
        decisions=decisions,
        handlers=handlers,
        parameters=frozenset(parameters),
        posts=frozenset(posts) if posts is not None else None,
    )
    problems = [problem for rule in RULES for problem in rule(flow)]
    return list(dict.fromkeys(problems)) or try_out(key, files)
