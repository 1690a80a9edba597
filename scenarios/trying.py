"""The ticker's share of trying a draft: its scenarios are played in a process of their own, which moves its own clock
and has its own database, and what they answer is kept one by one.
"""

import base64
import json
import logging
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from tempfile import TemporaryFile
from threading import Timer
from typing import Any

from errors import AppError
from models import FlowDraft, Job, session
from operations.studio.trials import begin_trial, keep_outcome
from reference.flow_drafts import draft_files
from scenarios.surroundings import surroundings_here

log = logging.getLogger(__name__)

AT_A_TIME = 60.0  # seconds; then the process ends and the next piece begins another one, within the job's lease
LONGEST = 120.0  # seconds for one scenario, or to deploy the draft: of the clock, the machine may be busy


class DraftMoved(AppError):
    """试跑途中草稿又改了，请重新运行。"""


class TrialBroken(AppError):
    """试跑中断：运行场景的进程被系统终止，可能用的内存或时间太多。请稍后重新运行。"""


class Unplayable(AppError):
    """草稿还不能试跑。"""


def play_some(job: Job, command: Sequence[str], longest: float = LONGEST) -> bool:
    """The next scenarios of a trial, for about a minute (a piece of the job). Returns whether they were the last.

    `command` starts the process: it reads a request from stdin and writes a line of JSON an answer, see
    scenarios/trial.py. `longest`: seconds it may take for one. Raises DraftMoved, TrialBroken, Unplayable.
    """
    request, started, done = _request(job), time.monotonic(), job.done
    session.rollback()  # nothing is kept waiting while they are played
    with _Child(command, longest) as child:
        answers = child.ask(request)
        first = next(answers)
        if "problem" in first:
            raise Unplayable(f"草稿还不能试跑：{first['problem']}")
        plan = first["plan"]
        begin_trial(job.id, len(plan), first["drawn"])
        while done < len(plan):
            child.about = f"“{plan[done][2]}”"
            if not keep_outcome(job.id, next(answers)):
                return False
            done += 1
            if time.monotonic() - started > AT_A_TIME:
                break
    return done == len(plan)


def _request(job: Job) -> dict[str, Any]:
    draft = session.get_one(FlowDraft, int(job.subject.partition(":")[2]), populate_existing=True)
    if draft.revision != job.asked["revision"]:
        raise DraftMoved
    return {
        "files": {name: base64.b64encode(content).decode() for name, content in draft_files(draft).items()},
        "around": asdict(surroundings_here({row.key: row.value for row in draft.values})),
        "skip": job.done,
        "only": [job.asked["file"], job.asked["line"]] if "file" in job.asked else None,
    }


class _Child:
    """The process, killed with all it has started when nobody asks it any more. `about`: what it is at."""

    def __init__(self, command: Sequence[str], longest: float):
        self.about, self._longest, self._late = "草稿的部署", longest, False
        self._errors = TemporaryFile()  # noqa: SIM115, closed with the process
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd="/",
            env={"LANG": "C.UTF-8"},
            start_new_session=True,
        )

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, *_: object) -> None:
        self._kill()
        with self._process, self._errors:
            pass  # waits for it, closes what was open

    def ask(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Its answers. Raises TrialBroken when one is missing."""
        assert self._process.stdin
        with suppress(BrokenPipeError), self._process.stdin as stdin:
            stdin.write(json.dumps(request).encode())
        while True:
            line = self._line()
            if not line.endswith(b"\n"):
                raise self._broken()
            yield json.loads(line)

    def _line(self) -> bytes:
        assert self._process.stdout
        watch = Timer(self._longest, self._stop_late)
        watch.start()
        try:
            return self._process.stdout.readline()
        finally:
            watch.cancel()

    def _broken(self) -> TrialBroken:
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - 4000))
        log.error("a trial ended: %s", self._errors.read().decode(errors="replace"))
        if self._late:
            return TrialBroken(
                f"试跑中断：{self.about}用的时间超过 {self._longest:.0f} 秒。请检查有没有走不出来的回路。"
            )
        return TrialBroken()

    def _stop_late(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
