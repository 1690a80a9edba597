"""One form-js component into a Field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.feel import FeelError, compile_expression
from engine.forms.form import ONE_CHOICE, SEVERAL_CHOICES, TEXTS, TREE, Choice, Field
from engine.forms.patterns import Unsafe, compiled
from engine.forms.values import choices, count, number, own_properties, truth, words

FORMATS = frozenset({"email", "phone"})
SUBTYPES = frozenset({"date", "time", "datetime"})

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """The component being read, for sentences about it."""

    report: Callable[[str, str], None]
    id: str
    label: str

    def wrong(self, message: str) -> None:
        self.report(self.id, f"的“{self.label}”{message}")

    def read(self, kind: Callable[[Any], T], value: Any, what: str) -> T | None:
        try:
            return kind(value)
        except (ValueError, TypeError, OverflowError):
            self.wrong(f"的{what}没有写对，只能写固定的值，不能用表达式。")
            return None


def read_field(component: dict[str, Any], at: Place, key: str, type_: str, nested: tuple[Field, ...]) -> Field:
    validate = component.get("validate") or {}
    if not isinstance(validate, dict):
        at.wrong("的校验没有写对。")
        validate = {}
    own, validation = own_properties(component), words(validate.get("validationType"))
    hide, visible_when = _condition(component, at)
    rows = at.read(count, own.get("rows"), "行数")
    digits = at.read(count, component.get("decimalDigits"), "小数位数") if type_ == "number" else None
    if component.get("disallowPassedDates"):
        at.wrong("设了不许选过去的日期，系统不支持。")
    return Field(
        key=key,
        type=type_,
        label=at.label,
        description=words(component.get("description")),
        required=at.read(truth, validate.get("required") or own.get("required"), "必填") or False,
        readonly=any(at.read(truth, component.get(name), "只读") for name in ("readonly", "disabled")),
        choices=_choices(component, at, type_),
        choices_key=words(component.get("valuesKey")),
        default=component.get("defaultValue"),
        subtype=_subtype(component, at) if type_ == "datetime" else "",
        rows=rows or 3,
        min=at.read(number, validate.get("min"), "最小值"),
        max=at.read(number, validate.get("max"), "最大值"),
        step=at.read(number, component.get("increment"), "步长"),
        digits=digits,
        min_length=at.read(count, validate.get("minLength"), "最少字数") if type_ in TEXTS else None,
        max_length=at.read(count, validate.get("maxLength"), "最多字数") if type_ in TEXTS else None,
        pattern=_pattern(validate, at) if type_ in TEXTS else "",
        format=validation if validation in FORMATS and type_ in TEXTS else "",
        hide=hide,
        visible_when=visible_when,
        properties=own,
        fields=nested,
    )


def _subtype(component: dict[str, Any], at: Place) -> str:
    subtype = words(component.get("subtype")) or "date"
    if subtype not in SUBTYPES:
        at.wrong("的日期种类不认识。")
    return subtype


def _choices(component: dict[str, Any], at: Place, type_: str) -> tuple[Choice, ...]:
    if type_ not in ONE_CHOICE | SEVERAL_CHOICES:
        return ()
    found = at.read(choices, component.get("values"), "选项") or ()
    if component.get("valuesExpression") or bool(found) == bool(words(component.get("valuesKey"))):
        at.wrong("要么列出选项，要么写名单的名称（valuesKey），不能都写或都不写，也不能用表达式。")
    return found


def _pattern(validate: dict[str, Any], at: Place) -> str:
    pattern = words(validate.get("pattern"))
    try:
        compiled(pattern)
    except Unsafe as error:
        at.wrong(f"的{error}")
        return ""
    return pattern


def _condition(component: dict[str, Any], at: Place) -> tuple[str, TREE | None]:
    conditional = component.get("conditional") or {}
    hide = words(conditional.get("hide")) if isinstance(conditional, dict) else ""
    if not hide:
        return "", None
    try:
        return hide, ["not", compile_expression(hide).tree()]
    except FeelError as error:
        at.wrong(f"的隐藏条件“{hide[:60]}”有误：{error}")
        return "", None
