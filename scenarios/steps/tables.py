"""准备：a rule administrator changes a decision table and publishes it (C-11, SPEC 2.5)."""

from typing import Any

from lxml import etree

from models import ProcessDefinition
from operations.house.deployments import deploy
from reference import definitions
from scenarios.failures import NotUnderstood, listed
from scenarios.vocabulary import step
from scenarios.world import World

ENTRIES = {"input": "inputEntry", "output": "outputEntry"}


@step("决策表“{表}”第 {数} 行的“{列}”改为 {格}", chapter="准备", example="决策表“D-04”第 3 行的“办理工作日”改为 8")
def table_changed(world: World, table: str, row: int, column: str, cell: str) -> None:
    """修改决策表的一格并发布；此后登记的事项按新表，在途事项按原表。格里写什么与表上一样，文字要加英文引号，“-”是不限。"""
    found = [(flow, name) for flow in definitions.newest_of_each() for name in _files_with(flow, table)]
    if not found:
        raise NotUnderstood(f"没有决策表“{table}”。")
    for flow, name in found:
        files = definitions.files(flow.id)
        deploy(flow.key, files | {name: _changed(files[name], table, row, column, cell)})


def _files_with(flow: ProcessDefinition, table: str) -> list[str]:
    files = definitions.files(flow.id)
    return [name for name in files if name.endswith(".dmn") and f'id="{table}"'.encode() in files[name]]


def _changed(content: bytes, table: str, row: int, column: str, cell: str) -> bytes:
    root = etree.fromstring(content)
    (decision,) = (each for each in root.iter("{*}decisionTable") if each.getparent().get("id") == table)
    rules = list(decision.iterchildren("{*}rule"))
    if not 1 <= row <= len(rules):
        raise NotUnderstood(f"决策表“{table}”有 {len(rules)} 行。")
    _cell(decision, rules[row - 1], column).find("{*}text").text = cell
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _cell(decision: Any, rule: Any, column: str) -> Any:
    labels = []
    for kind, entry in ENTRIES.items():
        columns = [each.get("label") for each in decision.iterchildren(f"{{*}}{kind}")]
        if column in columns:
            return list(rule.iterchildren(f"{{*}}{entry}"))[columns.index(column)]
        labels += columns
    raise NotUnderstood(f"决策表没有“{column}”这一列，有：{listed(labels)}")
