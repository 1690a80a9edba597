"""What a JSON column is told comes back as it was."""

import json

import pytest

from models.as_json import as_json

BEYOND_64_BITS = 10**20


@pytest.mark.parametrize(
    "value", [{"意见": "办结", "n": [1, 2.5, None, True]}, BEYOND_64_BITS, {"half": "\ud83d"}, {7: 1}]
)
def test_it_says_what_python_would_say(value):
    assert json.loads(as_json(value)) == json.loads(json.dumps(value))


def test_chinese_is_written_as_it_is():
    assert as_json(["办结"]) == '["办结"]'


def test_what_json_has_not_is_refused():
    with pytest.raises(TypeError):
        as_json({"unit": {"housing"}})
