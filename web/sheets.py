"""An Excel file as an answer."""

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from operations.acts.file_kinds import KINDS
from operations.gate.audit import note_taken
from queries.house.clock import local_now
from queries.lists.list_sheets import ListFile
from web.login import me


def list_taken(name: str, file: ListFile) -> ResponseReturnValue:
    """That somebody takes a list out of the house is in the audit, with which (S-04)."""
    note_taken(file.told, by=me())
    return sheet_file(f"{name}_{local_now():%Y%m%d}.xlsx", file.content)


def sheet_file(name: str, content: bytes) -> ResponseReturnValue:
    return send_file(io.BytesIO(content), KINDS["xlsx"].media_type, as_attachment=True, download_name=name)
