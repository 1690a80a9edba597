"""The vocabulary as a page for process designers: docs/scenarios.md is this text, and a test keeps it so."""

from pathlib import Path

from scenarios import steps
from scenarios.placeholders import PLACEHOLDERS
from scenarios.vocabulary import CHAPTERS, Sentence, sentences

assert steps  # importing them registers them

BEFORE = (Path(__file__).parent / "handbook.md").read_text(encoding="utf-8")

AFTER = """
---
本页由 `flask --app app scenario vocabulary` 从程序中的步骤生成，请勿手改。
"""


def handbook() -> str:
    chapters = "\n".join(f"\n## {chapter}\n\n{_rows(chapter)}" for chapter in CHAPTERS)
    gaps = "\n".join(f"| `{{{name}}}` | {each.meaning} |" for name, each in PLACEHOLDERS.items())
    return f"{BEFORE}{chapters}\n\n## 空格里写什么\n\n| 空格 | 写法 |\n|---|---|\n{gaps}\n{AFTER}"


def _rows(chapter: str) -> str:
    rows = [_row(sentence) for sentence in sentences if sentence.chapter == chapter]
    return "\n".join(["| 句子 | 意思 | 例 |", "|---|---|---|", *rows])


def _row(sentence: Sentence) -> str:
    colon = "：" if sentence.table else ""
    meaning = " ".join(sentence.description.split()) + sentence.table
    return f"| `{sentence.text}{colon}` | {meaning} | `{sentence.example}{colon}` |"
