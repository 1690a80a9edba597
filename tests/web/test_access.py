"""Who may open what."""

import pytest

from web.access import ACCESS, PUBLIC


def test_every_address_is_in_the_table_and_the_table_has_nothing_else(make_app):
    endpoints = {rule.endpoint for rule in make_app(DEMO=True).url_map.iter_rules()}
    assert endpoints == set(ACCESS)


def test_an_address_that_is_not_in_the_table_opens_for_nobody(make_app):
    app = make_app()
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    from tests.web.browser import Browser

    admin = Browser(app.test_client())
    admin.sign_in("guanli")
    assert admin.get("/forgotten").status_code == 403


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(browser):
    somebody = browser()
    response = somebody.get("/cases?search=XT2026")
    assert response.status_code == 303
    assert response.location == "/login?next=/cases?search%3DXT2026"
    assert somebody.sign_in("ziran", after="/cases?search%3DXT2026").location == "/cases?search=XT2026"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(browser, elsewhere):
    assert browser().sign_in("ziran", after=elsewhere).location == "/"


def test_public_pages_are_few():
    assert {endpoint for endpoint, needed in ACCESS.items() if needed == PUBLIC} == {
        "portal.index",
        "portal.form",
        "portal.submit",
        "portal.done",
        "query.form",
        "query.show",
        "query.supplement",
        "query.act",
        "static",
        "login.form",
        "login.sign_in",
        "login.sign_out",
    }


@pytest.mark.parametrize("address", ["/register/small", "/incidents"])
def test_a_page_of_another_permission_is_refused_in_words(liaison, address):
    response = liaison.get(address)
    assert response.status_code == 403
    assert "权限" in response.text


def test_the_navigation_shows_only_what_one_may_open(liaison, window, browser):
    assert 'href="/register"' not in liaison.get("/").text
    assert 'href="/register"' in window.get("/").text
    assert 'href="/incidents"' in browser("guanli").get("/").text


def test_a_task_of_another_post_does_not_exist(liaison, browser):
    browser("chuangkou").send("/register/small", title="x")
    address = liaison.task
    stranger = browser("minzheng")
    assert stranger.get(address).status_code == 404
    assert stranger.send(address, page="/cases").status_code == 404
    assert stranger.send(f"{address}/claim", page="/cases").status_code == 404


def test_a_case_of_another_unit_does_not_exist(window, browser):
    address = window.send("/register/small", title="x").location
    assert window.get(address).status_code == 200
    assert browser("minzheng").get(address).status_code == 404
    assert address not in browser("minzheng").get("/cases").text
