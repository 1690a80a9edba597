"""The catalogue a designer picks from."""

from datetime import datetime
from typing import Annotated

import pytest

import handlers
from config import ZONE
from errors import AppError, UnknownHandler
from handlers.periods import UnknownCycle, last_period
from handlers.registry import handler


def test_every_handler_has_a_chinese_name_a_description_and_labelled_parameters():
    for info in handlers.catalogue().values():
        words = [info.name, info.description, *(parameter.label for parameter in info.parameters)]
        assert all(any("一" <= character <= "鿿" for character in text) for text in words), info.key


def test_the_first_set_is_complete():
    assert {
        "case.number",
        "case.dispatch",
        "notify.post",
        "notify.reporter",
        "urge.raise",
        "supervision.raise",
        "clue.raise",
        "case.transfer_out",
        "case.archive",
        "case.close",
    } <= handlers.catalogue().keys()


def test_an_unknown_handler_is_refused_by_name():
    with pytest.raises(UnknownHandler, match=r"case\.vanish"):
        handlers.call("case.vanish", {}, None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [({}, "缺少参数“方案代号”"), ({"scheme": "XT", "x": 1}, "没有参数“x”"), ({"scheme": 5}, "“方案代号”类型不对")],
)
def test_wrong_arguments_are_refused_in_the_designers_words(arguments, words):
    with pytest.raises(AppError, match=words):
        handlers.call("case.number", arguments, None)


def test_two_handlers_cannot_share_a_name():
    def again(case: object, scheme: Annotated[str, "方案代号"]) -> dict:
        """再来一个。"""
        return {}

    with pytest.raises(ValueError, match="two handlers"):
        handler("case.number", name="编号")(again)


@pytest.mark.parametrize(
    ("now", "cycle", "start", "end"),
    [
        ((2026, 1, 5), "monthly", (2025, 12, 1), (2026, 1, 1)),
        ((2026, 3, 31), "monthly", (2026, 2, 1), (2026, 3, 1)),
        ((2026, 4, 1), "quarterly", (2026, 1, 1), (2026, 4, 1)),
        ((2026, 7, 9), "yearly", (2025, 1, 1), (2026, 1, 1)),
    ],
)
def test_a_report_covers_the_last_whole_period(now, cycle, start, end):  # XT-21
    period = last_period(datetime(*now, 9, tzinfo=ZONE), cycle)
    assert period == (datetime(*start, tzinfo=ZONE), datetime(*end, tzinfo=ZONE))


def test_an_unknown_cycle_is_refused():
    with pytest.raises(UnknownCycle):
        last_period(datetime(2026, 1, 1, tzinfo=ZONE), "fortnightly")
