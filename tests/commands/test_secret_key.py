"""The key of an installation, made at its first start."""

import stat
from concurrent.futures import ThreadPoolExecutor

import app


def test_all_that_start_together_keep_one_key_and_nothing_else_lies_about(tmp_path):
    path = tmp_path / "instance" / "secret_key"
    with ThreadPoolExecutor(16) as starting:
        keys = set(starting.map(lambda _: app._kept_secret(path), range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [each.name for each in path.parent.iterdir()] == ["secret_key"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_second_of_two_that_found_none_reads_what_the_first_wrote(tmp_path):
    path = tmp_path / "secret_key"
    app._keep_first(path, "first")
    app._keep_first(path, "second")
    assert app._kept_secret(path) == "first"
