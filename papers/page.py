"""The page of GB/T 9704-2012: measures, fonts, and the handles of WordprocessingML that python-docx lacks.

5.2.1 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm; 5.2.3 每面排22行，每行排28个字; 7.5 页码 4号半角宋体.
"""

import math
import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

PAGE = (Mm(210), Mm(297))
TOP, LEFT = Mm(37), Mm(28)
LINES, CHARACTERS = 22, 28
TYPE_AREA = _WIDTH, _HEIGHT = (Mm(156), Mm(225))
RIGHT, BOTTOM = Mm(210 - 28 - 156), Mm(297 - 37 - 225)
NUMBER_BELOW = Mm(22)  # from the page's edge: the rule of the page number lies 7 mm below the type area

#: Chinese sizes in points.
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)
#: Twips between characters: what 28 of them in 3号 have too much, rounded to what Word counts in.
TIGHTER = math.floor((_WIDTH.pt / CHARACTERS - SIZE_3.pt) * 20)

SONG_TITLE, FANGSONG, HEITI, KAITI, SONGTI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
#: What stands in for a font that a machine does not have, in order.
INSTEAD = {
    SONG_TITLE: "小标宋,方正小标宋_GBK,FZXiaoBiaoSong-B05S,SimSun,Noto Serif CJK SC",
    FANGSONG: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    HEITI: "SimHei,STHeiti,Noto Sans CJK SC",
    KAITI: "楷体,KaiTi,STKaiti,Noto Serif CJK SC",
    SONGTI: "SimSun,STSong,Noto Serif CJK SC",
}


#: What XML cannot hold; people paste such characters.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text without the characters that no document can hold."""
    return UNPRINTABLE.sub("", text)


def element(tag: str, parent: Any = None, **attributes: object) -> Any:
    """A w: element with w: attributes, put at the end of `parent`."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    if parent is not None:
        parent.append(made)
    return made


def set_page(section: Any) -> None:
    """Paper, margins, and the grid of 22 lines by 28 characters.

    28 characters of 16 pt are wider than 156 mm. Word would take the difference from a negative charSpace, but
    LibreOffice gives a character that is wider than its cell two cells. So the style takes it: see TIGHTER.
    """
    section.page_width, section.page_height = PAGE
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = TOP, LEFT, RIGHT, BOTTOM
    section.header_distance, section.footer_distance = Mm(15), NUMBER_BELOW
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    element(
        "docGrid",
        properties,
        type="linesAndChars",
        linePitch=_twips(TYPE_AREA[1]) // LINES,
        charSpace=0,
    )


def set_font(properties: Any, name: str, size: Length, color: str = "") -> None:
    """One font for Chinese and Latin alike in these run properties (w:rPr)."""
    for tag in ("rFonts", "color", "sz", "szCs"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    element("rFonts", properties, ascii=name, hAnsi=name, eastAsia=name, cs=name)
    if color:
        element("color", properties, val=color)
    element("sz", properties, val=int(size.pt * 2))
    element("szCs", properties, val=int(size.pt * 2))


def _twips(length: Length) -> int:
    return round(length.pt * 20)
