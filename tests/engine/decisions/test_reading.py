import pytest

from engine.decisions import parse_decisions
from engine.limits import MAX_BYTES
from errors import InvalidDiagram
from tests.engine.decisions.dmn import NAMESPACE, decision, file, table

GOOD = decision(["x"], ["y"], [["-", '"a"']])


def problems(content):
    with pytest.raises(InvalidDiagram) as caught:
        parse_decisions("哨件.dmn", content)
    return caught.value.problems


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_every_version_of_the_format_is_read(namespace):
    [found] = parse_decisions("x.dmn", file(GOOD, namespace=namespace))
    assert (found.id, found.name, found.hit_policy) == ("D-02", "哨件分类", "UNIQUE")


def test_a_wrong_cell_is_named_by_table_row_and_column():
    [problem] = problems(file(decision(["来源"], ["y"], [["-", '"a"'], ["“领导”", '"a"']])))
    assert problem.element == "r2"
    assert problem.message.startswith("决策表“哨件分类”第 2 行“来源”写的")
    assert "中文标点" in problem.message


def test_all_problems_of_a_file_are_told_at_once():
    bad = decision(["", "x"], ["1", "n"], [["-", "<", "", "date("]], "NEAREST")
    messages = " ".join(problem.message for problem in problems(file(bad)))
    for words in ("没有写输入表达式", "要有变量名", "第 1 行“x”", "没有填写", "“date(”", "NEAREST"):
        assert words in messages


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (decision(["x"], ["y", "y"], [["-", "1", "1"]]), "变量名相同"),
        (decision(["x"], ["y"], [["-", "1"]], "PRIORITY"), "列出可选值"),
        (decision(["x"], ["y", "z"], [["-", "1", "1"]], "COLLECT/SUM"), "不能汇总成一个数"),
        (decision(["x"], ["y"], [["-", "1"]], "UNIQUE/SUM"), "不能这样汇总"),
        (decision(["x"], ['y="a","b"'], [["-", '"c"']]), "“c”不在列出的可选值里"),
        (decision(["x"], ["y=a"], [["-", '"c"']]), "固定的值"),
        (decision(["x"], ["y"], [["-"]]), "单元格数与列数不符"),
        (decision(["x"], ["y"], []), "1 至 1000 行"),
        ('<decision id="l" name="l"><literalExpression/></decision>', "不是决策表"),
        (GOOD + GOOD, "“D-02”重复"),
        (
            GOOD.replace(
                "<decisionTable",
                '<informationRequirement><requiredDecision href="#a"/></informationRequirement><decisionTable',
            ),
            "前后两步",
        ),
        (GOOD.replace("<outputEntry", '<outputEntry expressionLanguage="javascript"'), "只支持 FEEL"),
    ],
)
def test_what_a_table_may_not_be_is_refused_in_words(bad, words):
    assert words in problems(file(bad))[0].message


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"not xml",
        b"<html/>",
        f'<definitions xmlns="{NAMESPACE}"/>'.encode(),
        b'<definitions xmlns="http://example.org/spec/DMN/20191111/MODEL/"/>',
        file(GOOD)[:-5],
        file(GOOD) + b" " * MAX_BYTES,
        b"<!DOCTYPE definitions>" + file(GOOD),
        f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>'.encode() + file(GOOD.replace("哨件分类", "&l11;")),
        b'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + file(GOOD.replace("哨件分类", "&f;")),
        f'<definitions xmlns="{NAMESPACE}">{"<decision>" * 5000}'.encode(),
        file("<decision/>" * 60),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_words(content):
    assert problems(content)[0].message


def test_columns_keep_labels_types_and_listed_values():
    found = table(['来源:string="a","b"'], ['y="p","q"'], [["-", '"p"']])
    assert (found.inputs[0].label, found.inputs[0].type) == ("来源", "string")
    assert found.inputs[0].allowed.matches("a", {})
    assert found.outputs[0].values == ("p", "q")
