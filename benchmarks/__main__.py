"""`python -m benchmarks`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.completions import completions, growth
from benchmarks.every_page import every_page
from benchmarks.inbox import inboxes
from benchmarks.migration import migration
from benchmarks.options import Options
from benchmarks.pages import pages
from benchmarks.results import Result, table
from benchmarks.search import searches
from benchmarks.sizes import sizes
from benchmarks.timers import timers
from benchmarks.whatif import whatif

#: What can be measured, in the order of the printed table.
BENCHMARKS: dict[str, Callable[[Options, Path], list[Result]]] = {
    "completions": completions,
    "growth": growth,
    "http": pages,
    "inbox": inboxes,
    "timers": timers,
    "migration": migration,
    "whatif": whatif,
    "search": searches,
    "pages": every_page,
    "sizes": sizes,
}


def main(arguments: list[str]) -> int:
    """Print what was asked for. 0 when every gate holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=sys.modules["benchmarks"].__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}; all without one")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: only see that everything runs")
    parser.add_argument("--large", action="store_true", help="a million rows where a hundred thousand are usual")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - BENCHMARKS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    options = Options(asked.quick, asked.large)
    results = [result for name in asked.names or BENCHMARKS for result in _run(name, options)]
    missed = [result for result in results if result.gate and not result.met]
    return 1 if missed and not options.quick else 0


def _run(name: str, options: Options) -> list[Result]:
    with TemporaryDirectory() as folder:
        results = BENCHMARKS[name](options, Path(folder))
    print(table(name, results), end="\n\n", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
