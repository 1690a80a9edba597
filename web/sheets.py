"""An Excel file as an answer."""

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from operations.acts.file_kinds import KINDS


def sheet_file(name: str, content: bytes) -> ResponseReturnValue:
    return send_file(io.BytesIO(content), KINDS["xlsx"].media_type, as_attachment=True, download_name=name)
