"""Phrases (常用语): kept here, put into the text fields of forms by a click (frontend/src/form/phrases.js)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidForm
from operations.acts.phrases import FORM, OWN, add_phrase, delete_phrase, whose_lists
from queries.receiving.phrases import phrases
from web.login import me
from web.typed import read_values

bp = Blueprint("phrases", __name__, url_prefix="/phrases")


@bp.get("")
def index() -> ResponseReturnValue:
    return _page({"whose": OWN})


@bp.post("")
def add() -> ResponseReturnValue:
    values = read_values()
    try:
        add_phrase(values, by=me())
    except InvalidForm as error:
        return _page(values, error.problems), 422
    flash("常用语已存，填表时点“常用语”就能选用。")
    return redirect(url_for(".index"), 303)


@bp.post("/<int(max=2147483647):phrase_id>/delete")
def delete(phrase_id: int) -> ResponseReturnValue:
    delete_phrase(phrase_id, by=me())
    flash("常用语已删除。")
    return redirect(url_for(".index"), 303)


def _page(values: dict[str, Any], problems: dict[str, str] | None = None) -> str:
    shown = {"values": values, "problems": problems or {}, "form": FORM, "lists": whose_lists(me())}
    units = {post.unit: post.unit_name for post in me().posts}
    return render_template("phrases.html", phrases=phrases(me()), units=units, **shown)
