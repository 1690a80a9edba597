import time

import pytest

from engine.forms import clean
from tests.engine.forms.schemas import accepted, component, form, refused

REASON = component("textarea", "reason", "理由", validate={"required": True, "maxLength": 10})
IDENTITY = {"properties": {"personal": "identity"}}
KINDS = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]


@pytest.mark.parametrize(
    ("type_", "more", "text", "value"),
    [
        ("textfield", {}, "  张三 ", "张三"),
        ("textarea", {}, "一\r\n二", "一\n二"),
        ("number", {}, "12", 12),
        ("number", {}, "１２.5", 12.5),
        ("number", {}, 0, 0),
        ("number", {}, "", None),
        ("checkbox", {}, "on", True),
        ("checkbox", {}, None, False),
        ("datetime", {"subtype": "date"}, "2026-02-28", "2026-02-28"),
        ("datetime", {"subtype": "time"}, "09:30", "09:30"),
        ("datetime", {"subtype": "datetime"}, "2026-02-28T09:30", "2026-02-28T09:30:00+08:00"),
        ("datetime", {"subtype": "datetime"}, "2026-02-28T01:30:00Z", "2026-02-28T09:30:00+08:00"),
        ("radio", {"values": KINDS}, "a", "a"),
        ("select", {"valuesKey": "units"}, "law", "law"),
        ("checklist", {"values": KINDS}, ["b", "a", "b"], ["b", "a"]),
        ("taglist", {"valuesKey": "units"}, "gov", ["gov"]),
        ("taglist", {"valuesKey": "units"}, None, []),
        ("textfield", {"validate": {"validationType": "phone"}}, "13800000000", "13800000000"),
        ("textfield", {"validate": {"validationType": "email"}}, "a.b@example.gov.cn", "a.b@example.gov.cn"),
        ("textfield", {"validate": {"pattern": "^[A-Z]{2}[0-9]+$"}}, "XT12", "XT12"),
        ("textfield", IDENTITY, "11010519491231002x", "11010519491231002x"),
        ("textfield", IDENTITY, "１１０１０５ 19491231 002X", "110105 19491231 002X"),
        ("textfield", IDENTITY, "110105491231002", "110105491231002"),
        ("textfield", IDENTITY, "91350100M000100Y43", "91350100M000100Y43"),  # 单位
        ("textfield", IDENTITY, "E12345678", "E12345678"),  # 护照
        ("textfield", IDENTITY, "", None),
    ],
)
def test_a_text_becomes_the_value_of_its_field(type_, more, text, value):
    assert accepted(component(type_, "x", "甲", **more), text) == value


@pytest.mark.parametrize(
    ("type_", "more", "text", "words"),
    [
        ("textfield", {"validate": {"required": True}}, " ", "“甲”必填"),
        ("number", {"validate": {"required": True}}, "", "“甲”必填"),
        ("select", {"values": KINDS, "validate": {"required": True}}, "", "请选择“甲”"),
        ("checklist", {"values": KINDS, "validate": {"required": True}}, [], "请选择“甲”"),
        ("checkbox", {"validate": {"required": True}}, "", "需要勾选"),
        ("textfield", {"validate": {"minLength": 3}}, "一", "至少 3 字，现在是 1 字"),
        ("textfield", {"validate": {"maxLength": "3"}}, "一二三四", "最多 3 字"),
        ("textfield", {}, "一\n二", "一行"),
        ("textfield", {"validate": {"pattern": "^[0-9]+$"}}, "x", "格式不对"),
        ("textfield", {"validate": {"validationType": "email"}}, "a@b", "电子邮箱"),
        ("textfield", {"validate": {"validationType": "phone"}}, "0731-12345", "电话号码"),
        ("textfield", IDENTITY, "123", "“甲”不是正确的证件号码"),
        ("textfield", IDENTITY, "没有带", "“甲”不是正确的证件号码"),
        ("textfield", IDENTITY, "110105194912310029", "校验码都对不上"),
        ("textfield", IDENTITY, "110105194913310021", "校验码都对不上"),  # no such day
        ("textfield", IDENTITY, "1101051949123100", "身份证号是18位，现在是16位"),
        ("number", {}, ".", "数字"),
        ("textarea", {}, "x" * 20_001, "最多 5000 字"),
        ("textarea", {}, "a\0b", "控制字符"),
        ("textarea", {}, "a\u202eb", "控制字符"),
        ("textarea", {}, "\ud800", "控制字符"),
        ("textarea", {}, {"a": 1}, "无法识别"),
        ("number", {}, "abc", "数字"),
        ("number", {}, "nan", "数字"),
        ("number", {}, "inf", "数字"),
        ("number", {}, "1e9", "数字"),
        ("number", {}, float("inf"), "数字"),
        ("number", {}, "9" * 16, "太大"),
        ("number", {}, "9" * 10000, "数字"),
        ("number", {"validate": {"min": 1}}, "0", "不能小于 1"),
        ("number", {"validate": {"max": 1.5}}, "2", "不能大于 1.5"),
        ("number", {"decimalDigits": 0}, "1.5", "整数"),
        ("number", {"decimalDigits": 1}, "1.55", "1 位小数"),
        ("datetime", {"subtype": "date"}, "2026-02-30", "不是存在的日期"),
        ("datetime", {"subtype": "date"}, "0001-01-01", "不是存在的日期"),
        ("datetime", {"subtype": "datetime"}, "2026-02-28", "不是存在的时间"),
        ("datetime", {"subtype": "time"}, "25:00", "不是存在的钟点"),
        ("checkbox", {}, "maybe", "是或否"),
        ("radio", {"values": KINDS}, "c", "不在可选范围"),
        ("select", {"valuesKey": "nobody"}, "law", "不在可选范围"),
        ("checklist", {"values": KINDS}, ["a", "c"], "不在可选范围"),
        ("checklist", {"values": KINDS}, ["a"] * 201, "最多选 200 项"),
    ],
)
def test_a_wrong_text_is_refused_in_a_sentence_with_its_label(type_, more, text, words):
    problem = refused(form(component(type_, "x", "甲", **more)), {"x": text})["x"]
    assert words in problem
    assert "甲" in problem


def test_all_wrong_fields_are_told_at_once():
    both = form(REASON, component("number", "days", "天数"))
    assert set(refused(both, {"reason": "", "days": "x"})) == {"reason", "days"}


def test_unknown_keys_and_read_only_fields_are_left_out():
    fields = form(
        REASON, component("textfield", "no", "编号", readonly=True), component("textfield", "by", "人", disabled=True)
    )
    assert clean(fields, {"reason": "因", "no": "1", "by": "2", "typename": "x", "is_admin": "1"}) == {"reason": "因"}


def test_a_required_number_may_be_zero():
    assert accepted(component("number", "n", "天数", validate={"required": True}), "0") == 0


def test_a_pattern_cannot_be_made_to_run_long():
    field = form(component("textfield", "x", "甲", validate={"pattern": "^.+@.+$"}))
    started = time.perf_counter()
    refused(field, {"x": "a" * 200})
    refused(field, {"x": "@" * 20_000})
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("text", ["\u200b", "\u3164\u3164", " \u00ad\u2060 ", "\ufeff", "\u2800", "\u200d\u200c"])
@pytest.mark.parametrize("type_", ["textfield", "textarea"])
def test_a_text_of_nothing_that_can_be_seen_is_refused_in_words(type_, text):
    problems = refused(form(component(type_, "title", "事项标题")), {"title": text})
    assert problems == {"title": "“事项标题”里只有看不见的字符，请重新填写。"}


def test_what_joins_characters_that_can_be_seen_stays():
    assert accepted(component("textfield", "x", "甲"), "👨\u200d👩\u200d👧 一家") == "👨\u200d👩\u200d👧 一家"


@pytest.mark.parametrize(("type_", "longest"), [("textfield", 200), ("textarea", 5_000)])
def test_a_text_has_a_usual_length_where_its_form_names_none(type_, longest):
    field = component(type_, "x", "地址")
    assert accepted(field, "长" * longest) == "长" * longest
    for length in (longest + 1, 30_000):
        problem = refused(form(field), {"x": "长" * length})["x"]
        assert problem == f"“地址”最多 {longest} 字，现在是 {length} 字。"
    assert accepted(component(type_, "x", "地址", validate={"maxLength": 9_000}), "长" * 9_000) == "长" * 9_000


PHONE = component(
    "textfield", "x", "电话", properties={"personal": "phone"}, validate={"pattern": "^[0-9+() -]{7,20}$"}
)


@pytest.mark.parametrize("text", ["-------", "(0731) -", "123456", "+ 1 2 3"])
def test_a_person_s_number_has_at_least_seven_digits(text):
    assert refused(form(PHONE), {"x": text})["x"] == "“电话”里至少要有 7 位数字。"


@pytest.mark.parametrize(
    ("text", "number"),
    [("１３８－１２３４　５６７８", "138-1234 5678"), ("（0731）5782 1234", "(0731)5782 1234"), ("5782123", "5782123")],
)
def test_a_person_s_number_typed_full_width_is_meant_as_digits(text, number):
    assert accepted(PHONE, text) == number
