"""Play real cases again: each twice, as it was and as is asked, in a process of its own that begins with a county."""

from pathlib import Path

from sqlalchemy import select

from benchmarks.county import MORNING, county
from benchmarks.measure import Times
from benchmarks.options import Options
from benchmarks.results import Result
from commands.trials import register
from models import User, session, virtual_clock
from operations.house.folders import deploy_folder
from operations.studio.whatif import start_what_if
from operations.ticking.jobs import play_jobs
from reference.people import identity_of
from tests.scenarios.finished import XT, finish


def whatif(options: Options, folder: Path) -> list[Result]:
    """Finished cases of 湘潭, each handled a day after it was signed, with three working days for five."""
    number = options.size(60, 1)
    with county("sqlite", folder), virtual_clock(MORNING) as clock:
        deploy_folder(XT)
        finish(clock, {f"第 {place} 件": "2026-03-10 10:00" for place in range(number)})
        register()
        manager = identity_of(session.scalars(select(User).where(User.username == "liucheng")).one())
        job, times = start_what_if("xt_cannot", None, {"xt.handle_days.general": 3}, 92, by=manager), Times()
        while job.state == "waiting":
            times.add(play_jobs)
            session.refresh(job)
        assert (job.state, job.done) == ("done", number), job.problem
    seconds = sum(times.wall) / 1e3
    note = f"{number} cases in {seconds:.0f} s, with the start of the process"
    return [Result("cases played again, each twice", number / seconds, "/s", note=note)]
