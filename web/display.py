"""How templates show things: moments, days, and what every page needs around it."""

from datetime import datetime
from typing import Any

from flask import Flask, current_app, g

from config import ZONE
from queries.house.clock import local_now
from queries.lights import ends_within_day
from reference.clauses import clauses
from web.login import somebody_is_signed_in

WEEKDAYS = "一二三四五六日"


def register(app: Flask) -> None:
    app.add_template_filter(moment)
    app.add_template_filter(day)
    app.add_template_filter(due_day)
    app.add_template_filter(clause_in_words)
    app.add_template_filter(document_of)
    app.context_processor(_around)


def moment(at: datetime | None) -> str:
    """2026-02-13 09:30, on the county's clock."""
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}" if at else ""


def due_day(at: datetime) -> str:
    """2026-02-27（周五）, with the hour where the limit ends within the day (C-03)."""
    return f"{day(at)} {at.astimezone(ZONE):%H:%M}" if ends_within_day(at) else day(at)


def day(at: datetime | None) -> str:
    """2026-02-27（周五）"""
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    return f"{local:%Y-%m-%d}（周{WEEKDAYS[local.weekday()]}）"


def clause_in_words(id_: str) -> str:
    """一般5个工作日、复杂10个工作日内解决, for XT-12; empty when no document says it."""
    found = clauses().get(id_)
    return found.short if found else ""


def document_of(id_: str) -> str | None:
    """XT, for XT-12."""
    found = clauses().get(id_)
    return found.document if found else None


def _around() -> dict[str, Any]:
    """For the frame: whether somebody is signed in, and the clock of a demonstration."""
    demo = current_app.config["DEMO"]
    signed_in = "storage_away" not in g and somebody_is_signed_in()
    return {"demo": demo, "signed_in": signed_in, "clock_now": local_now() if demo and signed_in else None}
