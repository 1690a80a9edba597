"""A diagram in words, step by step: for whoever listens to it, prints it or cannot see the drawing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from engine import Element
from engine.diagram import Node, Process
from engine.markup import read_xml
from engine.reading import processes_of
from models import FlowDraft, Identity, Post, session
from operations.studio.opening import readable_draft
from queries.studio.diagrams import diagram_file
from queries.studio.diff.labels import KINDS, in_words
from queries.studio.file_titles import file_title
from queries.studio.forms import narrowing_in_words
from reference.flow_drafts import draft_files
from reference.people import post_names

EVENTS = {"message": "消息", "timer": "定时", "signal": "信号", "error": "错误", "escalation": "升级"}
_POST = re.compile(r'post\("(\w+)", ?"(\w+)"\)')
_VARIABLE = re.compile(r'post\(([A-Za-z_][\w.]*), ?"(\w+)"\)')
_UNNAMED = "（没有名称）"


@dataclass(frozen=True)
class Step:
    """One element. `on`: of a boundary event, what it stands on; `leads`: where each way goes, and when; `fields`:
    which of its form it does not ask for.
    """

    id: str
    name: str
    kind: str
    on: str
    lane: str
    who: str
    form: str
    fields: str
    limit: str
    clauses: tuple[str, ...]
    remark: str
    leads: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One process of the file."""

    name: str
    steps: list[Step]


@dataclass(frozen=True)
class Outline:
    draft: FlowDraft
    name: str
    title: str
    parts: list[Part]


def outline(draft_id: int, name: str, by: Identity) -> Outline:
    """Raises what diagram_file() raises; InvalidDiagram for a file that is no whole XML."""
    draft, file = readable_draft(draft_id, by), diagram_file(draft_id, name, by)
    files = draft_files(draft)
    forms = {key.removesuffix(".form.json"): file_title(key, content) for key, content in files.items()}
    parts = [
        Part(each.name, list(_steps(each, forms, files))) for each in processes_of(name, read_xml(name, file.content))
    ]
    return Outline(draft, name, file_title(name, file.content), parts)


def _steps(process: Process, forms: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[Step]:
    """In the order in which a case comes by."""
    sources = [node.element.properties.get("candidates", "") for node in process.nodes.values()]
    posts = post_names(f"post:{unit}:{role}" for source in sources for unit, role in _POST.findall(source))
    roles: dict[str, str] = dict(session.execute(select(Post.role, Post.role_name)).all())
    for node in _in_order(process):
        said = node.element.properties
        documentation = (node.text("bpmn:documentation") or "").strip()
        yield Step(
            id=node.id,
            name=node.element.name or _UNNAMED,
            kind=_kind(node),
            on=_named(process, node.element.attached_to or ""),
            lane=node.element.lane or "",
            who=_who(said.get("candidates", ""), posts, roles),
            form=forms.get(said.get("form", ""), said.get("form", "")),
            fields=narrowing_in_words(said, files),
            limit=_limit(node.element),
            clauses=node.element.clauses,
            remark=documentation,
            leads=tuple(_leads(process, node)),
        )


def _in_order(process: Process) -> list[Node]:
    """Along the flows from the starts on; what stands on an element comes behind it, what nothing leads to last."""
    waiting = [node.id for node in process.nodes.values() if node.kind == "startEvent"]
    ordered: dict[str, Node] = {}
    for id_ in [*waiting, *process.nodes]:
        queue = [id_]
        while queue:
            node = process.nodes.get(queue.pop(0))
            if node is not None and node.id not in ordered:
                ordered[node.id] = node
                queue += [flow.target for flow in process.outgoing(node.id)]
                queue[:0] = [each.id for each in process.attached(node.id)]
    return list(ordered.values())


def _kind(node: Node) -> str:
    kind, event = KINDS[node.kind], EVENTS.get(node.element.event or "", "")
    within = "" if node.kind != "boundaryEvent" else "，中断原环节" if node.element.interrupting else "，不中断"
    return f"{kind}（{event}{within}）" if event else kind


def _named(process: Process, id_: str) -> str:
    if id_ not in process.nodes:
        return id_
    return process.nodes[id_].element.name or KINDS[process.nodes[id_].kind]


def _who(source: str, posts: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """As people say it: 县自然资源局负责人, or 负责人，单位由 lead_org 定 for post(lead_org, "leader")."""
    named = _POST.sub(lambda found: posts[f"post:{found[1]}:{found[2]}"], source)
    named = _VARIABLE.sub(lambda found: f"{roles.get(found[2], found[2])}，单位由 {found[1]} 定", named)
    return named.replace("receiver_post", "登记人的岗位")


def _limit(element: Element) -> str:
    said = element.properties
    if "deadline" not in said:
        return said.get("noDeadline", "")
    return f"{said.get('deadlineName', element.name)}：{in_words(said.get('limit', ''))}"


def _leads(process: Process, node: Node) -> Iterator[str]:
    default = node.xml.get("default")
    for flow in process.outgoing(node.id):
        when = flow.name or flow.condition or ""
        told = "其他情况" if flow.id == default and not when else when
        where = _named(process, flow.target)
        yield f"{' '.join(told.split())} → {where}" if told else f"→ {where}"
