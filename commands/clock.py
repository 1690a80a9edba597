"""`flask clock`: the ticker in a process of its own."""

from collections.abc import Callable

import click
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask, current_app
from flask.cli import with_appcontext

from operations.ticking.clock import STEPS, run_step


@click.command(help="到期处理和消息发送（单独进程）。")
@with_appcontext
def clock() -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _ticking(BlockingScheduler(timezone="UTC"), app).start()


def start_in_background(app: Flask) -> None:
    """Tick inside the web process. Another one that ticks as well does no harm: each step sees to that (P4)."""
    _ticking(BackgroundScheduler(timezone="UTC", daemon=True), app).start()


def _ticking(scheduler: BaseScheduler, app: Flask) -> BaseScheduler:
    """APScheduler is the ticker only: what is due is asked of our own tables."""

    def in_context(step: Callable[[], int]) -> None:
        with app.app_context():
            run_step(step)

    seconds = int(app.config["TICK_SECONDS"])
    for step in STEPS:
        scheduler.add_job(in_context, "interval", (step,), seconds=seconds, coalesce=True, max_instances=1)
    return scheduler
