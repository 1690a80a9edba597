"""Wording: from what a handler has written down to the text of a paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from papers.kinds import COMMON, DRAFT, TEMPLATES, template_of
from papers.paper import Block, Paper, Table

NUMERALS = "一二三四五六七八九十"
#: A body with nothing but one of these is a text without headings.
PLAIN = ("内容", "正文", "理由", "要求", "说明")
BAR = "｜"
#: Heads of the tables that handlers write as lines with bars (SPEC §6, 月度/季度通报版式).
HEADS = (
    ("单位", "派遣总数", "按时办结", "超时办结", "未办结", "结案率", "按时结案率", "不满意数", "不满意率"),
    ("类别", "名次", "单位", "办件量", "得分"),
    ("单位", "按时反馈率", "按时办结率", "问题解决率", "评价满意率", "综合得分"),
    ("单位", "任务", "指标", "结果", "目标", "达标", "亮灯"),
)
BY_UNIT = "分单位情况"


@dataclass(frozen=True)
class Issued:
    """The facts of one issued document, all in words. `day` is the 成文日期, `due` the 反馈时限 or ""."""

    kind: str
    number: str
    title: str
    organ: str
    to: str
    day: date
    body: Mapping[str, Any]
    due: str = ""
    case_no: str = ""
    case_title: str = ""


def title_of(kind: str, body: Mapping[str, Any], case_no: str, case_title: str) -> str:
    """The title a document is issued under: its own, that of its period, or that of its kind and case."""
    if body.get("标题"):
        return str(body["标题"])
    word = kind.removesuffix(DRAFT)
    if period := body.get("期间"):
        return f"{period} {word}"
    template = TEMPLATES[template_of(kind)]
    pattern = template.title.get(word, template.title.get("", "{文种}"))
    return pattern.format(文种=word, 事项名称=case_title, 事项编号=case_no) if case_title else word


def compose(paper: Issued) -> Paper:
    """Everything a template may name, worded."""
    key = template_of(paper.kind)
    template = TEMPLATES[key]
    said = {label: text for label, value in paper.body.items() if (text := _shown(label, value))}
    tables = list(_tables(said)) if template.attached else []
    case_no, case_title = _matter(said, paper)
    texts = {
        "发文机关": paper.organ,
        "发文字号": paper.number,
        "标题": paper.title,
        "主送": paper.to,
        "成文日期": day_in_words(paper.day),
        "抄送": said.get("抄送", ""),
        "签发人": said.get("签发人", ""),
        "反馈时限": paper.due or said.get("反馈时限", ""),
        "事项编号": case_no,
        "事项名称": case_title,
        "附件说明": _attached(tables),
        "版记": _imprint(paper, said.get("抄送", "")),
        "送审": "（送审稿）" if paper.kind.endswith(DRAFT) else "",
    }
    own = {label: said.get(label, "") for label in template.fields}
    rest = [(label, text) for label, text in said.items() if label not in {*own, *COMMON} or label == "正文"]
    told = [entry for entry in rest if not _in_title(*entry, paper)]
    worded = [entry for entry in told if not (template.attached and _is_tabled(*entry))]
    blocks = list(_blocks(key, paper, worded, texts))
    rows = [{"项目": label, "说明": text} for label, text in rest]
    return Paper(key, {**texts, **own}, blocks, tables, {"内容": rows} if "内容" in template.lists else {})


def _matter(said: Mapping[str, str], paper: Issued) -> tuple[str, str]:
    """Number and title of what it is about: of its case, or of another one that it names (F-C-3 原事项)."""
    if "原事项" not in said:
        return paper.case_no, paper.case_title
    number, _, title = said["原事项"].partition("　")
    return number, title


def day_in_words(day: date) -> str:
    """2026年3月12日: Arabic figures, no zeros before them (GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _shown(label: str, value: Any) -> str:
    """What people read of a value; what begins with “_” is for later papers, not for people."""
    if label.startswith("_") or value in (None, ""):
        return ""
    return "是" if value is True else "否" if value is False else str(value).strip()


def _imprint(paper: Issued, cc: str) -> str:
    issued = f"{paper.organ}\t{day_in_words(paper.day)}印发"
    return f"抄送：{cc}。\n{issued}" if cc else issued


def _blocks(key: str, paper: Issued, entries: Sequence[tuple[str, str]], texts: Mapping[str, str]) -> Iterator[Block]:
    template = TEMPLATES[key]
    opening = template.opening.get(paper.kind, "")
    if opening:
        yield Block(opening.format(**texts))
    if len(entries) == 1 and entries[0][0] in PLAIN:
        yield from (Block(line) for line in entries[0][1].splitlines() if line.strip())
    else:
        yield from _numbered(entries)
    if template.closing:
        yield Block(template.closing)


def _numbered(entries: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """一、期间：…; a value of several lines stands below its heading."""
    for place, (label, text) in enumerate(entries, 1):
        heading = f"{_numeral(place)}、{label}"
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) == 1:
            yield Block(lines[0], f"{heading}：")
        else:
            yield Block("", heading)
            yield from (Block(line) for line in lines)


def _numeral(place: int) -> str:
    """1 to 99 as headings count: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(place, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return head + (NUMERALS[ones - 1] if ones else "")


def _tables(said: Mapping[str, str]) -> Iterator[Table]:
    period = said.get("期间", "")
    for label, text in said.items():
        if _has_bars(text):
            rows = [line.split(BAR) for line in text.splitlines()]
            width = max(map(len, rows))
            head = next((head for head in HEADS if len(head) == width), ())
            yield Table(f"{period}{label}", head, [[*row, *[""] * (width - len(row))] for row in rows])
    if by_unit := [label for label in said if _is_of_unit(label)]:
        yield _pivot(f"{period}{BY_UNIT}", said, by_unit)


def _pivot(title: str, said: Mapping[str, str], labels: Sequence[str]) -> Table:
    """Labels such as “县住建局 按时办结率”: a row a unit, a column a figure."""
    pairs = [label.split(" ", 1) for label in labels]
    units = list(dict.fromkeys(unit for unit, _ in pairs))
    figures = list(dict.fromkeys(figure for _, figure in pairs))
    return Table(
        title, ("单位", *figures), [[unit, *(said.get(f"{unit} {each}", "") for each in figures)] for unit in units]
    )


def _is_tabled(label: str, text: str) -> bool:
    return _has_bars(text) or _is_of_unit(label)


def _in_title(label: str, text: str, paper: Issued) -> bool:
    """The period is not said again under a heading of its own."""
    return label == "期间" and text in paper.title


def _has_bars(text: str) -> bool:
    return bool(text) and all(line.count(BAR) >= 2 for line in text.splitlines())


def _is_of_unit(label: str) -> bool:
    return " " in label.strip()


def _attached(tables: Sequence[Table]) -> str:
    """附件：1. …; one alone has no number (GB/T 9704 7.3.4)."""
    if len(tables) == 1:
        return f"附件：{tables[0].title}"
    lines = [f"{place}. {table.title}" for place, table in enumerate(tables, 1)]
    return "\n".join(("附件：" if place == 0 else "　　　") + line for place, line in enumerate(lines))
