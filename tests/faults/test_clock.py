"""P9: the database's clock is the only clock."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Timer, now, session
from tests.faults.conftest import CASES
from tests.faults.flow import turn_clock
from tests.faults.invariants import violations

ROOT = Path(__file__).parent.parent.parent
PRODUCT = [
    "models", "worktime", "handlers", "engine", "reference", "operations", "queries", "scenarios", "web", "commands",
]  # fmt: skip
NODE_CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
    ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("time", "ctime"), ("func", "now"),
}  # fmt: skip
#: How long somebody has been signed in is counted on the node that signed them in.
MAY = {"web/login.py"}


@pytest.mark.parametrize("seconds", [-60, 3600])
def test_a_node_whose_clock_is_wrong_moves_what_is_due_and_nothing_else(url, county, sent, seconds):
    due = session.scalar(select(func.max(Timer.due_at)))
    turn_clock(int((due - now()).total_seconds()) + (30 if seconds < 0 else -1800))
    node = [sys.executable, "-W", "ignore", "-m", "tests.faults.wrong_clock"]
    subprocess.run([*node, str(seconds), url, str(sent)], cwd=ROOT, check=True)
    if seconds < 0:
        assert violations(sent, cases=CASES) == []
    else:
        assert session.scalar(select(func.count()).select_from(Timer)) == CASES


def test_no_part_of_the_product_asks_the_node_what_time_it_is():
    assert {place for room in PRODUCT for path in (ROOT / room).rglob("*.py") for place in asked(path)} == MAY


def asked(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and (_owner(node.value), node.attr) in NODE_CLOCKS:
            yield str(path.relative_to(ROOT))


def _owner(node: ast.expr) -> str:
    """The last name before the dot: `datetime` in `datetime.datetime.now`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
