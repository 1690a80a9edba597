"""A designer's regular expression, accepted only when no text can make it run long.

Python's matcher backtracks. The product of all the ways a pattern can divide a text is bounded here, and so is the
text it is tried on.
"""

import re
from functools import lru_cache

MAX_PATTERN = 200
MAX_TEXT = 200  # longer texts do not fit any pattern
MAX_WAYS = 10_000_000

_TOKEN = re.compile(
    r"""(?P<escape>\\.) | (?P<set>\[\^?\]?(?:\\.|[^\]\\])*\]) | (?P<open>\((?:\?:)?) | (?P<close>\))
      | (?P<either>\|) | (?P<quantifier>[*+?]|\{[0-9]{1,4}(?:,[0-9]{0,4})?\}) | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class Unsafe(ValueError):
    """这个格式写法不能使用。"""


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """Raises Unsafe with a Chinese sentence."""
    if len(pattern) > MAX_PATTERN:
        raise Unsafe(f"格式太长，最多 {MAX_PATTERN} 个字符。")
    if re.search(r"\\[1-9]|\(\?(?!:)", pattern):
        raise Unsafe("格式里不能引用前面的分组，也不能用 (?…) 写法。")
    if _ways(pattern) * MAX_TEXT > MAX_WAYS:
        raise Unsafe("格式里可长可短的部分太多，请写得更确定。")
    try:
        return re.compile(pattern, re.ASCII)  # \d and \w as in the browser
    except (re.error, OverflowError, RecursionError) as error:
        raise Unsafe("格式不是正确的正则表达式。") from error


def fits(pattern: str, text: str) -> bool:
    return len(text) <= MAX_TEXT and compiled(pattern).search(text) is not None


def _ways(pattern: str) -> int:
    """In how many ways the pattern can divide a text, at most."""
    ways, branches = 1, 1
    open_groups: list[tuple[int, int]] = []  # ways and branches when each was opened
    varied = False  # whether the group just closed can divide its text in more than one way
    closed = False
    for found in _TOKEN.finditer(pattern):
        kind, text = str(found.lastgroup), found.group()
        if kind == "open":
            open_groups.append((ways, branches))
        elif kind == "either":
            branches += 1
        elif kind == "quantifier":
            if closed and varied and text != "?":
                raise Unsafe("格式里重复的部分不能再含有重复或“|”。")
            ways *= _span(text)
        closed = kind == "close" and bool(open_groups)
        if closed:
            varied = (ways, branches) != open_groups.pop()
    return ways * branches


def _span(quantifier: str) -> int:
    if quantifier == "?":
        return 2
    if quantifier in "*+":
        return MAX_TEXT
    low, comma, high = quantifier[1:-1].partition(",")
    if not comma:
        return 1
    return max(int(high) - int(low) + 1, 1) if high else MAX_TEXT
