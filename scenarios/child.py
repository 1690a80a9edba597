"""A process of its own in which cases are played, and what it answers line by line."""

import json
import logging
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Timer
from typing import Any

from errors import AppError

log = logging.getLogger(__name__)


class TrialBroken(AppError):
    """试跑中断：运行场景的进程被系统终止，可能用的内存或时间太多。请稍后重新运行。"""


class Child:
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

    def __enter__(self) -> "Child":
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
