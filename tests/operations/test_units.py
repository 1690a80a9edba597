"""Units and posts, one at a time, and who is put in a post (SPEC 2.1)."""

import pytest
from sqlalchemy import select

from errors import InvalidForm, NotAllowed
from models import OrganisationChange, Post, PostChange, Unit, User, session
from operations.people.staffing import add_by_form, give_post_by_form, put_in_post
from operations.people.units import add_post, add_unit, change_unit, parents_for
from tests.people import admin, holder_of, keeper

WATER = {"code": "water_works", "name": "县自来水公司", "parent": "county", "kind": "department"}


def unit(code: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == code).execution_options(populate_existing=True)).one()


def changes() -> list[str]:
    return list(session.scalars(select(OrganisationChange.what).order_by(OrganisationChange.id)))


def test_a_unit_with_a_post_and_somebody_in_it_is_set_up_and_each_act_is_kept(county):
    add_unit(WATER | {"handles_cases": "true"}, by=admin())
    add_post("water_works", {"role": "liaison"}, by=admin())
    put_in_post("water_works:liaison", {"person": "黄志强"}, by=keeper())
    made = unit("water_works")
    assert (made.parent_id, made.handles_cases) == (unit("county").id, True)
    assert [post.role_name for post in made.posts] == ["联络员"]
    assert [user.username for user in made.posts[0].holders] == ["ziran"]
    assert changes() == ["新增单位县自来水公司（water_works）", "设岗：联络员（liaison）"]
    assert session.scalars(select(PostChange.post_key)).all() == ["post:water_works:liaison"]


@pytest.mark.parametrize(
    ("typed", "key", "words"),
    [
        ({"code": "Water"}, "code", "小写字母开头"),
        ({"code": "tax"}, "code", "已经有单位用了"),
        ({"name": " "}, "name", "名称"),
        ({"parent": "nowhere"}, "parent", "上级单位"),
        ({"kind": "empire"}, "kind", "类别"),
    ],
)
def test_what_is_wrong_with_a_new_unit_is_said_beside_its_field(county, typed, key, words):
    with pytest.raises(InvalidForm) as error:
        add_unit(WATER | typed, by=admin())
    assert words in error.value.problems[key]
    assert session.scalar(select(Unit).where(Unit.name == WATER["name"])) is None


def test_renaming_and_moving_a_unit_is_kept_with_what_it_was(county):
    change_unit(
        "tax", {"name": "税务局", "parent": "task_force", "kind": "department", "handles_cases": "true"}, by=admin()
    )
    assert unit("tax").parent_id == unit("task_force").id
    assert "名称“" in changes()[0]
    assert "上级单位“湘潭县人民政府”改为“工作专班（县行政审批局）”" in changes()[0]


def test_saving_a_unit_as_it_was_changes_and_keeps_nothing(county):
    before = unit("tax")
    same = {"name": before.name, "parent": "county", "kind": before.kind, "handles_cases": "true"}
    change_unit("tax", same, by=admin())
    assert changes() == []


def test_a_unit_never_stands_under_itself_or_in_another_county(county):  # XT-20: a county's cases are its own
    add_unit(WATER, by=admin())
    below = WATER | {"code": "meters", "name": "水表站", "parent": "water_works"}
    add_unit(below, by=admin())
    offered = {choice.value for choice in parents_for(unit("water_works"))}
    assert "county" in offered
    assert offered.isdisjoint({"water_works", "meters", "system"})
    for parent in ("meters", "system", ""):
        with pytest.raises(InvalidForm) as error:
            change_unit("water_works", WATER | {"parent": parent}, by=admin())
        assert "parent" in error.value.problems


def test_the_top_of_a_county_stays_its_top(county):
    assert parents_for(unit("county")) == []


def test_a_new_role_is_named_and_a_known_one_is_not_named_twice(county):
    add_post("tax", {"role": "another", "new_role": "archivist", "new_name": "档案员"}, by=admin())
    assert session.get_one(Post, "post:tax:archivist").role_name == "档案员"
    for typed in ({"new_role": "liaison", "new_name": "联络人"}, {"new_role": "A", "new_name": "甲"}, {}):
        with pytest.raises(InvalidForm) as error:
            add_post("tax", {"role": "another", **typed}, by=admin())
        assert "new_role" in error.value.problems


def test_somebody_of_a_common_name_is_asked_for_by_username(county):
    user, _ = add_by_form({"username": "huang2", "name": "黄志强"}, by=keeper())
    with pytest.raises(InvalidForm) as error:
        put_in_post("tax:liaison", {"person": "黄志强"}, by=keeper())
    assert "huang2（没有岗位）" in error.value.problems["person"]
    assert "ziran（县自然资源局" in error.value.problems["person"]
    assert put_in_post("tax:liaison", {"person": "huang2"}, by=keeper()).id == user.id


@pytest.mark.parametrize(("named", "words"), [("没有此人", "没有姓名或用户名"), ("ziran", "已经担任")])
def test_who_cannot_be_put_in_a_post_is_refused_beside_the_name(county, named, words):
    with pytest.raises(InvalidForm) as error:
        put_in_post("natural_resources:liaison", {"person": named}, by=keeper())
    assert words in error.value.problems["person"]


def test_what_is_wrong_with_a_new_person_is_said_beside_its_field(county):
    for typed, key in (
        ({"username": "ziran", "name": "某人"}, "username"),
        ({"username": "a b", "name": "某人"}, "username"),
        ({"username": "xin", "name": ""}, "name"),
        ({"username": "xin", "name": "新人", "post": "tax:king"}, "post"),
    ):
        with pytest.raises(InvalidForm) as error:
            add_by_form(typed, by=keeper())
        assert key in error.value.problems
    assert session.scalar(select(User).where(User.username == "xin")) is None


def test_only_administrators_set_up_units_posts_and_people(county):
    somebody = holder_of("task_force:head")
    for act in (
        lambda: add_unit(WATER, by=somebody),
        lambda: change_unit("tax", WATER, by=somebody),
        lambda: add_post("tax", {"role": "liaison"}, by=somebody),
        lambda: put_in_post("tax:liaison", {"person": "ziran"}, by=somebody),
        lambda: give_post_by_form("ziran", {"post": "tax:liaison"}, by=somebody),
        lambda: add_by_form({"username": "xin", "name": "新人"}, by=somebody),
    ):
        with pytest.raises(NotAllowed):
            act()
