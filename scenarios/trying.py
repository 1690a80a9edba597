"""The ticker's share of trying a draft: its scenarios are played in a process of their own, which moves its own clock
and has its own database, and what they answer is kept one by one.
"""

import base64
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from errors import AppError
from models import FlowDraft, Job, session
from operations.studio.trials import VERSION, begin_trial, keep_outcome, keep_walked
from reference import definitions
from reference.flow_drafts import draft_files
from scenarios.child import Child
from scenarios.surroundings import surroundings_here

AT_A_TIME = 60.0  # seconds; then the process ends and the next piece begins another one, within the job's lease
LONGEST = 120.0  # seconds for one scenario, or to deploy the draft: of the clock, the machine may be busy


class DraftMoved(AppError):
    """试跑途中草稿又改了，请重新运行。"""


class Unplayable(AppError):
    """草稿还不能试跑。"""


def play_some(job: Job, command: Sequence[str], longest: float = LONGEST) -> bool:
    """The next scenarios of a trial, for about a minute (a piece of the job). Returns whether they were the last.

    `command` starts the process: it reads a request from stdin and writes a line of JSON an answer, see
    scenarios/trial.py. `longest`: seconds it may take for one. Raises DraftMoved, TrialBroken, Unplayable.
    """
    request, started, done = _request(job), time.monotonic(), job.done
    keep = keep_walked if job.kind == VERSION else keep_outcome
    session.rollback()  # nothing is kept waiting while they are played
    with Child(command, longest) as child:
        answers = child.ask(request)
        first = next(answers)
        if "problem" in first:
            raise Unplayable(f"草稿还不能试跑：{first['problem']}")
        plan = first["plan"]
        begin_trial(job.id, len(plan), first["drawn"])
        while done < len(plan):
            child.about = f"“{plan[done][2]}”"
            if not keep(job.id, next(answers)):
                return False
            done += 1
            if time.monotonic() - started > AT_A_TIME:
                break
    return done == len(plan)


def _request(job: Job) -> dict[str, Any]:
    if job.kind == VERSION:
        return _asked(job, definitions.all_files(job.asked["definition"]), {})
    draft = session.get_one(FlowDraft, int(job.subject.partition(":")[2]), populate_existing=True)
    if draft.revision != job.asked["revision"]:
        raise DraftMoved
    return _asked(job, draft_files(draft), {row.key: row.value for row in draft.values})


def _asked(job: Job, files: Mapping[str, bytes], values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "files": {name: base64.b64encode(content).decode() for name, content in files.items()},
        "around": asdict(surroundings_here(values)),
        "skip": job.done,
        "only": [job.asked["file"], job.asked["line"]] if "file" in job.asked else None,
    }
