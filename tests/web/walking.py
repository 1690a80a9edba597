"""A story in the words of docs/scenarios.md, whose forms people fill in and send in a real browser."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from models import Case, Identity, session
from models.clock import VirtualClock
from operations.house.folders import BPMN
from queries.receiving.intake import registration_page
from scenarios import runner
from scenarios.features import Scenario, Step, folder_background, read_feature
from scenarios.moments import read_moment
from scenarios.names import find_called
from scenarios.open_tasks import action_of, task_of, task_values
from scenarios.passing import pass_until
from scenarios.people import read_person
from scenarios.values import REGISTERING, form_values
from scenarios.vocabulary import split_moment
from scenarios.world import World

#: What a person does at the screen: the post, the verb, the name of a flow, a task or a button.
ACTS = re.compile(r"(?P<post>[^“]+)(?P<verb>登记|完成|提出)“(?P<name>.+)”：?")
SEND = ".send .btn-primary"


class Walk:
    """One story of a flow, begun at the clock's moment; its application context is entered."""

    def __init__(self, app: Flask, open_page: Callable[..., Page], clock: VirtualClock, flow: str, folder: Path):
        self._open_page, self._folder, self._pages = open_page, folder, dict[str, Page]()
        self.world = World(clock, clock.now)
        background = folder_background(BPMN / flow / "scenarios" / "story.feature")
        runner.play(Scenario(folder, 0, "", "", (), background), self.world)

    def happens(self, story: str) -> None:
        """Play it on the operations, as any scenario: what leads to the story."""
        runner.play(self._read(story), self.world)

    def goes(self, story: str) -> None:
        """Play it with people at the screen; moments pass and what came of it is looked at as in any scenario."""
        for step in self._read(story).steps:
            moment, text = split_moment(step.text)
            if not (act := ACTS.fullmatch(text)):
                runner.play(Scenario(step.path, step.line, "", "", (), (step,)), self.world)
                continue
            session.rollback()
            if moment:
                pass_until(self.world, read_moment(self.world, moment))
            getattr(self, VERBS[act["verb"]])(read_person(act["post"]), act["name"], step)
            session.rollback()

    def page_of(self, username: str) -> Page:
        """Each person has one page."""
        if username not in self._pages:
            self._pages[username] = self._open_page(username)
        return self._pages[username]

    def case_page(self, username: str) -> Page:
        page = self.page_of(username)
        page.goto(f"/cases/{self.world.case().id}")
        return page

    def task(self, post: str, name: str) -> Page:
        """The page of a task, opened by who holds this post."""
        by = read_person(post)
        return self.open_task(by, task_of(self.world, by, name).id)

    def turn_to(self, number: str) -> None:
        """From here on the story is about the case of this number."""
        session.rollback()
        self.world.turn_to(session.scalars(select(Case).where(Case.case_no == number)).one())

    @property
    def complaints(self) -> list[str]:
        """What any of the browsers complained about."""
        return [each for page in self._pages.values() for each in page.complaints]  # type: ignore[attr-defined]

    def register(self, by: Identity, flow: str, step: Step) -> None:
        shown = registration_page(flow, by)
        values = form_values(self.world, shown.form, [REGISTERING, flow], step.table, known=shown.values, by=by)
        page = self.page_of(by.username)
        page.goto(f"/register/{flow}")
        fill(page, values)
        send(page)
        page.wait_for_url("**/cases/*")
        session.rollback()
        self.world.turn_to(session.get_one(Case, int(page.url.rsplit("/", 1)[1])))

    def complete(self, by: Identity, name: str, step: Step) -> None:
        task = task_of(self.world, by, name)
        page = self.open_task(by, task.id)
        fill(page, task_values(self.world, by, task, step.table))
        send(page)

    def ask(self, by: Identity, name: str, step: Step) -> None:
        task, action = action_of(self.world, by, name)
        names = [action.name, *find_called(self.world.definition().elements.values(), action.name)]
        page = self.open_task(by, task.id)
        page.click(f".other >> text={action.name}")
        fill(page, form_values(self.world, action.form, names, step.table, known={}, by=by))
        send(page)

    def open_task(self, by: Identity, task_id: str) -> Page:
        """From the inbox, where it must stand."""
        page = self.page_of(by.username)
        page.goto("/")
        page.click(f"a.title[href='/tasks/{task_id}']")
        return page

    def _read(self, story: str) -> Scenario:
        path = self._folder / "story.feature"
        path.write_text(f"# language: zh-CN\n功能: 走一遍\n  场景: 走一遍\n{story}", "utf-8")
        [scenario] = read_feature(path)
        return scenario


VERBS = {"登记": "register", "完成": "complete", "提出": "ask"}


def fill(page: Page, values: Mapping[str, Any]) -> None:
    """Type and choose what belongs into each field that stands open on the form."""
    for key, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            _fill_rows(page, key, value)
        else:
            _fill_field(page, key, value)


def _fill_rows(page: Page, key: str, rows: list[dict[str, Any]]) -> None:
    table = page.locator(f"fieldset[data-rows]#f-{key}")
    for number, row in enumerate(rows):
        if table.locator(".row-set").count() <= number:
            table.locator("[data-add]").click()
        for column, value in row.items():
            _fill_field(page, f"{key}[{number}][{column}]", value)


def _fill_field(page: Page, name: str, value: Any) -> None:
    for each in value if isinstance(value, list) else [value]:
        field = page.locator(f'[name="{name}"], [name="{name}[]"][value="{each}"]')
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            field = field.and_(page.locator(f'[value="{str(each).lower() if each is True else each}"]'))
        if not field.count() or not field.is_visible() or field.is_disabled():
            continue
        kind = field.evaluate("(one) => one.type")
        if kind in ("radio", "checkbox"):
            field.check()
        elif kind == "select-one":
            field.select_option(str(each))
        else:
            field.fill(str(each).replace(" ", "T") if kind == "datetime-local" else str(each))


def send(page: Page) -> None:
    """Hand the form in. Raises AssertionError with what the page says where it is not taken."""
    page.click(SEND)
    page.wait_for_load_state()
    refused = page.locator("#problems")
    assert not refused.count(), refused.inner_text()
