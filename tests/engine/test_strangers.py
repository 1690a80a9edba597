"""A flow is of one county: it names no unit of another one, neither in an expression nor in a decision table."""

from tests.engine.checking import found
from tests.engine.diagrams import DMN, diagram, end, rule, service, start, user

COUNTIES = {"water": "甲县", "police": "甲县", "y_water": "乙县"}
WAITS = {"noDeadline": "没有规定", "form": "F"}
#: `kind` decides on the unit; the row is that of another county.
TABLE = DMN.format(cell='"wet"').replace('name="level"', 'name="org"').replace('"high"', '"y_water"').encode()


def strangers(candidates: str, to: str = '"police"', **around) -> list[str]:
    content = diagram(
        "p",
        start(),
        rule("kinds_rule", "kinds"),
        user("A", name="办理", candidates=candidates, **WAITS),
        service("tell", "send", parameters={"to": to}),
        end(),
        flows="start kinds_rule A tell end",
    )
    handlers = {"send": {"to": True}}
    problems = found(content, tables=TABLE, handlers=handlers, counties=COUNTIES, **around)
    return [f"{each.element}: {each}" for each in problems if not each.warning]


def test_a_post_or_unit_of_another_county_is_refused_where_it_is_named():
    stranger = "A: 「办理」（A） 的办理岗位用到的岗位“y_water:handler”是另一个县（乙县）的。"
    assert strangers('post("y_water", "handler")', own_counties={"甲县"}) == [stranger]
    assert strangers('post("water", "handler")', '"y_water"') == [
        "tell: 「tell」 的参数 to 的单位“y_water”是另一个县（乙县）的。"
    ]  # of the county of what it names first, where nobody says whose it is
    assert strangers('post("water", "handler")', own_counties={"甲县"}) == []


def test_a_row_of_a_table_is_refused_unless_the_table_in_use_serves_that_county_too():
    row = "kinds: 决策表“kinds”第1行的岗位“y_water:handler”是另一个县（乙县）的。"
    assert strangers('post(org, "handler")', own_counties={"甲县"}) == [row]
    assert strangers('post(org, "handler")', own_counties={"甲县"}, in_tables={"y_water"}) == []
