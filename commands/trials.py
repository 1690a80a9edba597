"""Try the scenarios of a draft, or play real cases again: what the ticker does of it, and, as a program, the process
they are played in.

As a program it reads a request from stdin and writes each answer to stdout as a line of JSON. With the word "cases" it
plays cases, else scenarios.
"""

import json
import os
import resource
import sys
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # started by path and with -I, as engine/sandbox.py

from commands.scenarios import open_database
from operations.studio.jobs import piece
from operations.studio.trials import ALL, ONE, VERSION
from operations.studio.whatif import KIND
from scenarios import trial
from scenarios.trying import play_some
from scenarios.whatif import trial as cases
from scenarios.whatif.running import play_cases

COMMAND = (sys.executable, "-I", "-W", "ignore", str(Path(__file__).resolve()))
CASES = "cases"
LIMITS = {
    resource.RLIMIT_CPU: 240,  # seconds, of many scenarios one after the other
    resource.RLIMIT_AS: 2 << 30,
    resource.RLIMIT_FSIZE: 64 << 20,  # the papers and attachments of a scenario
    resource.RLIMIT_NOFILE: 256,
    resource.RLIMIT_CORE: 0,
}


def register() -> None:
    """From now on this process's ticker does such jobs."""
    for kind in (ALL, ONE, VERSION):
        piece(kind, played=True)(partial(play_some, command=COMMAND))
    piece(KIND, played=True)(partial(play_cases, command=(*COMMAND, CASES)))


def _main() -> None:
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what anything prints is no answer
    answers = cases.answers if CASES in sys.argv else trial.answers
    for answer in answers(json.load(sys.stdin.buffer), open_database):
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()


if __name__ == "__main__":
    _main()
