"""The benchmarks run; how fast is for `make bench` to say."""

import pytest

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.results import Result, table


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_runs_with_tiny_sizes(name: str, capsys: pytest.CaptureFixture[str]):
    assert main([name, "--quick"]) == 0
    assert capsys.readouterr().out.startswith(name)


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(SystemExit):
        main(["nothing"])


def test_a_missed_target_is_marked_and_only_a_gate_counts():
    slow = Result("seconds", 3, "s", target=2)
    short = Result("ratio", 10, "×", target=20, at_least=True, gate=True)
    assert not slow.met
    assert not short.met
    assert "✗ gate" in table("t", [short])
    assert "gate" not in table("t", [slow])
