"""A flow as it is published: everything about it that can be known before a case starts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine import texts
from engine.decisions import DecisionTable, parse_decisions
from engine.diagram import Process, deadline_of, reachable
from engine.elements import CalledProcess, DeadlineRule, Element
from engine.expressions.nodes import Call
from engine.forms import Form, form_of, parse_form
from engine.forms.narrowing import HIDDEN, READONLY
from engine.instances import owned_keys
from engine.parser import parse_specs
from engine.reading import read_processes
from errors import AppError, InvalidDiagram, Problem

T = TypeVar("T")


@dataclass(frozen=True)
class Definition:
    """Shared by all cases of a version, and never changed."""

    key: str
    name: str
    elements: Mapping[str, Element]
    forms: Mapping[str, Form]  # as they are read once handed in; form_at() is as an element asks
    decisions: Mapping[str, DecisionTable]
    asks: Mapping[str, str]  # business rule task -> the table it asks
    deadlines: Mapping[str, DeadlineRule]  # by the element where they start
    variables: frozenset[str]  # what any expression reads; the rest of a form never enters the token
    handlers: frozenset[str]
    parameters: frozenset[str]  # keys that some param("…") names
    units: frozenset[str]  # codes that some post("…", role) on a diagram names: whose county the flow is of
    first_task: Element | None  # the user task that the plain start leads to, with nothing to decide in between
    public_start: Element | None  # where people without an account begin a case themselves
    start_timers: tuple[tuple[str, str], ...]  # (element, expression) of the start events that a clock starts
    calls: Mapping[str, CalledProcess]  # by the call activity
    diagrams: Mapping[str, bytes]  # process id -> its file
    process_names: Mapping[str, str]  # process id -> its name
    meets: Mapping[str, tuple[str, ...]] = field(repr=False)  # element -> keys of the deadlines its completion meets
    owned: Mapping[str, frozenset[str]]  # element with `deadlineFor` -> keys of the deadlines each of several has alone
    spec: BpmnProcessSpec = field(repr=False, compare=False)
    subprocess_specs: Mapping[str, BpmnProcessSpec] = field(repr=False, compare=False)

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The elements that the diagram marks as confidential (XT-20)."""
        return frozenset(each.id for each in self.elements.values() if each.properties.get("confidential"))

    @property
    def public_form(self) -> Form | None:
        """What people without an account type; None where they begin no case."""
        return self.forms.get(self.public_start.properties.get("form", "")) if self.public_start else None

    @property
    def first_form(self) -> Form | None:
        """What registers a case of this flow is typed on; None where nothing is."""
        return self.form_at(self.first_task.id) if self.first_task else None

    def form_at(self, element: str) -> Form | None:
        """What is typed at an element: its form, less what that user task hides or only shows; None without one."""
        found = self.narrowed.get(element)
        return found or self.forms.get(self.elements[element].properties.get("form", ""))

    @cached_property
    def narrowed(self) -> Mapping[str, Form]:
        """By the user task that hides or only shows fields of a form which other steps ask for."""
        narrowing = (each for each in self.elements.values() if {HIDDEN, READONLY} & each.properties.keys())
        return {each.id: form for each in narrowing if (form := form_of(self.forms, each.properties))}


def parse(key: str, files: Mapping[str, bytes]) -> Definition:
    """Make a flow ready to run. `files`: its own and the shared ones. Raises InvalidDiagram."""
    processes = reachable(key, read_processes(files))
    if not processes or processes[0].id != key:
        raise InvalidDiagram([Problem("", f"没有 id 为“{key}”的流程。")])
    nodes = [node for process in processes for node in process.nodes.values()]
    elements = {node.id: node.element for node in nodes}
    deadlines = {rule.element: rule for element in elements.values() if (rule := deadline_of(element))}
    decisions = read_decisions(files)
    names, parameters, units = _reads(
        processes, [decisions[name] for name in map(texts.decision_of, nodes) if name in decisions]
    )
    spec, called = _specs(key, processes)
    return Definition(
        key=key,
        name=processes[0].name,
        elements=elements,
        forms=read_forms(files),
        decisions=decisions,
        asks={node.id: name for node in nodes if (name := texts.decision_of(node))},
        deadlines=deadlines,
        variables=frozenset(names.union(*map(texts.loop_names, nodes), *map(_shown_at, elements.values()))),
        handlers=frozenset(operator[0] for operator in map(texts.operator_of, nodes) if operator),
        parameters=frozenset(parameters),
        units=frozenset(units),
        first_task=_first_task(processes[0]),
        public_start=_public_start(processes[0]),
        start_timers=_start_timers(processes[0]),
        calls={id_: each for process in processes for id_, each in process.calls().items()},
        diagrams={process.id: files[process.filename] for process in processes},
        process_names={process.id: process.name for process in processes},
        meets=_meets(deadlines.values()),
        owned=owned_keys(processes),
        spec=spec,
        subprocess_specs=called,
    )


def read_decisions(files: Mapping[str, bytes]) -> dict[str, DecisionTable]:
    """Every decision table, by id. Raises InvalidDiagram."""
    tables = _read_all(files, ".dmn", parse_decisions)
    return {table.id: table for found in tables for table in found}


def read_forms(files: Mapping[str, bytes]) -> dict[str, Form]:
    """Every form, by key. Raises InvalidDiagram."""
    return {form.key: form for form in _read_all(files, ".form.json", parse_form)}


def _read_all(files: Mapping[str, bytes], ending: str, read: Callable[[str, bytes], T]) -> list[T]:
    """All files of a kind; the problems of all of them at once."""
    found, problems = [], []
    for name in sorted(files):
        if name.endswith(ending):
            try:
                found.append(read(name, files[name]))
            except InvalidDiagram as error:
                problems += error.problems
    if problems:
        raise InvalidDiagram(problems)
    return found


def _specs(key: str, processes: list[Process]) -> tuple[BpmnProcessSpec, dict[str, BpmnProcessSpec]]:
    """SpiffWorkflow's parser raises anything; a designer reads a sentence."""
    try:
        return parse_specs(key, processes)
    except AppError:
        raise
    except Exception as error:
        raise InvalidDiagram(
            [Problem("", f"流程图无法读取，请先逐项改正检查提示的问题（{type(error).__name__}）。")]
        ) from error


def _reads(processes: Iterable[Process], tables: Iterable[DecisionTable]) -> tuple[set[str], set[str], set[str]]:
    """The variables, parameter keys and units that the expressions name; the first two of decision tables as well."""
    names: set[str] = set()
    parameters: set[str] = set()
    units: set[str] = set()
    problems = []
    for text in (text for process in processes for text in texts.texts(process)):
        try:
            read = text.compile()
        except AppError as error:
            problems.append(Problem(text.element, f"{text.shown} 的{text.place}：{error}"))
            continue
        names |= read.names
        parameters |= parameter_keys(read.calls)
        units |= _first_arguments("post", read.calls)
    if problems:
        raise InvalidDiagram(problems)
    for table in tables:
        names |= table.names
        parameters |= parameter_keys(table.calls)
    return names, parameters, units


def parameter_keys(calls: Iterable[Call]) -> set[str]:
    """What stands in param("…")."""
    return _first_arguments("param", calls)


def _first_arguments(function: str, calls: Iterable[Call]) -> set[str]:
    """The texts that are written out as the first argument of a function."""
    return {
        call.arguments[0]
        for call in calls
        if call.function == function and call.arguments and isinstance(call.arguments[0], str)
    }


def _shown_at(element: Element) -> list[str]:
    """The fields that a user task shows with what the case says: the case has to keep it."""
    return element.properties.get(READONLY, "").split()


def _start_timers(process: Process) -> tuple[tuple[str, str], ...]:
    starts = [node for node in process.nodes.values() if node.kind == "startEvent" and node.scope == process.id]
    return tuple((node.id, timer) for node in starts if (timer := texts.timer_of(node)) is not None)


def _public_start(process: Process) -> Element | None:
    starts = (node.element for node in process.nodes.values() if node.kind == "startEvent" and node.scope == process.id)
    return next((each for each in starts if "receiver" in each.properties), None)


def _meets(rules: Iterable[DeadlineRule]) -> dict[str, tuple[str, ...]]:
    keys: dict[str, dict[str, None]] = {}
    for rule in rules:
        keys.setdefault(rule.until, {})[rule.key] = None
    return {element: tuple(found) for element, found in keys.items()}


def _first_task(process: Process) -> Element | None:
    starts = [node.id for node in process.nodes.values() if node.kind == "startEvent" and node.element.event is None]
    flows = [flow for start in starts for flow in process.outgoing(start)]
    targets = [process.nodes[flow.target].element for flow in flows if flow.target in process.nodes]
    return targets[0] if len(targets) == 1 and targets[0].kind == "userTask" else None
