"""Everybody at every address: what the table of permissions says is what happens, and of a case of another unit nobody
learns even that it is there (issue 4: 404 for what one may not see).
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from models import Attachment, Case, Task, session
from tests.official import issue
from tests.uploads import PDF
from web.access import ACCESS, PUBLIC

CASE = {"case_id", "attachment_id", "document_id"}
ALL = CASE | {"task_id"}
#: Who, what their posts grant, and which of the things below they may see. Whatever else an address names is asked for
#: with a number that nothing has.
PEOPLE: dict[str, tuple[set[str], set[str]]] = {
    "chuangkou": ({"work", "register"}, CASE),  # the window registered it
    "ziran": ({"work"}, ALL),  # the bureau that has it
    "minzheng": ({"work"}, set()),  # a bureau that has nothing to do with it
    "fenliu": ({"work", "see_all", "knowledge"}, ALL),  # an office that sees all
    "ducha": ({"work", "see_all", "supervise", "clues"}, ALL),  # 督查室
    "liucheng": ({"work", "see_all", "design", "manage"}, ALL),  # who manages its county's flows
    "guanli": ({"work", "see_all", "operate", "clock", "design", "manage", "administer", "organisation"}, ALL),
    "anquan": ({"work", "accounts", "organisation"}, set()),  # who may sign in is all this one says (S-01)
    "shenji": ({"work", "audit"}, set()),
}
NOTHING = 987654
#: The paper is no score, nobody has completed the task, and no flow, variable or token is named.
NOT_OF_THESE = {
    "scores.show",
    "tasks.recall",
    "studio.begin",
    "studio_operating.variable_form",
    "studio_operating.move_form",
}


@pytest.fixture
def things(app, window, liaison) -> dict[str, Any]:
    """A case that waits for a bureau, with its task, a file and a paper."""
    address = window.send("/register/small", title="办证难").location
    data = liaison.hidden(address) | {"files": FileStorage(io.BytesIO(PDF), "勘验.pdf")}
    assert liaison.client.post(f"{address}/attachments", data=data, headers=liaison.origin).status_code == 303
    with app.app_context():
        case = session.scalars(select(Case)).one()
        order = issue(case, "督办单", {"级别": "县级", "要求": "限期办结"}, issuer="supervision_office")
        task = session.scalars(select(Task.id).where(Task.state == "open")).one()
        file = session.scalars(select(Attachment.id)).one()
        return {"case_id": case.id, "task_id": task, "attachment_id": file, "document_id": order.id}


def addresses(app: Flask, things: dict[str, Any]) -> Iterator[tuple[str, str, set[str], str]]:
    """Endpoint, method, what the address names, the address. Reading comes first: no writing takes it away."""
    for method in ("GET", "POST"):
        for rule in app.url_map.iter_rules():
            if method in (rule.methods or ()) and ACCESS[rule.endpoint] != PUBLIC:
                named = set(rule.arguments)
                values: dict[str, Any] = {
                    name: "sign" if name == "how" else things.get(name, NOTHING) for name in named
                }
                with app.test_request_context():
                    yield rule.endpoint, method, named - {"how"}, app.url_for(rule.endpoint, **values, _method=method)


def expected(endpoint: str, method: str, named: set[str], person: str) -> range | set[int]:
    """The answers that are right."""
    granted, seen = PEOPLE[person]
    if ACCESS[endpoint] not in granted:
        return {403}
    if named & (ALL - seen):
        return {404}
    if named - ALL or endpoint in NOT_OF_THESE:
        return {403, 404, 409, 422}  # what may be seen has no such part, or is not this person's to act on
    return range(200, 400) if method == "GET" else set(range(200, 500)) - {401, 404}


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_at_every_address_what_the_table_says(app, browser, things, person):
    somebody = browser(person)
    hidden = somebody.hidden("/password")
    wrong = []
    for endpoint, method, named, address in addresses(app, things):
        sent = {"data": hidden, "headers": somebody.origin} if method == "POST" else {}
        status = somebody.client.open(address, method=method, buffered=True, **sent).status_code
        if status not in expected(endpoint, method, named, person):
            wrong.append((method, address, status))
    assert not wrong


def test_whoever_is_not_signed_in_gets_nowhere(app, browser, things):
    nobody = browser()
    for _, method, _, address in addresses(app, things):
        sent = {"data": nobody.hidden("/login"), "headers": nobody.origin} if method == "POST" else {}
        response = nobody.client.open(address, method=method, **sent)
        assert response.status_code == (303 if method == "GET" else 401), (method, address)
