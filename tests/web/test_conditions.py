"""A condition hides the same fields in the browser as on the server."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.feel import compile_expression

FRONTEND = Path(__file__).parents[2] / "frontend"
SCRIPT = """
import { evaluate } from './src/form/condition.js';
const cases = JSON.parse(await new Response(process.stdin).text());
process.stdout.write(JSON.stringify(cases.map(({ tree, values }) => evaluate(tree, values))));
"""
SOURCES = [
    'level = "1"',
    'level != "1"',
    'not(level = "1" or level = "2")',
    'level = "1" and times > 2',
    "times >= 3",
    "times in [1..3]",
    "times in ]1..3[",
    'level in ("1", "3")',
    "secret = true",
    "not(secret)",
    "secret",
    "level = null",
    "times != null",
    'day < date("2026-02-14")',
    'at >= date and time("2026-02-14T00:00:00+08:00")',
    'at > date("2026-02-13")',
    "day = at",
    'level < "2"',
    "level > times",
    'units = ["a", "b"]',
    "units = null or units = []",
    "absent = null",
    "missing > 1",
]
VALUES = [
    {},
    {"level": "1", "times": 3, "secret": True, "day": "2026-02-13", "at": "2026-02-13T23:30", "units": ["a", "b"]},
    {"level": "2", "times": 1, "secret": False, "day": "2026-02-14", "at": "2026-02-14T00:00", "units": []},
    {"level": "3", "times": 2.5, "secret": None, "day": "not a day", "at": None, "units": ["b", "a"]},
]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_the_browser_and_the_server_agree_on_every_condition():
    asked = [(source, values) for source in SOURCES for values in VALUES]
    cases = [{"tree": compile_expression(source).tree(), "values": values} for source, values in asked]
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],
        input=json.dumps(cases),
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    here = [compile_expression(source).evaluate(values) for source, values in asked]
    pairs = zip(asked, here, json.loads(answer.stdout), strict=True)
    differing = [(one, server, browser) for one, server, browser in pairs if server != browser]
    assert differing == []
    assert {True, False, None} <= set(here)
