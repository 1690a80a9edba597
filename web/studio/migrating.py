"""Migrate running cases: which may, the mapping, a few first, then all, and back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AppError, NotAllowed, NotFound
from models.migration import BACK, FAILED, MIGRATED
from operations.studio.migrating import Order
from operations.studio.migration_jobs import start_back, start_migration, turn_migration
from queries.studio.migration.jobs import cases_of_group, job_page
from queries.studio.migration.page import LET_GO, MigrationPage, migration_page
from web.access import may_open
from web.login import me

bp = Blueprint("migrating", __name__, url_prefix="/studio/flows/<flow>/migrate")
JOB = "/jobs/<int(max=2147483647):job_id>"
#: Before the id of an element, the name of the field in which its successor is chosen.
FIELD = "to:"
KLASSES = {"safe": "可以迁移", "mapping": "要指定对应环节", "blocked": "不能迁移"}
STATES = {"waiting": "正在进行", "paused": "已暂停", "done": "做完了", "failed": "出错停下", "stopped": "已停止"}
OUTCOMES = {MIGRATED: "已迁移", FAILED: "没有迁移", BACK: "已退回"}


def on_the_page(act: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """What is refused stands on the page itself, with all that was chosen and typed."""

    @wraps(act)
    def answer(flow: str, **more: Any) -> ResponseReturnValue:
        try:
            return act(flow, **more)
        except (NotFound, NotAllowed):
            raise
        except AppError as error:
            return _page(flow, str(error)), 422

    return answer


@bp.get("")
def index(flow: str) -> ResponseReturnValue:
    return _page(flow)


@bp.get("/cases/<group>")
def cases(flow: str, group: str) -> ResponseReturnValue:
    page = cases_of_group(flow, me(), _order(), group, request.args.get("after"))
    return render_template("studio/migration_cases.html", flow=flow, group=group, page=page, chosen=request.args)


@bp.post("")
@on_the_page
def start(flow: str) -> ResponseReturnValue:
    only = request.form.get("only", 0, type=int) if "canary" in request.form else None
    job = start_migration(flow, _order(), only=only, by=me())
    return redirect(url_for(".job", flow=flow, job_id=job.id), 303)


@bp.get(JOB)
def job(flow: str, job_id: int) -> ResponseReturnValue:
    every = "all" in request.args
    line, page = job_page(flow, job_id, me(), request.args.get("after"), every=every)
    return render_template(
        "studio/migration_job.html", flow=flow, job=line, page=page, every=every, states=STATES, outcomes=OUTCOMES
    )


@bp.get(f"{JOB}/now")
def now(flow: str, job_id: int) -> ResponseReturnValue:
    line, _ = job_page(flow, job_id, me())
    return jsonify(done=line.done, total=line.total, words=STATES[line.state], goes_on=line.state == "waiting")


@bp.post(f"{JOB}/back")
@on_the_page
def back(flow: str, job_id: int) -> ResponseReturnValue:
    started = start_back(flow, job_id, request.form.get("reason", ""), by=me())
    return redirect(url_for(".job", flow=flow, job_id=started.id), 303)


@bp.post(f"{JOB}/<how>")
def turn(flow: str, job_id: int, how: str) -> ResponseReturnValue:
    turn_migration(flow, job_id, how, by=me())
    flash({"pause": "已暂停。", "resume": "接着做。", "stop": "已停止，做完的不变。"}[how])
    return redirect(url_for(".job", flow=flow, job_id=job_id), 303)


def _order() -> Order:
    """Of the versions and successors that were chosen."""
    chosen = request.values
    return Order.of(chosen.get("old", 0, int), chosen.get("new", 0, int), _mapping(), chosen.get("reason", ""))


def _mapping() -> dict[str, str]:
    """What stays under its own name is no mapping."""
    chosen = {name.removeprefix(FIELD): value for name, value in request.values.items() if name.startswith(FIELD)}
    return {old: "" if new == LET_GO else new for old, new in chosen.items() if new not in ("", old)}


def _page(flow: str, problem: str = "") -> str:
    values = request.values
    found = migration_page(flow, me(), values.get("old", type=int), values.get("new", type=int), _mapping())
    return render_template(
        "studio/migrate.html",
        page=found,
        klasses=KLASSES,
        states=STATES,
        field=FIELD,
        mapping=_mapping(),
        problem=problem,
        typed=values.get("reason", ""),
        drawn=_drawn(found) if found.old else None,
    )


def _drawn(page: MigrationPage) -> dict[str, Any]:
    """What the script paints: both drawings of each process, and how many cases stand where."""
    drawing = "flows.whole" if may_open("flows.whole") else "flows.diagram"

    def address(version: int, process: str) -> str:
        return url_for(drawing, definition_id=version, process=process)

    assert page.old is not None
    return {
        "pairs": [
            {
                "old": address(page.old.id, each.process) if each.old else None,
                "new": address(page.new.id, each.process) if each.new else None,
            }
            for each in page.drawings
        ],
        "standing": dict(page.standing),
        "arriving": dict(page.arriving),
    }
