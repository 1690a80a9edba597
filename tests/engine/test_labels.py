"""The name of an element as one reads it, however it is broken to fit its shape."""

import pytest

from engine.reading import read_processes
from tests.engine.diagrams import diagram, end, start, user


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("审核退回\n职责界定", "审核退回职责界定"),
        ("催办单 \n （CA-04）", "催办单（CA-04）"),
        ("下达督办\nN11 至 N13", "下达督办N11 至 N13"),
        ("Sign\noff", "Sign off"),
        (" 办理\n", "办理"),
    ],
)
def test_a_label_of_two_lines_is_one_name_without_a_stray_blank(drawn, read):
    flow = diagram("small", start(), user("A", name=drawn), end("e"), flows="start A e")
    assert read_processes({"small.bpmn": flow})["small"].nodes["A"].element.name == read
