"""What stands in the way of using a flow, each in a sentence that names the element.

First what cannot run: these rules come before SpiffWorkflow's parser, which drops, misreads or crashes on much of what
they refuse. Then what may not run, because cases get stuck in it (SOUNDNESS), or because it leaves people without a
limit, an owner or an answer (LEGALITY). Then what runs and is a slip of the pen nearly always (HINTS).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.check import asked, control, drawn, fillable, foreign, language, legal, names, paths, people, shapes, work
from engine.check.flow import CheckedFlow, Surroundings
from engine.check.strangers import strange_units
from engine.check.trial import try_out
from engine.definition import read_decisions, read_forms
from engine.diagram import reachable
from engine.reading import read_processes
from engine.soundness import Fault, faults
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
    language.limits,
    work.properties,
    work.tasks,
    asked.keys,
    work.public_starts,
    work.reporters,
    work.deadlines,
    work.services,
    work.decisions,
    legal.reasons,
    foreign.contents,
)
SOUNDNESS: tuple[Rule, ...] = (control.tokens,)
LEGALITY: tuple[Rule, ...] = (legal.waits, legal.ladders, legal.answers, strange_units, people.posts)
HINTS: tuple[Rule, ...] = (names.variables, fillable.fields, fillable.keys, asked.given_elsewhere, drawn.drawings)


def check(key: str, files: Mapping[str, bytes], around: Surroundings) -> list[Problem]:
    """Everything wrong with a flow; it can be used when all that is left are warnings."""
    try:
        flow = _read(key, files, around)
    except InvalidDiagram as error:
        return error.problems
    problems: list[Problem] = []
    for rules in (RULES, SOUNDNESS + LEGALITY, HINTS):
        problems += _found(rules, flow)
        if any(not one.warning for one in problems):
            return problems
    return problems + try_out(key, files)


def counter_examples(key: str, files: Mapping[str, bytes], around: Surroundings) -> list[Fault]:
    """What check() says of the control flow, with the way a case comes there; nothing of a flow that cannot run."""
    try:
        flow = _read(key, files, around)
    except InvalidDiagram:
        return []
    return [] if any(not one.warning for one in _found(RULES, flow)) else faults(flow.processes)


def _read(key: str, files: Mapping[str, bytes], around: Surroundings) -> CheckedFlow:
    """Raises InvalidDiagram."""
    processes, forms, decisions = read_processes(files), read_forms(files), read_decisions(files)
    if key not in processes:
        raise InvalidDiagram([Problem("", f"没有标识为“{key}”的流程。")])
    return CheckedFlow(
        key=key,
        processes=reachable(key, processes),
        known=processes,
        forms=forms,
        decisions=decisions,
        around=around,
    )


def _found(rules: Iterable[Rule], flow: CheckedFlow) -> list[Problem]:
    return list(dict.fromkeys(problem for rule in rules for problem in rule(flow)))
