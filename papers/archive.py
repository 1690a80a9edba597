"""A .docx is a zip: read it without being flooded, write it so that the same content is the same bytes."""

import io
import zipfile
import zlib

from errors import AppError

MAX_BYTES = 2 * 1024 * 1024
MAX_PARTS = 200
MAX_UNPACKED = 20 * 1024 * 1024
CHUNK = 64 * 1024
#: What Word and WPS write. Others (bzip2, LZMA) unpack a gigabyte out of one read and have errors of their own.
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What a damaged zip raises, wherever in it the damage is.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
EPOCH = (1980, 1, 1, 0, 0, 0)


class BadArchive(AppError):
    """文件不是有效的 Word 文档（.docx）。"""


def read_archive(content: bytes) -> dict[str, bytes]:
    """Every part by name. Counts what really comes out: a header may lie about sizes.

    Raises BadArchive: too big, too many parts, flooded, damaged, or no zip at all.
    """
    if len(content) > MAX_BYTES:
        raise BadArchive(f"文件超过{MAX_BYTES // 1024 // 1024}MB，请删去图片等内容后再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except UNREADABLE as error:
        raise BadArchive from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_PARTS:
        raise BadArchive(f"文件里的部件超过{MAX_PARTS}个。")
    parts: dict[str, bytes] = {}
    room = MAX_UNPACKED
    for member in members:
        if member.compress_type not in PLAIN:
            raise BadArchive
        if ".." in member.filename.split("/") or member.filename.startswith("/"):
            raise BadArchive(f"里面的“{member.filename[:60]}”要放到文件夹外面去，整个文件都不收，请重新打包。")
        if member.filename in parts:
            raise BadArchive
        with archive.open(member) as source:
            pieces = []
            while piece := source.read(CHUNK):
                room -= len(piece)
                if room < 0:
                    raise BadArchive(f"文件解开后超过{MAX_UNPACKED // 1024 // 1024}MB，已停止读取。")
                pieces.append(piece)
        parts[member.filename] = b"".join(pieces)
    return parts


def own_parts(made: bytes) -> dict[str, bytes]:
    """Every part by name of what this process has just made: as big as it became."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_archive(parts: dict[str, bytes]) -> bytes:
    """The zip of these parts, dated 1980, the list of content types first as Word expects."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])
    return made.getvalue()
