"""Source text made ready once, and what others call to run it."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from engine.expressions import source as sources
from engine.expressions.failures import Place
from engine.expressions.nodes import Builder, Call, Functions, Run, Scope, guarded
from engine.expressions.statements import ScriptBuilder, changed
from engine.expressions.values import Record, Value, plain

CACHED = 2_048  # texts of each kind: several times what all flows of a county hold


@dataclass(frozen=True, slots=True)
class Compiled:
    """A text that can be asked what it needs."""

    source: str
    names: frozenset[str]  # variables it reads
    functions: frozenset[str]  # functions it calls
    calls: tuple[Call, ...]  # each call with its literal arguments
    _run: Run = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Expression(Compiled):
    """It can also be evaluated."""

    def evaluate(self, variables: Record, functions: Functions | None = None) -> Value:
        """Its value: JSON that shares nothing with the variables. Raises ExpressionError."""
        return self._run(Scope(variables, functions))


@dataclass(frozen=True, slots=True)
class Script(Compiled):
    """It can also be asked what it assigns, and executed."""

    assigns: frozenset[str]  # variables it may assign; of a dotted path, the first name

    def execute(self, variables: Record, functions: Functions | None = None) -> Record:
        """What it assigned, by variable; the given variables stay as they are. Raises ExpressionError."""
        scope = Scope(variables, functions)
        scope.variables = dict(variables)
        return self._run(scope)


def compile_expression(source: str) -> Expression:
    """Read an expression without running it. Raises ExpressionError."""
    return _expression(sources.text(source))


def compile_script(source: str) -> Script:
    """Read a script without running it. Raises ExpressionError."""
    return _script(sources.text(source))


def evaluate(source: str, variables: Record, functions: Functions | None = None) -> Value:
    """The value of an expression. Raises ExpressionError."""
    return compile_expression(source).evaluate(variables, functions)


def execute(source: str, variables: Record, functions: Functions | None = None) -> Record:
    """What a script assigns, by variable. Raises ExpressionError."""
    return compile_script(source).execute(variables, functions)


@lru_cache(CACHED)
def _expression(source: str) -> Expression:
    text = sources.clean(source)
    builder = Builder(text)
    run = builder.expression(sources.parse_expression(text), 0)
    return Expression(source, **_facts(builder), _run=_ending_in(lambda scope: plain(run(scope))))


@lru_cache(CACHED)
def _script(source: str) -> Script:
    text = sources.clean(source)
    builder = ScriptBuilder(text)
    run = builder.block(sources.parse_script(text), 0)

    def run_all(scope: Scope) -> Record:
        run(scope)
        return changed(scope)

    return Script(source, **_facts(builder), assigns=frozenset(builder.assigns), _run=_ending_in(run_all))


def _facts(builder: Builder) -> dict[str, Any]:
    calls = tuple(builder.calls)
    return {
        "names": frozenset(builder.names),
        "functions": frozenset(call.function for call in calls),
        "calls": calls,
    }


def _ending_in(run: Run) -> Run:
    """The run as a whole; what goes wrong with its result is said of the start of the text."""
    return guarded(run, Place(1, 1))
