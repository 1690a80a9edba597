"""Files as people hand them in, good and bad."""

import io
import struct
import zipfile
import zlib

from docx import Document


def png(width: int = 2, height: int = 2) -> bytes:
    """A white picture; with a size of its own only its head says so."""
    rows = zlib.compress((b"\0" + b"\xff" * 6) * 2)
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """The head of one, behind the segment every camera writes."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes(9)
    camera = b"\xff\xe0\x00\x10JFIF\0" + bytes(9)
    return b"\xff\xd8" + camera + b"\xff\xc0" + struct.pack(">H", 2 + len(frame)) + frame + b"\xff\xd9"


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def word() -> bytes:
    made = io.BytesIO()
    document = Document()
    document.add_paragraph("申请材料目录")
    document.save(made)
    return made.getvalue()


def zipped(**parts: bytes) -> bytes:
    """A zip with these parts; __ in a name stands for /, and every name gets .xml."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name.replace('__', '/')}.xml", content)
    return made.getvalue()


def office(main: str, **more: bytes) -> bytes:
    """What claims to be a Word or Excel file by its main part, with more parts in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": b"<Types/>", main: b"<w/>", **more}.items():
            archive.writestr(name, content)
    return made.getvalue()
