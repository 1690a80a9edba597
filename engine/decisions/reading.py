"""A .dmn file as dmn-js writes it into decision tables; every fault is named as the designer sees it."""

from collections.abc import Callable
from typing import TypeVar

from engine.decisions import xml
from engine.decisions.hit_policies import AGGREGATIONS, NEEDS_VALUES, POLICIES
from engine.decisions.table import DecisionTable, Input, Output, Rule
from engine.decisions.types import shown
from engine.feel import Expression, FeelError, compile_expression, compile_unary
from engine.feel.values import compare
from errors import InvalidDiagram, Problem

T = TypeVar("T")

MAX_TABLES = 50
MAX_ROWS = 1000
MAX_COLUMNS = 30


def parse_decisions(filename: str, content: bytes) -> list[DecisionTable]:
    """The file's tables. Raises InvalidDiagram with every problem found."""
    readers = [TableReader(element) for element in decision_elements(filename, content)]
    tables = [reader.table() for reader in readers]
    problems = [problem for reader in readers for problem in reader.problems]
    ids = [reader.id for reader in readers]
    problems += [Problem(id_, f"决策标识“{id_}”重复。") for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1})]
    if problems:
        raise InvalidDiagram(problems)
    return [table for table in tables if table is not None]


def decision_elements(filename: str, content: bytes) -> list[xml.Element]:
    """The decisions of a file, however unfinished. Raises InvalidDiagram where there is none, or too many."""
    elements = list(xml.children(xml.definitions(filename, content), "decision"))
    if not 0 < len(elements) <= MAX_TABLES:
        raise xml.refused(f"文件“{filename}”里应当有 1 至 {MAX_TABLES} 张决策表。")
    return elements


class TableReader:
    """Reads one decision and gathers what is wrong with it."""

    def __init__(self, decision: xml.Element):
        self.decision = decision
        self.id = decision.get("id", "")
        self.name = decision.get("name", "").strip() or self.id
        self.problems: list[Problem] = []

    def table(self) -> DecisionTable | None:
        element = xml.child(self.decision, "decisionTable")
        if element is None:
            self.wrong(self.id, "不是决策表，请改用决策表。")
            return None
        if not self.id:
            self.wrong("", "没有标识（id）。")
        if any(xml.child(one, "requiredDecision") is not None for one in self.requirements()):
            self.wrong(self.id, "依赖另一张决策表，请在流程图里分成前后两步。")
        policy, aggregation = self.policy(element)
        inputs = [self.input(one, number) for number, one in enumerate(xml.children(element, "input"), 1)]
        outputs = [self.output(one, number) for number, one in enumerate(xml.children(element, "output"), 1)]
        self.check_columns(inputs, outputs, policy, aggregation)
        rows = list(xml.children(element, "rule"))
        if not 0 < len(rows) <= MAX_ROWS:
            self.wrong(self.id, f"应当有 1 至 {MAX_ROWS} 行规则。")
        rules = [self.rule(one, row, inputs, outputs) for row, one in enumerate(rows[:MAX_ROWS], 1)]
        columns = tuple(inputs), tuple(outputs), tuple(rules)
        return DecisionTable(self.id, self.name, *columns, policy, aggregation, described(self.decision))

    def wrong(self, element: str, message: str) -> None:
        self.problems.append(Problem(element or self.id, f"决策表“{self.name}”{message}"))

    def requirements(self) -> list[xml.Element]:
        return list(xml.children(self.decision, "informationRequirement"))

    def policy(self, element: xml.Element) -> tuple[str, str]:
        policy = element.get("hitPolicy", "UNIQUE").strip().upper()
        aggregation = element.get("aggregation", "").strip().upper()
        if policy not in POLICIES:
            self.wrong(self.id, f"的命中策略“{policy[:20]}”不认识。")
            policy = "UNIQUE"
        if aggregation and (policy != "COLLECT" or aggregation not in AGGREGATIONS):
            self.wrong(self.id, f"不能这样汇总：{policy} {aggregation[:20]}。")
            aggregation = ""
        return policy, aggregation

    def input(self, element: xml.Element, number: int) -> Input:
        asked = xml.child(element, "inputExpression")
        source = xml.text_of(asked)
        label = element.get("label", "").strip() or source or f"输入{number}"
        where = f"的输入列“{label}”"
        if not source:
            self.wrong(element.get("id", ""), f"{where}没有写输入表达式。")
        expression = self.feel(compile_expression, source or "null", asked, where)
        listed = xml.child(element, "inputValues")
        source = xml.text_of(listed)
        allowed = self.feel(compile_unary, source, listed, f"{where}的可选值") if source else None
        return Input(element.get("id", ""), label, expression, type_of(asked), allowed)

    def output(self, element: xml.Element, number: int) -> Output:
        id_, name = element.get("id", ""), element.get("name", "").strip()
        label = element.get("label", "").strip() or name or f"输出{number}"
        if not name.isidentifier():
            self.wrong(id_, f"的输出列“{label}”要有变量名：由字母、汉字、数字或下划线组成，不以数字开头。")
        if xml.text_of(xml.child(element, "defaultOutputEntry")):
            self.wrong(id_, f"的输出列“{label}”写了默认值，请改为加一行规则。")
        return Output(id_, name, label, type_of(element), self.listed(element, label))

    def listed(self, element: xml.Element, label: str) -> tuple[object, ...] | None:
        source = xml.text_of(xml.child(element, "outputValues"))
        if not source:
            return None
        values = self.feel(compile_expression, f"[{source}]", element, f"的输出列“{label}”的可选值")
        if not values.is_constant:
            self.wrong(element.get("id", ""), f"的输出列“{label}”的可选值只能是固定的值，文字要加双引号。")
            return None
        return tuple(values.evaluate({}))

    def check_columns(self, inputs: list[Input], outputs: list[Output], policy: str, aggregation: str) -> None:
        if not 0 < len(outputs) <= MAX_COLUMNS or len(inputs) > MAX_COLUMNS:
            self.wrong(self.id, f"应当有 1 至 {MAX_COLUMNS} 个输出列，输入列不超过 {MAX_COLUMNS} 个。")
        if len({output.name for output in outputs}) < len(outputs):
            self.wrong(self.id, "有两个输出列的变量名相同。")
        if policy in NEEDS_VALUES and any(output.values is None for output in outputs):
            self.wrong(self.id, f"的命中策略 {policy} 要求每个输出列按先后列出可选值。")
        if aggregation and len(outputs) > 1:
            self.wrong(self.id, "有几个输出列，不能汇总成一个数。")

    def rule(self, element: xml.Element, row: int, inputs: list[Input], outputs: list[Output]) -> Rule:
        id_ = element.get("id", "")
        conditions, answers = list(xml.children(element, "inputEntry")), list(xml.children(element, "outputEntry"))
        if (len(conditions), len(answers)) != (len(inputs), len(outputs)):
            self.wrong(id_, f"第 {row} 行的单元格数与列数不符。")
        tests = [
            self.feel(compile_unary, xml.text_of(cell), cell, f"第 {row} 行“{column.label}”", id_)
            for cell, column in zip(conditions, inputs, strict=False)
        ]
        results = [self.answer(cell, row, column, id_) for cell, column in zip(answers, outputs, strict=False)]
        annotations = [xml.text_of(one) for one in xml.children(element, "annotationEntry")]
        annotations.append(described(element))
        return Rule(id_, row, tuple(tests), tuple(results), "；".join(filter(None, annotations)))

    def answer(self, cell: xml.Element, row: int, column: Output, id_: str) -> Expression:
        where, source = f"第 {row} 行“{column.label}”", xml.text_of(cell)
        if not source:
            self.wrong(id_, f"{where}没有填写，没有值请写 null。")
        expression = self.feel(compile_expression, source or "null", cell, where, id_)
        if column.values is not None and expression.is_constant:
            value = expression.evaluate({})
            if not any(compare("=", value, listed) is True for listed in column.values):
                self.wrong(id_, f"{where}的{shown(value)}不在列出的可选值里。")
        return expression

    def feel(self, read: Callable[[str], T], source: str, element: xml.Element | None, where: str, id_: str = "") -> T:
        language = "" if element is None else element.get("expressionLanguage", "")
        if language and "feel" not in language.lower():
            self.wrong(id_, f"{where}用了 {language[:60]} 语言，只支持 FEEL。")
            return read("null")
        try:
            return read(source)
        except FeelError as error:
            self.wrong(
                id_ or ("" if element is None else element.get("id", "")), f"{where}写的“{short(source)}”有误：{error}"
            )
            return read("null")


def described(element: xml.Element) -> str:
    description = xml.child(element, "description")
    return "" if description is None else "".join(description.itertext()).strip()


def type_of(element: xml.Element | None) -> str:
    """Old files write feel:string."""
    return "" if element is None else element.get("typeRef", "").rpartition(":")[2]


def short(source: str) -> str:
    return source if len(source) <= 60 else f"{source[:60]}…"
