"""Another diagram for a draft: an empty one, or a file that another modeler wrote."""

import re
from html import escape
from pathlib import Path

from models import FlowDraftFile, Identity, session, transactional
from operations.studio.drafts import BadDraft, changeable, save_file
from reference.flow_drafts import draft_files

BLANK = Path(__file__).with_name("blank.bpmn")
ENDING = ".bpmn"
#: The name of a file is that of the process in it: both become parts of addresses and of ids.
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
LONGEST_TITLE = 80


def add_diagram(draft_id: int, key: str, title: str, *, by: Identity) -> str:
    """A diagram with a pool and a start event; the process is called `key`. The file's name.

    Raises NotFound, DraftClosed, BadDraft.
    """
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise BadDraft(f"请写流程的名称，1 到 {LONGEST_TITLE} 个字。")
    drawn = BLANK.read_text("utf-8").replace("KEY", _checked(key)).replace("TITLE", escape(title.strip()))
    return _add(draft_id, key, drawn.encode(), by)


def import_diagram(draft_id: int, key: str, filename: str, content: bytes, *, by: Identity) -> str:
    """A file from Camunda Modeler, bpmn.io, Signavio …, byte for byte; the editor's check lists what nothing here
    reads. `key` "" takes the name that the file came with.

    Raises NotFound, DraftClosed, BadDraft, InvalidDiagram.
    """
    return _add(draft_id, _checked(key.strip() or Path(filename).name.removesuffix(ENDING)), content, by)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise BadDraft(f"标识“{key}”不合适：请用小写字母、数字、下划线，以字母开头，如 xt_survey。")
    return key


@transactional
def _add(draft_id: int, key: str, content: bytes, by: Identity) -> str:
    name = f"{key}{ENDING}"
    draft = changeable(draft_id, by)
    if name in draft_files(draft):
        raise BadDraft(f"草稿里已经有流程图“{name}”，请换一个标识，或者先删除原来的。")
    removed = session.get(FlowDraftFile, (draft_id, name))
    save_file(draft_id, name, content, seen=removed.revision if removed else 0, by=by)
    return name
