"""Changing one's own password (S-01)."""

import pytest

from tests.databases import PASSWORD
from tests.web.browser import path_of
from tests.web.test_organisation import password_on

NEW = "Xin-mima-2026"


def change(somebody, old=PASSWORD, new=NEW, again=NEW):
    return somebody.send("/password", old=old, new=new, again=again)


def test_the_new_password_opens_the_door_and_the_old_one_no_more(liaison, browser):
    assert path_of(change(liaison)) == "/"
    assert "密码已修改" in liaison.get("/").text
    assert browser().sign_in("ziran", PASSWORD).status_code == 401
    assert path_of(browser().sign_in("ziran", NEW)) == "/"


def test_sign_ins_made_elsewhere_end_and_this_one_goes_on(liaison, browser):
    elsewhere = browser("ziran")
    change(liaison)
    assert path_of(elsewhere.get("/")) == "/login"
    assert liaison.get("/").status_code == 200


def test_who_was_given_a_password_changes_it_before_anything_else(keeper, browser):  # S-01
    page = "/organisation/people/ziran"
    given = password_on(keeper.send(f"{page}/password", page=page).text)
    theirs = browser()
    theirs.sign_in("ziran", given)
    for address in ("/", "/cases", "/notify"):
        assert path_of(theirs.get(address)) == "/password"
    assert "密码是别人设的" in theirs.get("/password").text
    again = browser()
    again.sign_in("ziran", given)
    assert path_of(again.get("/")) == "/password"  # signing in anew is no way around
    change(theirs, old=given)
    assert theirs.get("/cases").status_code == 200
    assert "密码是别人设的" not in theirs.get("/password").text
    assert path_of(again.get("/cases")) == "/login"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"old": "wrong"}, "原密码不正确。"),
        ({"new": "short", "again": "short"}, "密码至少"),
        ({"new": "onlysmallletters", "again": "onlysmallletters"}, "至少三种"),
        ({"again": "Xin-mima-2027"}, "两次输入的新密码不一致。"),
        ({"new": PASSWORD, "again": PASSWORD}, "新密码不能和原密码相同。"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_changes(liaison, browser, typed, problem):
    response = change(liaison, **typed)
    assert response.status_code == 422
    assert problem in response.text
    assert path_of(browser().sign_in("ziran")) == "/"


def test_guessing_the_old_password_locks_the_account_like_guessing_at_the_door(liaison, browser):
    for _ in range(5):
        change(liaison, old="wrong")
    assert "锁定" in change(liaison).text
    assert browser().sign_in("ziran").status_code == 401
