"""Answers a form refuses for what only the house knows: parameters, counts, what its case says (YC-01, YC-18)."""

from collections.abc import Mapping
from typing import Any

from engine.expressions import evaluate
from engine.forms import Form
from errors import InvalidForm
from operations.gate.moves import Move

BARRED = "barred"  # *expr*: true where the answer is refused
WORDS = "barredWords"  # *expr*: the sentence that is read then


def refuse_barred(move: Move, form: Form, task_id: str | None, clean: Mapping[str, Any]) -> None:
    """Hold each answered field to its `barred`. Raises InvalidForm with a sentence a field."""
    held = [field for field in form.inputs if BARRED in field.properties and clean.get(field.key) not in (None, "")]
    if not held:
        return
    task = next((each for each in move.execution.open_tasks() if each.id == task_id), None)
    known = {**(task.variables if task else {}), **clean}
    functions = move.host.functions
    problems = {
        field.key: str(evaluate(field.properties[WORDS], known, functions))
        for field in held
        if evaluate(field.properties[BARRED], known, functions)
    }
    if problems:
        raise InvalidForm(problems)
