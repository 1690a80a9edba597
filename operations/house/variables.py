"""An operator sets one variable of a running case (改变量): of the same kind as it was, or empty."""

from collections.abc import Mapping
from typing import Any

from engine import Variable, settable
from engine.forms import Choice, Field, Form, clean
from engine.masking import mask
from engine.values import unstorable
from errors import InvalidForm, MessageNotAccepted, NotFound
from models import Identity, transactional
from operations.gate.moves import Move, move_of
from operations.gate.quarantine import refuse_quarantined
from operations.gate.writing import write_down
from operations.house.operating import REASON, acting, note_act, why_not_operated

TEXT, NUMBER, YES_NO, LIST, EMPTY = "text", "number", "yes_no", "list", "empty"
KINDS = {TEXT: "文字", NUMBER: "数", YES_NO: "是或否", LIST: "清单", EMPTY: "没有值"}
OTHER = "记录"  # rows of a form, answers of a service: nobody types these
WORDS = {True: "是", False: "否", None: "没有值"}
LONGEST = 100  # characters of a value that the history tells
FORM = Form(
    "set_variable",
    "改变量",
    (
        Field("", "text", "只改以后的步骤读到的值：已经开出的任务、已经填的表和已经走过的路不变。"),
        Field("kind", "select", "种类", required=True, choices=tuple(Choice(*each) for each in KINDS.items())),
        Field("value", "textarea", "新的值", "是或否写“是”“否”；清单一行一项。", max_length=2000),
        REASON,
    ),
    {},
)


@transactional
def set_variable(
    case_id: int, name: str, values: Mapping[str, Any], *, revision: int, by: Identity, request: str | None = None
) -> None:
    """Give `name` the value `values["value"]` of `values["kind"]` in every token of the case, suspended or not.

    Raises NotFound for what the flow does not read or may not be set, MessageNotAccepted with why_not_set(),
    InvalidForm, and as suspend_case().
    """
    with acting(case_id, "variable", revision, by, request) as instance:
        if instance:
            refuse_quarantined(instance)
            move = move_of(instance, by=by)
            variable = variable_of(move, name)
            if why_not := why_not_operated(instance) or why_not_set(move, name):
                raise MessageNotAccepted(why_not)
            given, [before] = clean(FORM, values), move.execution.values_of(name)
            after = _read(given["kind"], given["value"] or "", before)
            if wrong := unstorable(after):
                raise InvalidForm({"value": f"{wrong}。"})
            move.execution.set_value(name, after)
            told = f"“{variable.called}”：{in_words(before, variable)} → {in_words(after, variable)}"
            move.kind, move.name = "variable_set", name
            move.host.context.note("variable", told)
            move.host.context.note("reason", f"原因：{given['reason']}")
            write_down(move)
            note_act(instance, f"改变量“{variable.called}”，原因：{given['reason']}", by)


def variable_of(move: Move, name: str) -> Variable:
    """Raises NotFound."""
    found = settable(move.definition).get(name)
    if found is None:
        raise NotFound
    return found


def why_not_set(move: Move, name: str) -> str:
    """In a sentence; "" when it may be."""
    found = move.execution.values_of(name)
    if len(found) > 1:
        return f"“{name}”在几处的值不同，不能一并修改。"
    return "" if found and kind_of(found[0]) else f"“{name}”现在是一条记录，不能在这里修改。"


def kind_of(value: Any) -> str:
    """One of KINDS; "" for what nobody types."""
    if isinstance(value, bool):
        return YES_NO
    if isinstance(value, list):
        return LIST if {kind_of(each) for each in value} <= {TEXT, NUMBER} else ""
    kinds = {type(None): EMPTY, str: TEXT, int: NUMBER, float: NUMBER}
    return kinds.get(type(value), "")


def as_typed(value: Any) -> str:
    """As the form has it."""
    if isinstance(value, list):
        return "\n".join(map(as_typed, value))
    return "" if value is None else WORDS[value] if isinstance(value, bool) else str(value)


def in_words(value: Any, variable: Variable) -> str:
    """As it is told: personal data masked (S-04), and not at length."""
    if not kind_of(value):
        return OTHER
    if isinstance(value, list):
        text = f"清单（{'、'.join(in_words(each, variable) for each in value) or '空'}）"
    elif isinstance(value, str):
        text = f"“{mask(variable.personal, value) if variable.personal else value}”"
    else:
        text = WORDS[value] if isinstance(value, bool | None) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _read(kind: str, typed: str, before: Any) -> Any:
    """Raises InvalidForm."""
    had = kind_of(before)
    if kind not in (had, EMPTY) and had != EMPTY:
        raise InvalidForm({"kind": f"原来是“{KINDS[had]}”，只能改成同一种，或者没有值。"})
    typed = typed.strip()
    if kind == EMPTY:
        if typed:
            raise InvalidForm({"value": "种类选了“没有值”，这里就不填。"})
        return None
    if kind == LIST:
        one = NUMBER if before and kind_of(before[0]) == NUMBER else TEXT
        return [_one(one, line.strip()) for line in typed.splitlines() if line.strip()]
    return _one(kind, typed)


def _one(kind: str, typed: str) -> Any:
    if kind == YES_NO:
        if typed not in ("是", "否"):
            raise InvalidForm({"value": "请写“是”或者“否”。"})
        return typed == "是"
    return _number(typed) if kind == NUMBER else typed


def _number(typed: str) -> int | float:
    try:
        return int(typed)
    except ValueError:
        pass
    try:
        return float(typed)
    except ValueError:
        raise InvalidForm({"value": f"“{typed}”不是数。"}) from None
