"""Names as designers break them over lines on a diagram: 登记工作表 建立台账 is 登记工作表建立台账."""

from collections.abc import Iterable
from functools import lru_cache

from engine import Element

SUPPLEMENT = "补充材料"  # the button that is drawn on no diagram: every reporter has it


@lru_cache(maxsize=8192)  # a step is held to every name on the diagrams
def plain(name: str) -> str:
    return "".join(name.split())


def find_called(elements: Iterable[Element], name: str) -> list[str]:
    """Ids of the elements with this id or name."""
    return [each.id for each in elements if name == each.id or plain(name) == plain(each.name)]
