"""From source text to a syntax tree, refusing first whatever could hurt Python's own parser."""

import ast
import re
import textwrap
import unicodedata
from typing import Literal

from engine.expressions.failures import ExpressionError, Place, shown

MAX_LENGTH = 2_000
MAX_BRACKETS = 25  # inside each other; brackets within quotes count too, which costs nothing real
MAX_DIGITS = 40  # in a row; within quotes too: the longest official number has 30

#: What the editor of conditions puts where nobody has chosen a field or a value yet (panel/condition.js).
UNCHOSEN = "?"
_NO_FILE = ""  # to show a wrong line, Python opens the file by that name: this one never exists
_TOO_MANY_DIGITS = re.compile(rf"[0-9_]{{{MAX_DIGITS + 1}}}")
_ESCAPES = re.compile(r"""\\[\\'"nt]""")
_SIGNS_IN_A_ROW = re.compile(r"(?:[-+~]\s*|not\s+){26}")

_SYNTAX_WORDS = {
    "never closed": "括号没有闭合",
    "unterminated": "引号没有闭合",
    "Maybe you meant '=='": "比较是否相等请用 ==",
    "indent": "缩进有误",
}


def text(source: object) -> str:
    """The source, if it is exactly text: nothing else may become a key of the caches."""
    if type(source) is not str:
        raise ExpressionError("表达式必须是文字")
    return source


def parse_expression(source: str) -> ast.expr:
    """The tree of one expression."""
    tree = _parse(source, "eval")
    assert isinstance(tree, ast.Expression)
    return tree.body


def parse_script(source: str) -> list[ast.stmt]:
    """The statements of a script."""
    tree = _parse(source, "exec")
    assert isinstance(tree, ast.Module)
    if not tree.body:
        raise ExpressionError("脚本是空的")
    return tree.body


def clean(source: str) -> str:
    """The source without its margin (usual inside XML), once nothing in it can hurt the parser.

    Places are counted in what this gives.
    """
    if len(source) > MAX_LENGTH:
        raise ExpressionError(f"表达式太长，上限为 {MAX_LENGTH} 个字符")
    source = source.replace("\r\n", "\n")
    _refuse_unreadable(source)
    source = textwrap.dedent(source).strip()
    if not source:
        raise ExpressionError("表达式是空的")
    _refuse_unparsable(source)
    return source


def place_of(source: str, node: ast.expr | ast.stmt) -> Place:
    """Where a node starts; the parser counts bytes of UTF-8, people count characters."""
    line = source.split("\n")[node.lineno - 1]
    return Place(node.lineno, len(line.encode()[: node.col_offset].decode(errors="ignore")) + 1)


def runs_into_next(source: str, node: ast.Constant) -> bool:
    """Whether a number ends inside a word, as in `1if x` or `0x1for x`, which Python reads as nobody would."""
    line = source.split("\n")[node.lineno - 1].encode()
    return type(node.value) in (int, float) and line[node.end_col_offset :][:1].isalpha()


def _refuse_unreadable(source: str) -> None:
    """Refuse what a reviewer could not see: control, zero-width and direction characters, halves of characters."""
    for index, character in enumerate(source):
        if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\n\t":
            raise ExpressionError(f"有看不见的字符 U+{ord(character):04X}", _place(source, index))


def _refuse_unparsable(source: str) -> None:
    """Refuse what could exhaust or upset the parser: deep nesting, endless numbers, unknown escapes."""
    _refuse_deep_brackets(source)
    for pattern, words in ((_TOO_MANY_DIGITS, "数字的位数太多"), (_SIGNS_IN_A_ROW, "嵌套太深")):
        if found := pattern.search(source):
            raise ExpressionError(words, _place(source, found.start()))
    stray = _ESCAPES.sub("  ", source).find("\\")
    if stray >= 0:
        raise ExpressionError(r"反斜杠只能写成 \\、\"、\'、\n、\t", _place(source, stray))


def _refuse_deep_brackets(source: str) -> None:
    depth = 0
    for index, character in enumerate(source):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        if depth > MAX_BRACKETS:
            raise ExpressionError("括号嵌套太深", _place(source, index))


def _place(source: str, index: int) -> Place:
    before = source[:index]
    return Place(before.count("\n") + 1, index - before.rfind("\n"))


def _parse(source: str, mode: Literal["eval", "exec"]) -> ast.AST:
    try:
        return ast.parse(source, filename=_NO_FILE, mode=mode)
    except SyntaxError as error:
        raise _in_words(source, error) from None
    except Exception as error:  # RecursionError, MemoryError, ValueError: the parser's way to give up
        raise ExpressionError("写法太复杂，无法读懂") from error


def _in_words(source: str, error: SyntaxError) -> ExpressionError:
    place = Place(error.lineno or 1, max(error.offset or 1, 1))
    character = _character_at(source, place)
    if _is_full_width(character):
        return ExpressionError(f"这里用了全角符号 {character} ，请改用半角符号", place)
    if character == UNCHOSEN:
        return ExpressionError("还有一处没有选（“?”）", place)
    for phrase, words in _SYNTAX_WORDS.items():
        if phrase in error.msg:
            return ExpressionError(words, place)
    return ExpressionError(f"“{shown(character)}”附近的写法有误" if character.strip() else "写法有误", place)


def _character_at(source: str, place: Place) -> str:
    lines = source.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return line[place.column - 1 : place.column]


def _is_full_width(character: str) -> bool:
    """Whether a Chinese keyboard gave a sign or digit that only looks like ours; a Chinese letter is none."""
    width = unicodedata.east_asian_width(character or " ")
    return width == "F" or (width in "WA" and not character.isalnum())
