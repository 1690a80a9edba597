"""Another decision table or form for a draft: one that says nothing yet, and can be opened in its editor."""

import json
import re
from html import escape
from typing import Any

from models import FlowDraftFile, Identity, session, transactional
from operations.studio.drafts import LONGEST_NAME, BadDraft, save_file
from operations.studio.opening import changeable
from reference.flow_drafts import draft_files

TABLE, FORM = ".dmn", ".form.json"
#: Like those of the shipped flows: d04_limit, F-C-1.apply. It becomes part of the file's name and of an address.
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")

BLANK_TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions_KEY" name="TITLE" \
namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="KEY" name="TITLE">
    <decisionTable id="table_KEY" hitPolicy="FIRST">
      <input id="KEY_in1" label="输入">
        <inputExpression id="KEY_in1_expression" typeRef="string">
          <text>input</text>
        </inputExpression>
      </input>
      <output id="KEY_out1" label="结论" name="output" typeRef="string" />
      <rule id="KEY_rule1">
        <inputEntry id="KEY_rule1_in1">
          <text></text>
        </inputEntry>
        <outputEntry id="KEY_rule1_out1">
          <text>""</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""


def add_table(draft_id: int, key: str, title: str, *, by: Identity) -> str:
    """A table of one row; `key` is the decision's and the file's. The file's name. Raises what add_file() raises."""
    content = BLANK_TABLE.replace("KEY", _checked(key)).replace("TITLE", escape(titled(title)))
    return add_file(draft_id, key + TABLE, content.encode(), by)


def add_form(draft_id: int, key: str, title: str, *, like: str = "", by: Identity) -> str:
    """A form; steps name it by `key`. `like`: the file whose fields it begins with, as a step that fills in other
    fields than the one before has a form of its own; "": none. The file's name. Raises what add_file() raises.
    """
    form = {"type": "default", "schemaVersion": 16, "components": []} | _form_like(draft_id, like, by)
    said = form.get("properties")
    form |= {"id": _checked(key), "properties": (said if isinstance(said, dict) else {}) | {"title": titled(title)}}
    return add_file(draft_id, key + FORM, json.dumps(form, ensure_ascii=False, indent=2).encode(), by)


def _form_like(draft_id: int, name: str, by: Identity) -> dict[str, Any]:
    if not name:
        return {}
    content = draft_files(changeable(draft_id, by)).get(name)
    try:
        form = json.loads(content or b"")
    except (ValueError, RecursionError):
        form = None
    if not isinstance(form, dict):
        raise BadDraft(f"“{name}”读不懂，不能照着新增。")
    return form


@transactional
def add_file(draft_id: int, name: str, content: bytes, by: Identity) -> str:
    """Raises NotFound, DraftClosed, BadDraft."""
    draft = changeable(draft_id, by)
    if name in draft_files(draft):
        raise BadDraft(f"草稿里已经有“{name}”，请换一个标识，或者先删除原来的。")
    removed = session.get(FlowDraftFile, (draft_id, name))
    save_file(draft_id, name, content, seen=removed.revision if removed else 0, by=by)
    return name


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise BadDraft(f"标识“{key}”不合适：请用字母、数字、下划线、点或短横，以字母开头，如 d04_limit、F-C-1.apply。")
    return key


def titled(title: str) -> str:
    if not 0 < len(title.strip()) <= LONGEST_NAME:
        raise BadDraft(f"请写名称，1 到 {LONGEST_NAME} 个字。")
    return title.strip()
