"""check() and counter_examples() in a process of their own, with limits on time and memory: a designer's file never
costs us ours.

As a program it reads a request from stdin and writes what was found to stdout.
"""

import base64
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # started by path and with -I, so that nothing else of the caller gets in

from engine.check import check, counter_examples  # noqa: E402
from engine.check.flow import Surroundings  # noqa: E402
from engine.soundness import Fault, Frame  # noqa: E402
from errors import Problem  # noqa: E402

COMPUTING = 7  # seconds
SECONDS = 30  # of the clock, for a machine so busy that computing takes its time: no flow is refused for that
MEMORY = 768 << 20
KEPT = 32  # answers, with what was asked: a folder is checked, then deployed, often into more than one database
LIMITS = {
    resource.RLIMIT_CPU: COMPUTING,
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_CORE: 0,
}
TOO_MUCH = "检查这个流程用的时间或内存太多，请简化流程（回路、并行分支、嵌套）。"


def check_isolated(key: str, files: Mapping[str, bytes], around: Surroundings) -> list[Problem]:
    """What check() finds. Never raises: a flow that is too much for the child is a problem too."""
    try:
        return [Problem(**found) for found in json.loads(_ask_child(_request("check", key, files, around)))]
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return [Problem("", TOO_MUCH)]


def counter_examples_isolated(key: str, files: Mapping[str, bytes], around: Surroundings) -> list[Fault]:
    """What counter_examples() finds; nothing of a flow that is too much for the child: check_isolated() says that."""
    try:
        found = json.loads(_ask_child(_request("counter_examples", key, files, around)))
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return []
    return [Fault(**{**each, "frames": tuple(Frame(**frame) for frame in each["frames"])}) for each in found]


def _request(what: str, key: str, files: Mapping[str, bytes], around: Surroundings) -> str:
    packed = {name: base64.b64encode(content).decode() for name, content in files.items()}
    asked = {"what": what, "key": key, "files": packed, "around": asdict(around)}
    return json.dumps(asked, default=sorted)  # JSON has no sets


@lru_cache(KEPT)
def _ask_child(request: str) -> bytes:
    """Raises TimeoutExpired, ValueError or OSError when there is no answer; then the next one asks again."""
    command = [sys.executable, "-I", "-W", "ignore", str(Path(__file__).resolve())]
    done = subprocess.run(
        command, input=request.encode(), capture_output=True, timeout=SECONDS, cwd="/", env={"LANG": "C.UTF-8"}
    )
    if done.returncode:
        raise ValueError(done.stderr[-500:])
    return done.stdout


def _answer(request: dict[str, Any]) -> list[dict[str, Any]]:
    files = {name: base64.b64decode(content) for name, content in request["files"].items()}
    asked = request["key"], files, Surroundings(**request["around"])
    found = check(*asked) if request["what"] == "check" else counter_examples(*asked)
    return [asdict(each) for each in found]


def _main() -> None:
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))
    request = json.load(sys.stdin.buffer)
    json.dump(_answer(request), sys.stdout)


if __name__ == "__main__":
    _main()
