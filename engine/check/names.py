"""Whether every variable that an expression reads is put into the case by something that the flow goes through.

Warnings: a variable that nothing gives is a slip of the pen nearly always, and the flow stops where it is read.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from engine.check.flow import CheckedFlow
from engine.definition import Definition
from engine.diagram import Node
from engine.expressions import compile_script
from engine.forms import form_of
from engine.texts import LOOP, decision_of, result_of, texts
from errors import Problem


def variables(flow: CheckedFlow) -> Iterator[Problem]:
    """Conditions, limits, posts, parameters of services, scripts, lists of multi-instances, columns of tables."""
    if (known := given(flow)) is None:
        return
    for text in (text for process in flow.processes for text in texts(process)):
        for name in sorted(text.compile().names - known):
            yield Problem(text.element, f"{text.shown} 的{text.place}{_ungiven(name, known)}", warning=True)
    for node in flow.nodes():
        items = node.text(f"{LOOP}/bpmn:loopDataInputRef")
        if items and items not in known:
            yield Problem(node.id, f"{node.element} 的多实例清单{_ungiven(items, known)}", warning=True)
    for name in sorted({decision_of(node) for node in flow.nodes("businessRuleTask")} & flow.decisions.keys()):
        table = flow.decisions[name]
        for read in sorted(frozenset().union(*(column.expression.names for column in table.inputs)) - known):
            yield Problem(name, f"决策表“{table.name}”的输入{_ungiven(read, known)}", warning=True)


def given(flow: CheckedFlow) -> frozenset[str] | None:
    """Everything that may become a variable of a case; None where nobody says what a case begins with."""
    if flow.around.given is None:
        return None
    return frozenset(flow.around.given).union(*(given_by(flow, node) for node in flow.nodes()))


def given_by(flow: CheckedFlow | Definition, node: Node) -> Iterator[str]:
    """What a form takes, a script assigns, a service answers, a table says, a multi-instance counts through."""
    form = form_of(flow.forms, node.element.properties)
    if form is not None:
        yield from (field.key for field in form.inputs if not field.readonly)  # what is read only is shown, not taken
    if node.kind == "scriptTask":
        yield from compile_script(node.text("bpmn:script") or "").assigns
    if node.kind == "serviceTask" and (result := result_of(node)):
        yield result
    if node.kind == "businessRuleTask" and (table := flow.decisions.get(decision_of(node))):
        yield from (output.name for output in table.outputs)
    for path in ("inputDataItem", "outputDataItem"):
        if (item := node.child(f"{LOOP}/bpmn:{path}")) is not None:
            yield item.get("id", "")
    yield node.text(f"{LOOP}/bpmn:loopDataOutputRef") or ""


def _ungiven(name: str, known: frozenset[str]) -> str:
    close = get_close_matches(name, sorted(filter(None, known)), 1)
    hint = f"，是不是“{close[0]}”" if close else ""
    return f"用到的“{name}”没有表单、脚本、服务或决策表给出{hint}。"
