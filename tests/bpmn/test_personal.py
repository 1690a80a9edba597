"""Whose data a field asks for, the form says: a reporter's is kept apart, an official's number stays (S-04, C-09)."""

import json
import re

import pytest

from operations.house.folders import BPMN

FORMS = sorted(BPMN.rglob("*.form.json"))
KINDS = {"name": "name", "phone": "phone", "address": "address", "id": "identity"}
#: Who comes to the county with a matter; the rest of the label may say which of their data it is.
REPORTER = re.compile(r"(?:反映人|诉求人|来电人|投诉人|举报人|申请人|企业联系人)(?:姓名|姓名或单位|电话|地址|证件号)?")
NUMBER_OR_PLACE = re.compile(r"电话|手机|联系方式|身份证|证件号|住址|^地址")


def typed(path):
    """The fields somebody types words in, those of rows included."""
    fields = json.loads(path.read_text())["components"]
    fields += [field for each in fields for field in each.get("components", [])]
    return [field for field in fields if field["type"] in ("textfield", "textarea")]


EACH = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


@EACH
def test_a_reporter_s_name_number_or_address_is_personal(path):
    for field in typed(path):
        of_reporter = field["key"].partition("reporter_")[2]
        if of_reporter in KINDS or REPORTER.fullmatch(field["label"]):
            assert field["properties"].get("personal") == KINDS.get(of_reporter, "name"), field["key"]


@EACH
def test_a_number_or_address_is_a_reporter_s_or_an_official_s(path):
    for field in typed(path):
        if NUMBER_OR_PLACE.search(field["label"]):
            assert len({"personal", "official"} & field["properties"].keys()) == 1, field["key"]


def test_every_flow_that_takes_reports_keeps_its_reporter_apart():
    kept = {path.parent.name: set() for path in FORMS}
    for path in FORMS:
        kept[path.parent.name] |= {field["properties"].get("personal") for field in typed(path)}
    without = {"shared", "db_order"}  # a 督办单 is about a case, whoever brought that
    assert {folder for folder, kinds in kept.items() if {"name", "phone"} <= kinds} == set(kept) - without


def test_a_leader_s_signature_is_not_begun_with_the_name_of_whoever_fills_in_the_form():  # F-C-4 签批
    signs = [field for path in FORMS for field in typed(path) if field["label"].startswith("负责人")]
    assert signs
    assert not [field["key"] for field in signs if field["properties"].get("prefill") == "me"]
