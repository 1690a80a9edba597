"""`flask clock`: the ticker in a process of its own."""

import click
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask, current_app
from flask.cli import with_appcontext

from operations.clock import tick


@click.command(help="到期处理和消息发送（单独进程）。")
@with_appcontext
def clock() -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _ticking(BlockingScheduler(timezone="UTC"), app).start()


def start_in_background(app: Flask) -> None:
    """Tick inside the web process. Another process that ticks as well does no harm (P4)."""
    _ticking(BackgroundScheduler(timezone="UTC", daemon=True), app).start()


def _ticking(scheduler: BaseScheduler, app: Flask) -> BaseScheduler:
    """APScheduler is the ticker only: what is due is asked of our own tables."""

    def tick_in_context() -> None:
        with app.app_context():
            tick()

    seconds = int(app.config["TICK_SECONDS"])
    scheduler.add_job(tick_in_context, "interval", seconds=seconds, coalesce=True, max_instances=1)
    return scheduler
