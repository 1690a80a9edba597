"""A form-js schema into a Form; every fault is named as the designer sees it."""

import json
from typing import Any

from engine.expressions import ExpressionError, compile_expression
from engine.feel import FeelError
from engine.feel.tokens import KEYWORDS
from engine.forms.cleaning import APART_FROM, UNIQUE
from engine.forms.component import Place, read_field
from engine.forms.days import fault_of
from engine.forms.form import KEYED, SEVERAL_CHOICES, Field, Form, flat
from engine.forms.values import own_properties, words
from errors import InvalidDiagram, Problem

MAX_BYTES = 500_000
MAX_FIELDS = 300
MAX_NESTING = 5
NOT_SHOWN = frozenset(  # drawn by form-js only, or not taken from people
    {"html", "separator", "spacer", "button", "image", "iframe", "table", "documentPreview", "filepicker", "expression"}
)
RESERVED = frozenset({"typename", "csrf_token", "request"})  # the engine's serializer, and the page itself


def parse_form(filename: str, content: bytes) -> Form:
    """Raises InvalidDiagram with every problem found."""
    schema = form_schema(filename, content)
    reader = FormReader(filename)
    key = words(schema.get("id"))
    if not key:
        reader.wrong("", "没有标识（id）。")
    fields = reader.components(schema.get("components"), 0)
    reader.check_conditions(fields)
    if reader.problems:
        raise InvalidDiagram(reader.problems)
    title = words(schema.get("title")) or own_properties(schema).get("title", "") or key
    return Form(key, title, fields, schema)


def form_schema(filename: str, content: bytes) -> dict[str, Any]:
    """The JSON of a form, however unfinished. Raises InvalidDiagram for what is none."""
    try:
        if len(content) > MAX_BYTES:
            raise ValueError
        schema = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        schema = None
    if not isinstance(schema, dict):
        raise InvalidDiagram([Problem("", f"表单“{filename}”读不懂：应当是不超过 {MAX_BYTES // 1000} KB 的 JSON。")])
    return schema


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class FormReader:
    """Reads the components of one form and gathers what is wrong with them."""

    def __init__(self, filename: str):
        self.filename = filename
        self.problems: list[Problem] = []
        self.count = 0

    def wrong(self, element: str, message: str) -> None:
        self.problems.append(Problem(element, f"表单“{self.filename}”{message}"))

    def components(self, components: Any, depth: int, *, in_rows: bool = False) -> tuple[Field, ...]:
        if not isinstance(components, list) or depth > MAX_NESTING:
            self.wrong("", "的组件没有写对，或者套得太深。")
            return ()
        self.count += len(components)
        if self.count > MAX_FIELDS:
            self.wrong("", f"组件太多，最多 {MAX_FIELDS} 个。")
            return ()
        fields = [self.component(one, depth, in_rows) for one in components]
        return tuple(field for field in fields if field is not None)

    def component(self, component: Any, depth: int, in_rows: bool) -> Field | None:
        if not isinstance(component, dict):
            self.wrong("", "有一个组件没有写对。")
            return None
        type_, id_ = words(component.get("type")), words(component.get("id"))
        if type_ in NOT_SHOWN:
            return None
        if type_ not in KEYED | {"text", "group", "dynamiclist"} or (type_ == "dynamiclist" and in_rows):
            self.wrong(id_, f"这里不能用组件“{type_[:30]}”。")
            return None
        key = self.key(component, type_, id_)
        label = words(component.get("label")) or words(component.get("text")).lstrip("# ") or key
        nested: tuple[Field, ...] = ()
        if type_ in {"group", "dynamiclist"}:
            nested = self.components(component.get("components", []), depth + 1, in_rows=in_rows or type_ != "group")
        return read_field(component, Place(self.wrong, id_, label), key, type_, nested)

    def key(self, component: dict[str, Any], type_: str, id_: str) -> str:
        """form-js names a list by its path; a group with a path would nest the values, which nobody reads."""
        if type_ == "text":
            return ""
        key = words(component.get("path" if type_ in {"group", "dynamiclist"} else "key"))
        if type_ == "group":
            if key:
                self.wrong(id_, f"的分组“{words(component.get('label'))}”设了路径“{key}”，请清空。")
            return ""
        if not key.isidentifier() or len(key) > 60 or key in RESERVED | KEYWORDS:
            self.wrong(id_, f"的字段键“{key[:60]}”不能用：要由字母、汉字、数字或下划线组成，不以数字开头。")
        return key

    def check_conditions(
        self, fields: tuple[Field, ...], around: frozenset[str] = frozenset(), *, in_rows: bool = False
    ) -> None:
        keys = [field.key for field in flat(fields) if field.key]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.wrong("", f"有两个字段的键都是“{key}”。")
        known = around | frozenset(keys)
        for field in flat(fields):
            for other in (name for name in field.properties.get(APART_FROM, "").split() if name not in known):
                self.wrong("", f"的“{field.label}”不得与表单里没有的“{other}”相同（{APART_FROM}）。")
            if fault := fault_of(field):
                self.wrong("", f"的“{field.label}”{fault}")
            if fault := fault_of_unique(field, in_rows=in_rows):
                self.wrong("", f"的“{field.label}”{fault}")
            self.check_refusal(field, known)
            if fault := fault_of_barring(field, in_rows=in_rows):
                self.wrong("", f"的“{field.label}”{fault}")
            condition = field.hidden_when
            for name in sorted(condition.names - known if condition else ()):
                self.wrong("", f"的“{field.label}”隐藏条件用到了表单里没有的“{name}”。")
            if field.type == "dynamiclist":
                self.check_conditions(field.fields, known, in_rows=True)

    def check_refusal(self, field: Field, known: frozenset[str]) -> None:
        """A refusal is a condition on fields of this form, and a sentence for whoever is refused."""
        if "refuse" not in field.properties and "refusal" not in field.properties:
            return
        try:
            condition = field.refused_when
        except FeelError as error:
            self.wrong("", f"的“{field.label}”不收的条件有误：{error}")
            return
        for name in sorted(condition.names - known if condition else ()):
            self.wrong("", f"的“{field.label}”不收的条件用到了表单里没有的“{name}”。")
        if condition is None or not field.properties.get("refusal"):
            self.wrong("", f"的“{field.label}”不收的条件（refuse）和理由（refusal）要一起写。")


def fault_of_barring(field: Field, *, in_rows: bool) -> str:
    """`barred` and `barredWords` are expressions, written together, on a field that people fill in."""
    barred, said = (field.properties.get(name, "") for name in ("barred", "barredWords"))
    if not barred and not said:
        return ""
    if not barred or not said or field.readonly or in_rows:
        return "不收的情形（barred）和说明（barredWords）要一起写，只能写在要填的字段上，不能写在明细表里。"
    try:
        compile_expression(barred), compile_expression(said)
    except ExpressionError as error:
        return f"不收的情形有误：{error}"
    return ""


def fault_of_unique(field: Field, *, in_rows: bool) -> str:
    """Only one value a row can be held against those of the other rows."""
    if UNIQUE not in field.properties:
        return ""
    if not in_rows or field.readonly or field.type in SEVERAL_CHOICES | {"checkbox", "text", "group"}:
        return f"不是明细表里只填一个值的一列，不能设不得重复（{UNIQUE}）。"
    return "" if field.properties[UNIQUE] == "yes" else f"不得重复，只能写 yes（{UNIQUE}）。"
