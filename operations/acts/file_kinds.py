"""What an uploaded file is, told from its content: neither its name nor what the browser says of it is believed.

Pure. Word and Excel files are zips; whatever is read of one is counted while it is read.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from errors import AppError
from papers.archive import CHUNK, PLAIN, UNREADABLE

MB = 1024 * 1024
MAX_NAME = 100  # characters
MAX_PARTS = 2000
MAX_UNPACKED = 200 * MB
MAX_PIXELS = 100_000_000  # a picture that is small as a file may fill the memory of whoever looks at it
MAX_SEGMENTS = 1000
#: What may not stand in a name on Windows, and what turns it round on a screen: 附件‮fdp.exe.
UNSAFE = re.compile(r'[\\/:*?"<>|]')
ALLOWED = "可以上传：图片（.jpg、.png）、PDF、Word（.docx）、Excel（.xlsx）。"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "文件已损坏，打不开。请重新保存后再上传。"


class BadFile(AppError):
    """不能上传这个文件。"""


@dataclass(frozen=True)
class Kind:
    """`endings`: how a name may end; the first is added to a name without any. `shown`: browsers can show it."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    shown: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "jpeg": Kind("JPG 图片", "image/jpeg", (".jpg", ".jpeg", ".jfif"), shown=True),
    "png": Kind("PNG 图片", "image/png", (".png",), shown=True),
    "pdf": Kind("PDF 文件", "application/pdf", (".pdf",), shown=True),
    "docx": Kind("Word 文档", f"{_OFFICE}wordprocessingml.document", (".docx",)),
    "xlsx": Kind("Excel 表格", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",)),
}
#: The part that each kind of Office file has.
OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def check_file(name: str, content: bytes, most: int) -> tuple[str, str]:
    """The name to keep it under and the key of its kind. `most`: bytes. Raises BadFile in words."""
    name = safe_name(name)
    if not content:
        raise BadFile(f"“{name}”是空的。")
    if len(content) > most:
        raise BadFile(f"“{name}”超过{most // MB}MB，请压缩图片或分成几个文件。")
    try:
        key = kind_of(content)
    except BadFile as error:
        raise BadFile(f"“{name}”：{error}") from None
    kind, ending = KINDS[key], PurePosixPath(name).suffix.lower()
    if not ending:
        return f"{name}{kind.endings[0]}", key
    if ending not in kind.endings:
        raise BadFile(f"“{name}”：文件名以“{ending}”结尾，内容却是{kind.name}，不能上传。")
    return name, key


def safe_name(name: str) -> str:
    """Without folders, without what a screen does not show; short enough for every disk."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = UNSAFE.sub("_", name).strip(" .") or "未命名"
    ending = PurePosixPath(name).suffix[:10]
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - len(ending)] + ending


def kind_of(content: bytes) -> str:
    """A key of KINDS. Raises BadFile."""
    for magic, check in CHECKS:
        if content.startswith(magic):
            return check(content)
    raise BadFile("不是可以上传的文件。")


def _jpeg(content: bytes) -> str:
    _check_pixels(*_size_of_jpeg(content))
    return "jpeg"


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    """Width and height, from the first frame header. What has more segments before it is no picture of a camera."""
    at = 2
    for _ in range(MAX_SEGMENTS):
        if at + 9 > len(content) or content[at] != 0xFF:
            break
        marker = content[at + 1]
        if marker in range(0xC0, 0xD0) and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4]))
    raise BadFile(DAMAGED)


def _png(content: bytes) -> str:
    if content[12:16] != b"IHDR":
        raise BadFile(DAMAGED)
    _check_pixels(int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
    return "png"


def _check_pixels(width: int, height: int) -> None:
    if not 0 < width * height <= MAX_PIXELS:
        raise BadFile(f"图片是{width}×{height}像素，应在1亿像素以内。")


def _pdf(content: bytes) -> str:
    if b"%%EOF" not in content[-2048:]:
        raise BadFile(DAMAGED)
    return "pdf"


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _check_parts(archive)
    except UNREADABLE as error:
        raise BadFile(DAMAGED) from error


def _check_parts(archive: zipfile.ZipFile) -> str:
    members = archive.infolist()
    names = {member.filename for member in members}
    found = [key for part, key in OFFICE_PARTS.items() if part in names]
    if len(found) != 1 or "[Content_Types].xml" not in names:
        raise BadFile("是压缩包，不能上传，请把里面的文件分别上传。")
    if any(PurePosixPath(name).name.lower().startswith("vbaproject") for name in names):
        raise BadFile("带有宏，请另存为不带宏的文档后再上传。")
    if len(members) > MAX_PARTS or any(member.compress_type not in PLAIN for member in members):
        raise BadFile(DAMAGED)
    _count(archive, members)
    return found[0]


def _count(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """What really comes out: a header may lie about sizes."""
    room = MAX_UNPACKED
    for member in members:
        with archive.open(member) as source:
            while piece := source.read(CHUNK):
                room -= len(piece)
                if room < 0:
                    raise BadFile(f"解开后超过{MAX_UNPACKED // MB}MB，已停止读取。")


def _old_office(_content: bytes) -> str:
    raise BadFile("是旧格式的 Office 文件（.doc、.xls），请另存为 .docx、.xlsx 或 PDF 后再上传。")


CHECKS: tuple[tuple[bytes, Callable[[bytes], str]], ...] = (
    (b"\xff\xd8\xff", _jpeg),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"%PDF-", _pdf),
    (b"PK\x03\x04", _office),
    (OLD_OFFICE, _old_office),
)
