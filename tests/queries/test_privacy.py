"""What a reader sees of a reporter (S-04, C-09)."""

import pytest

from queries.privacy import mask


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("name", "王小明", "王某某"),
        ("name", "某继承人", "某继承人"),
        ("phone", "13812340000", "138****0000"),
        ("phone", "138-1234-0000", "138****0000"),
        ("phone", "0731-57881234", "073*****1234"),
        ("phone", "12345", "****"),
        ("identity", "430321199001011234", "430321********1234"),
        ("identity", "43032119900101123X", "430321********123X"),
        ("address", "云泉乡青山村3组12号", "云泉乡…"),
        ("address", "莲城大道88号", "已遮盖"),
        ("", "请回电 138 1234 0000，2026-03-05 前", "请回电 138****0000，2026-03-05 前"),
        ("", "2026-03-12 09:00 开会", "2026-03-12 09:00 开会"),
        ("", "证号430321199001011234", "证号430321********1234"),
        ("", "面积相差11平方米", "面积相差11平方米"),
    ],
)
def test_personal_data_is_masked_by_what_it_is_and_numbers_wherever_they_stand(kind, text, shown):
    assert mask(kind, text) == shown
