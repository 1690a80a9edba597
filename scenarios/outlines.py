"""How much a feature file comes to once the examples of its outlines (场景大纲) are put in, before they are:
a short text can say “each of these steps with each of these examples”, or have what is put in grow by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.mistakes import Mistake

MOST_STEPS = 2_000  # of a file, each as often as it has examples
MOST_LETTERS = 2_000_000  # that are looked through for the columns of its examples, each tag one of them
MOST_COLUMNS = 50
#: Gherkin takes the name of a column as a pattern.
SIGNS = frozenset(r".^$*+?{}[]\|()")


@dataclass(frozen=True)
class Weight:
    """Of one scenario with its background: of all its examples together."""

    line: int
    steps: int
    letters: int


def too_much(document: Any) -> list[Mistake]:
    """Why what Gherkin's parser made of a text is not to be compiled; at most one of a scenario."""
    feature = document.get("feature") or {"children": []}
    return [*(mistake for table in _tables(feature) for mistake in _unfit(table)), *_overweight(feature)]


def _overweight(feature: Any) -> Iterator[Mistake]:
    """One, where the file becomes too big."""
    steps = letters = 0
    for each in _weights(feature, [], 0):
        steps, letters = steps + each.steps, letters + each.letters
        if steps > MOST_STEPS:
            yield Mistake(each.line, f"到这个场景为止，连同例子已有 {steps} 步，一个文件最多 {MOST_STEPS} 步。")
            return
        if letters > MOST_LETTERS:
            yield Mistake(each.line, "填入例子以后太长了，请少写一些例子，或者把文件拆开。")
            return


def _weights(parent: Any, before: Sequence[Any], tags: int) -> Iterator[Weight]:
    """Of every scenario of a feature or a rule; `before` and `tags`: steps and tags that all of them have."""
    before, tags = list(before), tags + len(parent.get("tags", []))
    for child in parent["children"]:
        if "background" in child:
            before += child["background"]["steps"]
        elif "rule" in child:
            yield from _weights(child["rule"], before, tags)
        else:
            yield _weight(child["scenario"], before, tags)


def _weight(scenario: Any, before: Sequence[Any], tags: int) -> Weight:
    steps = [*before, *scenario["steps"]]
    tables = scenario["examples"]
    times = max(sum(len(each["tableBody"]) for each in tables), 1)  # without examples it is read as it stands
    texts = [scenario["name"], *(text for step in steps for text in _texts(step))]
    letters = sum(_letters(each, texts) for each in tables)
    tags += len(scenario["tags"]) + sum(len(each["tags"]) for each in tables)
    return Weight(scenario["location"]["line"], times * len(steps), letters + times * tags)


def _letters(table: Any, texts: Sequence[str]) -> int:
    """That are read while this table's examples are put in: each row, column by column, with what it puts in."""
    rows = _rows(table)
    longest = max((len(cell) for row in rows[1:] for cell in row), default=0)
    once = sum(1 + len(text) + text.count("<") * longest for text in texts)
    return once * len(rows[1:]) * (len(rows[0]) if rows else 0)


def _texts(step: Any) -> Iterator[str]:
    yield step["text"]
    yield from (cell["value"] for row in step.get("dataTable", {}).get("rows", []) for cell in row["cells"])
    said = step.get("docString", {})
    yield said.get("content", "") + said.get("mediaType", "")


def _tables(parent: Any) -> Iterator[Any]:
    """All examples of a feature or a rule."""
    for child in parent["children"]:
        yield from _tables(child["rule"]) if "rule" in child else child.get("scenario", {}).get("examples", [])


def _unfit(table: Any) -> Iterator[Mistake]:
    """Columns that are no plain words, and values that would themselves be filled in."""
    rows = _rows(table)
    names = rows[0] if rows else []
    line = table["location"]["line"]
    if len(names) > MOST_COLUMNS:
        yield Mistake(line, f"例子最多 {MOST_COLUMNS} 列。")
    elif odd := next((name for name in names if SIGNS.intersection(name)), None):
        yield Mistake(line, f"例子的列名“{odd}”里不能有 {' '.join(sorted(SIGNS))}。")
    elif again := next((cell for row in rows[1:] for cell in row if "<" in cell and ">" in cell), None):
        yield Mistake(line, f"例子的值里不能再写 <列名>：{again[:20]}")


def _rows(table: Any) -> list[list[str]]:
    """The names of the columns first."""
    lines = [table["tableHeader"], *table["tableBody"]] if "tableHeader" in table else []
    return [[cell["value"] for cell in line["cells"]] for line in lines]
