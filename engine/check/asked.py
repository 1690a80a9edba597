"""What a user task hides of a form that several steps share, or shows without asking for it."""

from collections.abc import Iterator
from difflib import get_close_matches

from engine.check.flow import CheckedFlow, problem
from engine.check.names import given
from engine.diagram import Node
from engine.forms import Field, Form, flat
from engine.forms.narrowing import HIDDEN, READONLY
from errors import Problem

SAID = {HIDDEN: "隐藏", READONLY: "只读"}


def keys(flow: CheckedFlow) -> Iterator[Problem]:
    """Each key is that of a field of this form, says one thing, and shows nothing that is kept from the reader."""
    for node, form in _narrowing(flow):
        said = {name: node.element.properties.get(name, "").split() for name in SAID}
        for name, named in said.items():
            yield from (problem(node, words) for key in named if (words := _unknown(form, key, SAID[name])))
        for key in sorted(set(said[HIDDEN]) & set(said[READONLY])):
            yield problem(node, f"把字段“{key}”既写成隐藏又写成只读，只能选一样")
        for field in (each for each in form.inputs if each.key in said[READONLY]):
            if words := _kept(node, field):
                yield problem(node, f"不能把“{field.label}”（{field.key}）写成只读：{words}")


def given_elsewhere(flow: CheckedFlow) -> Iterator[Problem]:
    """Warnings: a required field that is not asked for here, and that no other step asks for either."""
    if (known := given(flow)) is None:
        return
    for node, form in _narrowing(flow):
        for name, words in SAID.items():
            named = node.element.properties.get(name, "").split()
            for field in (each for each in form.inputs if each.key in named and each.required):
                if field.key not in known:
                    yield problem(
                        node, f"把必填的“{field.label}”（{field.key}）写成{words}，又没有什么给它值", warning=True
                    )


def _narrowing(flow: CheckedFlow) -> Iterator[tuple[Node, Form]]:
    for node in flow.nodes("userTask"):
        form = flow.forms.get(node.element.properties.get("form", ""))
        if form is not None and SAID.keys() & node.element.properties.keys():
            yield node, form


def _unknown(form: Form, key: str, words: str) -> str:
    found = [field.key for field in form.inputs]
    if key in found:
        return ""
    if any(key == column.key for field in form.inputs for column in flat(field.fields)):
        return f"写成{words}的“{key}”是明细表里的一列，只能整张表{words}"
    close = "".join(f"，是不是“{each}”" for each in get_close_matches(key, found, 1))
    return f"写成{words}的字段“{key}”，表单“{form.key}”里没有{close}"


def _kept(node: Node, field: Field) -> str:
    """Why a step may not show it: the page of the case masks it, or has no value to show."""
    every = (field, *flat(field.fields))
    if any("personal" in each.properties or each.confidential for each in every):
        return "个人信息、涉密的回答按权限遮盖，这里请隐藏"
    return "反映人在查询页上看不到事项里填过的内容，这里请隐藏" if "reporter" in node.element.properties else ""
