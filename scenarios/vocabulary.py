"""The steps a designer may write. Each is a plain function registered with the sentence it answers to.

@step("过了 {数} 个工作日", example="过了 3 个工作日")
def workdays_pass(world: World, days: int) -> None:
    \"\"\"时钟向前走若干个工作日，其间到期的时限依次触发。\"\"\"
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scenarios.failures import NotUnderstood, listed
from scenarios.features import Table
from scenarios.moments import MOMENT
from scenarios.placeholders import PLACEHOLDERS
from scenarios.world import World

#: In the order of the handbook.
CHAPTERS = ("时间", "准备", "办理", "结果")


@dataclass(frozen=True)
class Sentence:
    """One step of the vocabulary. `table` says what its table holds; "" when it has none."""

    text: str
    chapter: str
    example: str
    table: str
    function: Callable[..., None]
    pattern: re.Pattern[str]
    placeholders: tuple[str, ...]

    @property
    def description(self) -> str:
        return inspect.getdoc(self.function) or ""


@dataclass(frozen=True)
class Call:
    """A sentence with what stood in its gaps."""

    sentence: Sentence
    words: tuple[str, ...]

    def run(self, world: World, table: Table) -> None:
        gaps = zip(self.sentence.placeholders, self.words, strict=True)
        arguments = [PLACEHOLDERS[name].read(world, word) for name, word in gaps]
        self.sentence.function(world, *arguments, **({"table": table} if self.sentence.table else {}))


sentences: list[Sentence] = []


def by_chapter() -> dict[str, list[Sentence]]:
    """All of them, in the order of the handbook."""
    return {chapter: [each for each in sentences if each.chapter == chapter] for chapter in CHAPTERS}


def step(text: str, *, chapter: str, example: str, table: str = "") -> Callable[[Callable[..., None]], Any]:
    """Register a function for a sentence. Its docstring is what the handbook says about it."""
    assert chapter in CHAPTERS

    def register(function: Callable[..., None]) -> Callable[..., None]:
        names = tuple(re.findall(r"\{(.+?)\}", text))
        sentences.append(Sentence(text, chapter, example, table, function, _pattern(text), names))
        return function

    return register


def split_moment(text: str) -> tuple[str, str]:
    """A step may begin with the moment it happens at: 2026-03-16 14:00 县自然资源局联络员完成“签收”."""
    match = re.fullmatch(rf"({MOMENT})[ ，](.+)", text.strip(), re.DOTALL)
    return (match[1], match[2]) if match else ("", text)


def find(text: str, has_table: bool) -> Call:
    """The sentence a step's text is. Raises NotUnderstood when there is none, or more than one."""
    text = text.strip().removesuffix("：").removesuffix(":").strip()
    found = [Call(each, match.groups()) for each in sentences if (match := each.pattern.fullmatch(text))]
    if not found:
        raise NotUnderstood(f"词汇表里没有这样的步骤。相近的写法：{listed(_alike(text))}")
    if len(found) > 1:
        raise NotUnderstood(f"这一步有歧义：{listed(call.sentence.text for call in found)}")
    if has_table and not found[0].sentence.table:
        raise NotUnderstood(f"“{found[0].sentence.text}”后面不能跟表格。")
    return found[0]


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"\{(.+?)\}", text)
    words = [f"({PLACEHOLDERS[part].pattern})" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
    return re.compile("".join(words).replace(r"\ ", r"\s*"))


def _alike(text: str) -> list[str]:
    """The three sentences that share most words with the text."""
    grams = {text[i : i + 2] for i in range(len(text) - 1)}
    score = {s.text: sum(s.text[i : i + 2] in grams for i in range(len(s.text) - 1)) for s in sentences}
    return [f"「{each}」" for each in sorted(score, key=lambda each: -score[each])[:3]]
