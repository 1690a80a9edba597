"""A county file is checked as a whole before anything is made of it."""

import pytest

from operations.people.county_file import BadCountyFile, check_county
from reference.seeds import read_seed

ROLES = {"liaison": "联络员"}
WATER = {"code": "water", "name": "县水利局", "posts": ["liaison"]}


def county(**parts: object) -> dict:
    return {"roles": ROLES, "units": [WATER], "people": []} | parts


def test_the_demonstration_county_is_as_it_should_be():
    check_county(read_seed("demo_county.json"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "格式不一致"),
        ({"units": []}, "格式不一致"),
        (county(units=["water"]), "格式不一致"),
        (county(people=[{"name": "甲"}]), "格式不一致"),
        (county(roles=ROLES | {"Op:erator": "x"}), "角色代号“Op:erator”"),
        (county(units=[WATER | {"posts": ["king"]}]), "岗位“king”"),
        (county(units=[WATER | {"code": "a:b"}]), "单位代号“a:b”"),
        (county(units=[WATER | {"name": ""}]), "没有名称"),
        (county(units=[WATER | {"parent": "moon"}]), "上级“moon”"),
        (county(units=[WATER | {"handles_cases": "是"}]), "handles_cases"),
        (county(units=[WATER | {"kind": "village"}]), "township、department、park"),
        (county(units=[WATER, WATER]), "单位“water”写了两次"),
        (county(people=[{"username": "a1", "name": "甲", "posts": ["moon:liaison"]}]), "moon:liaison"),
        (county(people=[{"username": "a1", "name": "甲"}, {"username": "a1", "name": "乙"}]), "“a1”写了两次"),
        (county(people=[{"username": "a1", "name": "甲", "password": "x"}]), "不写密码"),
    ],
)
def test_what_is_wrong_is_told_in_words(content, words):
    with pytest.raises(BadCountyFile, match=words):
        check_county(content)


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(BadCountyFile) as error:
        check_county(county(units=[WATER | {"posts": ["king"], "name": ""}]))
    assert str(error.value).count("\n") == 2
