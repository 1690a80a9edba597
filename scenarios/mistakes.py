"""What Gherkin cannot read of a feature file, in Chinese."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from errors import AppError

LANGUAGE = "# language: zh-CN"


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a line, counted from 1."""

    line: int
    words: str


class UnreadableFeature(AppError):
    """场景文件无法读取。"""

    def __init__(self, file: str, mistakes: Sequence[Mistake]):
        self.mistakes = mistakes
        super().__init__("\n".join(f"{file}:{each.line}: 不是有效的 Gherkin：{each.words}" for each in mistakes))


def in_chinese(error: Any) -> Mistake:
    """Of an error of Gherkin's parser, which speaks English."""
    return Mistake(error.location["line"], _words(str(error)))


def _words(text: str) -> str:
    if "inconsistent cell count" in text:
        return "表格各行的格数不一样。"
    if "Language not supported" in text:
        return f"第一行要写“{LANGUAGE}”。"
    if "unexpected end of file" in text:
        return "文件没有写完。"
    got = re.search(r", got '(.*)'$", text, re.DOTALL)
    if "#FeatureLine" in text:
        return f"这里应先写“{LANGUAGE}”，再写“功能: 名称”。"
    words = f"这里不能写“{got[1]}”。" if got else text
    return words + "每一步以假如、当、那么、而且、但是开头，后面空一格；表格的每行以 | 开头和结尾。"
