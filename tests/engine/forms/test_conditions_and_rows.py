import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms import clean
from errors import InvalidForm
from tests.engine.forms.schemas import LISTS, component, faults, form, refused, schema

REASON = component("textarea", "reason", "理由", validate={"required": True, "maxLength": 10})
KINDS = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]
SOLVED = component(
    "radio", "solved", "是否解决", values=[{"value": "yes", "label": "是"}, {"value": "no", "label": "否"}]
)
WHY = component("textfield", "why", "原因", validate={"required": True}, conditional={"hide": '=solved != "no"'})
DETAIL = component("textfield", "detail", "详情", validate={"required": True}, conditional={"hide": "=why = null"})


def test_a_hidden_field_is_neither_required_nor_taken():
    assert clean(form(SOLVED, WHY), {"solved": "yes", "why": "x"}) == {"solved": "yes", "why": None}
    assert "why" in refused(form(SOLVED, WHY), {"solved": "no"})


def test_what_is_hidden_counts_as_empty_for_other_conditions():
    fields = form(SOLVED, DETAIL, WHY)
    assert clean(fields, {"solved": "yes", "why": "x", "detail": "y"}) == {"solved": "yes", "why": None, "detail": None}
    assert clean(fields, {"solved": "no", "why": "x", "detail": "y"})["detail"] == "y"


AMOUNT = component("number", "amount", "金额", validate={"max": 100})
BIG = component("textfield", "big", "大额理由", validate={"required": True}, conditional={"hide": "=amount <= 50"})
MORE = component("textfield", "more", "补充", validate={"required": True}, conditional={"hide": "=big = null"})


def test_what_a_wrong_answer_may_hide_is_not_called_missing():
    fields = form(AMOUNT, component("group", "", "大额", components=[BIG]), MORE, REASON)
    assert refused(fields, {"amount": "五十", "reason": ""}).keys() == {"amount", "reason"}
    assert refused(fields, {"amount": "80", "reason": ""}).keys() == {"big", "reason"}
    assert refused(fields, {"amount": "五十", "reason": "x", "big": "一\n二"}).keys() == {"amount", "big"}


def test_what_a_wrong_answer_may_hide_is_not_called_missing_in_a_row():
    table = component("dynamiclist", "rows", "明细", components=[component("textfield", "item", "事项"), BIG])
    assert refused(form(AMOUNT, table), {"amount": "多", "rows": [{"item": "甲"}]}).keys() == {"amount"}
    assert refused(form(AMOUNT, table), {"amount": "80", "rows": [{"item": "甲"}]}).keys() == {"rows.0.big"}


def test_a_wrong_answer_that_is_itself_hidden_excuses_nothing():
    hidden = AMOUNT | {"conditional": {"hide": '=solved = "yes"'}}
    assert refused(form(SOLVED, hidden, BIG), {"solved": "yes", "amount": "多"}).keys() == {"big"}


def test_what_reads_a_wrong_answer_is_not_refused():
    said = {"refuse": "=amount = null", "refusal": "金额要填。"}
    fields = form(AMOUNT, component("textfield", "why", "原因", properties=said))
    assert refused(fields, {"amount": "多"}).keys() == {"amount"}
    assert refused(fields, {}) == {"why": "金额要填。"}


def test_a_hidden_group_hides_what_is_in_it():
    group = component("group", "", "审核", components=[REASON], conditional={"hide": '=solved = "yes"'})
    assert clean(form(SOLVED, group), {"solved": "yes", "reason": "x"}) == {"solved": "yes", "reason": None}
    assert clean(form(SOLVED, group), {"solved": "no", "reason": "x"})["reason"] == "x"


LEAD = component("select", "lead", "主办单位", valuesKey="units")
HELPERS = component("taglist", "helpers", "协办单位", valuesKey="units", properties={"apartFrom": "lead"})


def test_what_is_chosen_in_one_field_may_be_barred_from_another():
    fields = form(LEAD, HELPERS)
    assert clean(fields, {"lead": "gov", "helpers": ["law"]}, LISTS) == {"lead": "gov", "helpers": ["law"]}
    assert refused(fields, {"lead": "gov", "helpers": ["law", "gov"]}) == {
        "helpers": "“县政府办”已选为“主办单位”，不能再选为“协办单位”。"
    }


ACCUSED = component("select", "accused", "被举报单位", valuesKey="units", readonly=True)
APART = component("taglist", "helpers", "协办单位", valuesKey="units", properties={"apartFrom": "lead accused"})


def test_what_a_read_only_field_shows_may_be_barred_from_several_others():  # C-09
    fields, given = form(ACCUSED, LEAD | {"properties": {"apartFrom": "accused"}}, APART), {"accused": "gov"}
    with pytest.raises(InvalidForm) as taken:
        clean(fields, {"lead": "gov", "helpers": ["law", "gov"], "accused": "law"}, LISTS, given)
    assert taken.value.problems == {
        "lead": "“县政府办”已选为“被举报单位”，不能再选为“主办单位”。",
        "helpers": "“县政府办”已选为“被举报单位”，不能再选为“协办单位”。",
    }
    assert clean(fields, {"lead": "law", "helpers": []}, LISTS, given) == {"lead": "law", "helpers": []}
    assert clean(fields, {"lead": "gov", "helpers": ["law"]}, LISTS) == {"lead": "gov", "helpers": ["law"]}


def test_no_row_of_a_list_may_have_what_a_field_of_the_form_shows():  # C-09
    column = component("select", "unit", "部门", valuesKey="units", properties={"apartFrom": "accused lead"})
    fields = form(ACCUSED, LEAD, component("dynamiclist", "", "涉及部门", path="rows", components=[column]))
    with pytest.raises(InvalidForm) as taken:
        clean(fields, {"lead": "law", "rows": [{"unit": "gov"}, {"unit": "law"}]}, LISTS, {"accused": "gov"})
    assert taken.value.problems == {
        "rows.0.unit": "“县政府办”已选为“被举报单位”，不能再选为“部门”。",
        "rows.1.unit": "“司法局”已选为“主办单位”，不能再选为“部门”。",
    }
    assert clean(fields, {"lead": "law", "rows": [{"unit": "gov"}]}, LISTS)["rows"] == [{"unit": "gov"}]


def test_a_field_is_kept_apart_only_from_one_that_is_there():
    assert "没有的“lead”" in faults(schema(HELPERS))
    assert "没有的“accused”" in faults(schema(LEAD, APART))


WHO = component("textfield", "channel", "登记渠道", readonly=True)
SOURCE = component(
    "textfield",
    "source",
    "哨源",
    properties={"refuse": '=source = "领导交办" and channel != "office"', "refusal": "领导交办由吹哨办录入。"},
)


def test_a_form_may_refuse_an_answer_by_what_stands_beside_it():
    fields = form(WHO, SOURCE)
    assert clean(fields, {"source": "领导交办"}, given={"channel": "office"})["source"] == "领导交办"
    assert clean(fields, {"source": "单位申报"}, given={"channel": "unit"})["source"] == "单位申报"
    with pytest.raises(InvalidForm) as refusal:
        clean(fields, {"source": "领导交办"}, given={"channel": "unit"})
    assert refusal.value.problems == {"source": "领导交办由吹哨办录入。"}


def test_what_is_hidden_is_not_refused():
    refusing = {"properties": {"refuse": "=source = null", "refusal": "不收。"}}
    hidden = SOURCE | refusing | {"conditional": {"hide": '=channel = "unit"'}}
    assert clean(form(WHO, hidden), {}, given={"channel": "unit"}) == {"source": None}
    assert refused(form(WHO, hidden), {}) == {"source": "不收。"}


@pytest.mark.parametrize(
    ("properties", "fault"),
    [
        ({"refuse": "=source = 1"}, "要一起写"),
        ({"refusal": "不收。"}, "要一起写"),
        ({"refuse": "=nowhere = 1", "refusal": "不收。"}, "没有的“nowhere”"),
        ({"refuse": "=source = ", "refusal": "不收。"}, "不收的条件有误"),
    ],
)
def test_a_refusal_is_a_condition_and_a_sentence(properties, fault):
    assert fault in faults(schema(SOURCE | {"properties": properties}))


def test_a_condition_on_a_read_only_field_sees_what_the_case_says():
    source = component("textfield", "source", "哨源", readonly=True)
    order = component("textfield", "order", "批示", conditional={"hide": '=source != "领导交办"'})
    assert clean(form(source, order), {"order": "x", "source": "领导交办"})["order"] is None
    assert clean(form(source, order), {"order": "x"}, given={"source": "领导交办"})["order"] == "x"


TASKS = component(
    "dynamiclist",
    "tasks",
    "任务清单",
    properties={"required": "true"},
    components=[
        component("textfield", "task", "任务", validate={"required": True}),
        component("taglist", "units", "责任单位", valuesKey="units"),
        component("number", "days", "天数", conditional={"hide": '=task = null or solved = "yes"'}),
    ],
)


@pytest.mark.parametrize(
    "sent",
    [
        {"tasks": [{"task": "甲", "units": ["gov"], "days": "3"}, {"task": "", "units": []}, {"task": "乙"}]},
        {
            "tasks[0].task": "甲",
            "tasks[0].units[]": ["gov"],
            "tasks[0].days": "3",
            "tasks[4]": "",
            "tasks[7].task": "乙",
        },
        {"tasks[0][task]": "甲", "tasks[0][units][]": ["gov"], "tasks[0][days]": "3", "tasks[7][task]": "乙"},
    ],
)
def test_rows_come_nested_or_by_their_names_and_blank_rows_fall_away(sent):
    assert clean(form(SOLVED, TASKS), sent, LISTS)["tasks"] == [
        {"task": "甲", "units": ["gov"], "days": 3},
        {"task": "乙", "units": [], "days": None},
    ]


def test_a_problem_in_a_row_is_named_by_its_path():
    fields = form(SOLVED, TASKS)
    assert refused(fields, {"tasks": [{}, {"task": "", "units": ["x"]}]}) == {
        "tasks.1.task": "“任务”必填。",
        "tasks.1.units": "“责任单位”所选的不在可选范围内，请重新选择。",
    }
    assert fields.find("tasks.1.units").label == "责任单位"


@pytest.mark.parametrize("rows", [None, "", "x", [], [[]], ["x"], [{}], {"a": 1}])
def test_a_required_list_needs_a_row(rows):
    assert refused(form(SOLVED, TASKS), {"tasks": rows}) == {"tasks": "“任务清单”至少填写一行。"}


UNIT = component("select", "unit", "部门", valuesKey="units", properties={"unique": "yes"})
DUTY = component("textfield", "duty", "职责")
INVOLVED = component("dynamiclist", "involved", "涉及部门", components=[UNIT, DUTY])


def test_a_column_may_hold_each_value_once():  # YL-08
    rows = [{"unit": "gov"}, {}, {"unit": "law"}, {"duty": "甲"}, {"duty": "乙"}]
    assert len(clean(form(INVOLVED), {"involved": rows}, LISTS)["involved"]) == 4
    assert refused(form(INVOLVED), {"involved": [*rows, {"unit": "law", "duty": "丙"}, {"unit": "gov"}]}) == {
        "involved.5.unit": "“司法局”已在第 3 行，不能重复填写。",
        "involved.6.unit": "“县政府办”已在第 1 行，不能重复填写。",
    }


def test_only_a_column_with_one_value_a_row_can_be_unique():
    several = component("taglist", "units", "责任单位", valuesKey="units", properties={"unique": "yes"})
    assert "“部门”不是明细表里" in faults(schema(UNIT))
    assert "“责任单位”不是明细表里" in faults(schema(INVOLVED | {"components": [several]}))
    assert "只能写 yes" in faults(schema(INVOLVED | {"components": [UNIT | {"properties": {"unique": "true"}}]}))


def test_too_many_rows_are_refused():
    assert "最多 200 行" in refused(form(SOLVED, TASKS), {"tasks": [{"task": "x"}] * 201})["tasks"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
ANYTHING = form(
    SOLVED,
    TASKS,
    REASON,
    component("number", "n", "数"),
    component("checkbox", "c", "勾"),
    component("datetime", "d", "日期"),
    component("checklist", "l", "多选", values=KINDS),
)


@given(
    st.dictionaries(st.sampled_from(["solved", "tasks", "reason", "n", "c", "d", "l", "tasks[0].task"]), json_values)
)
def test_whatever_is_sent_is_taken_or_refused_in_words(values):
    try:
        cleaned = clean(ANYTHING, values, LISTS)
    except Exception as error:
        problems = getattr(error, "problems", None)
        if not problems:
            raise
    else:
        assert set(cleaned) == {"solved", "tasks", "reason", "n", "c", "d", "l"}
