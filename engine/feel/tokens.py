"""Text into tokens, with bounds on everything that can be long."""

import re
from typing import NamedTuple

from engine.feel.errors import FeelError

MAX_SOURCE = 4000
MAX_TOKENS = 1500
MAX_STRING = 1000
MAX_NUMBER = 10**15
LONGEST_NUMBER = 30

SPACED_FUNCTIONS = (
    "date and time",
    "list contains",
    "upper case",
    "lower case",
    "starts with",
    "ends with",
    "string length",
)
KEYWORDS = frozenset({"true", "false", "null", "and", "or", "not", "in", "between", "if", "then", "else"})
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "/": "/", "'": "'"}
MEANT = dict(zip("，（）＜＞＝＋－＊／［］。“”‘’《》！：；？", ',()<>=+-*/[].""""<>!:;?', strict=True))

_spaced = "|".join(name.replace(" ", r"[ \t]+") for name in SPACED_FUNCTIONS)
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n\u3000]+)
  | (?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<spaced>(?:{_spaced})(?=[ \t]*\())
  | (?P<name>[^\W\d]\w*)
  | (?P<mark>\.\.|!=|<=|>=|[-+*/=<>()\[\],.?@])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)


class Token(NamedTuple):
    kind: str  # number, string, name, keyword, mark, end
    text: str
    value: int | float | str | None
    column: int


def tokenise(source: str) -> list[Token]:
    if len(source) > MAX_SOURCE:
        raise FeelError(f"表达式太长，最多 {MAX_SOURCE} 个字符。")
    tokens = []
    at = 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None:
            raise FeelError(_unreadable(source[at]), at + 1)
        if found.lastgroup != "space":
            tokens.append(_token(str(found.lastgroup), found.group(), at + 1))
        at = found.end()
        if len(tokens) > MAX_TOKENS:
            raise FeelError("表达式太长，请拆成几行或几列。")
    tokens.append(Token("end", "", None, len(source) + 1))
    return tokens


def _token(kind: str, text: str, column: int) -> Token:
    match kind:
        case "number":
            return Token(kind, text, _number(text, column), column)
        case "string":
            return Token(kind, text, _string(text, column), column)
        case "spaced":
            name = " ".join(text.split())
            return Token("name", name, name, column)
        case "name" if text in KEYWORDS:
            return Token("keyword", text, text, column)
    return Token(kind, text, text, column)


def _number(text: str, column: int) -> int | float:
    if len(text) > LONGEST_NUMBER or float(text) > MAX_NUMBER:
        raise FeelError("数字太大或位数太多。", column)
    return float(text) if "." in text else int(text)


def _string(text: str, column: int) -> str:
    if len(text) > MAX_STRING:
        raise FeelError(f"引号里的文字太长，最多 {MAX_STRING} 个字符。", column)

    def unescape(found: re.Match[str]) -> str:
        escape = found.group(1)
        if len(escape) == 5:
            character = chr(int(escape[1:], 16))
        elif escape in ESCAPES:
            character = ESCAPES[escape]
        else:
            raise FeelError(f"不认识的转义“\\{escape}”。", column)
        if character == "\0" or "\ud800" <= character <= "\udfff":
            raise FeelError("文字里有不能保存的字符。", column)
        return character

    return _ESCAPE.sub(unescape, text[1:-1])


def _unreadable(character: str) -> str:
    if character in MEANT:
        return f"“{character}”是中文标点，请改用英文标点“{MEANT[character]}”。"
    if character == '"':
        return "引号没有成对。"
    if character == "'":
        return "文字请用双引号。"
    if not character.isprintable():
        return "有看不见的字符，请删去重写。"
    return f"不认识“{character}”。"
