"""Another diagram for a draft: an empty one, or a file that another modeler wrote."""

import re
from html import escape
from pathlib import Path

from models import Identity
from operations.studio.drafts import BadDraft
from operations.studio.new_files import add_file, titled

BLANK = Path(__file__).with_name("blank.bpmn")
ENDING = ".bpmn"
#: The name of a file is that of the process in it: both become parts of addresses and of ids.
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def add_diagram(draft_id: int, key: str, title: str, *, by: Identity) -> str:
    """A diagram with a pool and a start event; the process is called `key`. The file's name.

    Raises NotFound, DraftClosed, BadDraft.
    """
    drawn = BLANK.read_text("utf-8").replace("KEY", _checked(key)).replace("TITLE", escape(titled(title)))
    return add_file(draft_id, key + ENDING, drawn.encode(), by)


def import_diagram(draft_id: int, key: str, filename: str, content: bytes, *, by: Identity) -> str:
    """A file from Camunda Modeler, bpmn.io, Signavio …, byte for byte; the editor's check lists what nothing here
    reads. `key` "" takes the name that the file came with.

    Raises NotFound, DraftClosed, BadDraft, InvalidDiagram.
    """
    key = _checked(key.strip() or Path(filename).name.split(".")[0].lower())
    return add_file(draft_id, key + ENDING, content, by)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise BadDraft(f"标识“{key}”不合适：请用小写字母、数字、下划线，以字母开头，如 xt_survey。")
    return key
