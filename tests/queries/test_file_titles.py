"""Designers know files by what they say of themselves."""

import pytest

from queries.studio.file_titles import file_title
from reference.flow_files import BPMN


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("xt_cannot/xt_handle.bpmn", "承办单位办理"),
        ("xt_cannot/d01_scope.dmn", "D-01 受理范围与分流（湘潭县）"),
        ("xt_cannot/F-XT-1.handle.form.json", "工作表：办理结果"),
    ],
)
def test_a_file_goes_by_its_title(file, title):
    path = BPMN / file
    assert file_title(path.name, path.read_bytes()) == title


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.bpmn", b"<broken"),
        ("a.dmn", b"<a/>"),
        ("a.form.json", b"[]"),
        ("a.form.json", b"{"),
        ("a.form.json", b"[" * 100_000),
    ],
)
def test_one_that_cannot_be_read_goes_by_its_own_name(name, content):
    assert file_title(name, content) == name
