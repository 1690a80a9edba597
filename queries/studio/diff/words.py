"""Values of a diagram, form or table in the words of their editors, where these choose from a list."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property

import handlers
from engine.decisions import parse_decisions
from engine.forms import Field, parse_form
from errors import InvalidDiagram
from queries.statuses import STATUS_NAMES
from queries.studio.diff.labels import in_words, way
from queries.studio.diff.options import OPTIONS

_NAME = r"[A-Za-z_][\w.]*"
_LITERAL = r'(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)'
_COMPARED = re.compile(rf"({_NAME})\s*(==|!=|>=|<=|>|<)\s*({_LITERAL})")
_AMONG = re.compile(rf"({_NAME})\s+(in|not in)\s+\[\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)\s*\]")
_TOLD = re.compile(rf"(not\s+)?(?!(?:true|false|null)$)({_NAME})")
_HOW = {
    "==": "等于",
    "!=": "不等于",
    ">": "大于",
    ">=": "不小于",
    "<": "小于",
    "<=": "不大于",
    "in": "是其中之一",
    "not in": "不是其中任何一个",
}
_JOINTS = {"and": "，并且", "or": "，或者"}


class Words:
    """`files`: of both editions, of one name the newer."""

    def __init__(self, files: Mapping[str, bytes]):
        self._files = files

    def say(self, label: str, value: str) -> str:
        """`label`: as queries/studio/diff/labels.py has it."""
        if label in self._lists:
            return self._lists[label](value)
        last = label.split(" · ")[-1]
        return OPTIONS.get(last, {}).get(value) or in_words(value)

    @cached_property
    def _lists(self) -> dict[str, Callable[[str], str]]:
        fields = self._of_fields
        return {
            way("form"): lambda value: _named(self._titles, value),
            way("formHidden"): fields,
            way("formReadonly"): fields,
            way("calledDecisionId"): lambda value: _named(self._tables, value),
            way("serviceTaskOperator"): lambda value: _named(_handlers(), value),
            way("status"): lambda value: STATUS_NAMES.get(value, value),
            way("conditionExpression"): self._condition,
            way("available"): self._condition,
        }

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {field.key: field for _, inputs in self._forms.values() for field in inputs}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {key: title for key, (title, _) in self._forms.items()}

    @cached_property
    def _forms(self) -> dict[str, tuple[str, tuple[Field, ...]]]:
        found = {}
        for name in (each for each in self._files if each.endswith(".form.json")):
            with suppress(InvalidDiagram):
                form = parse_form(name, self._files[name])
                found[form.key] = form.title, form.inputs
        return found

    @cached_property
    def _tables(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in (each for each in self._files if each.endswith(".dmn")):
            with suppress(InvalidDiagram):
                found |= {table.id: table.name for table in parse_decisions(name, self._files[name])}
        return found

    def _of_fields(self, value: str) -> str:
        return "、".join(self._label(key) for key in value.split())

    def _label(self, key: str) -> str:
        return self.fields[key].label if key in self.fields else key

    def _condition(self, source: str) -> str:
        """办理结果 等于 已解决, of comparisons that the editor has one by one; any other as it is written."""
        for joint, words in _JOINTS.items():
            terms = [self._term(each.strip()) for each in _split(source, joint)]
            if all(terms):
                return words.join(terms)
        return source

    def _term(self, source: str) -> str:
        for pattern in (_COMPARED, _AMONG):
            if found := pattern.fullmatch(source):
                key, how, values = found.groups()
                said = "、".join(self._value(key, each) for each in re.findall(_LITERAL, values))
                return f"{self._label(key)} {_HOW[how]} {said}"
        told = _TOLD.fullmatch(source)
        return f"{self._label(told[2])} {'为否' if told[1] else '为是'}" if told else ""

    def _value(self, key: str, literal: str) -> str:
        text = literal.strip('"')
        choices = self.fields[key].choices if key in self.fields else ()
        return next((choice.label for choice in choices if choice.value == text), literal)


NONE = Words({})


def parameter_label(handler: str, name: str) -> str:
    """What the panel calls a parameter of a service: 发给; its own name where the service has none of it."""
    info = handlers.catalogue().get(handler)
    return next((each.label for each in info.parameters if each.name == name), name) if info else name


def _handlers() -> dict[str, str]:
    return {info.key: info.name for info in handlers.catalogue().values()}


def _named(names: Mapping[str, str], key: str) -> str:
    return f"{names[key]}（{key}）" if key in names else key


def _split(source: str, joint: str) -> list[str]:
    """At each `and`; what stands in quotes is not split."""
    pieces = re.findall(r'"(?:[^"\\]|\\.)*"|[^"]+', source)
    marked = (piece if piece[0] == '"' else re.sub(rf"\s+{joint}\s+", "\0", piece) for piece in pieces)
    return "".join(marked).split("\0")
