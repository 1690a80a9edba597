"""What a draft and its county have that a scenario may speak of, held against each sentence while it is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property

from sqlalchemy import select

from engine.diagram import Node, Process
from engine.forms import Choice, Field, Form, parse_form
from engine.markup import read_xml
from engine.reading import processes_of
from errors import InvalidDiagram
from models import Unit, session
from operations.house.folders import flow_folders
from operations.public.reporter_acts import BUTTON
from operations.studio.new_files import FORM
from reference.flow_files import read_files, running
from scenarios.failures import NotUnderstood, listed
from scenarios.features import Table
from scenarios.names import SUPPLEMENT, plain
from scenarios.people import ANOTHER, read_post, read_unit
from scenarios.placeholders import expected_tasks
from scenarios.values import REGISTERING, find_field, two_columns, value_of
from scenarios.vocabulary import Call

UNITS = "units"  # what a form calls the list of them
BESIDE = re.compile(r"另有“(.+?)”的流程")
OF_SEVERAL = re.compile(r"（[^（）]*）$")  # 办理任务（任务2：清运渣土）


class Known:
    """Of the files of a draft and the flows its scenarios use beside it; one that cannot be read has nothing."""

    def __init__(self, files: Mapping[str, bytes]):
        self._files = {**_flows_beside(files), **files}
        self._checks: dict[str, Callable[[str], object]] = {
            "岗位": cache(lambda word: read_post(word.removeprefix(ANOTHER))),
            "单位": cache(read_unit),
            "流程": self._flow,
            "任务": self._step,
            "按钮": self._button,
            "路径": self._path,
            "待办": self._waiting,
        }

    def require(self, call: Call, table: Table) -> None:
        """Raises NotUnderstood for a post, unit, flow, step, field or choice that there is not."""
        gaps = list(zip(call.sentence.placeholders, call.words, strict=True))
        for name, word in gaps:
            if name in self._checks:
                self._checks[name](word)
        form_of = next((word for name, word in gaps if name in ("任务", "按钮", "流程")), "")
        if table and form_of:
            self._fields(form_of, two_columns(table))

    def _flow(self, word: str) -> None:
        if plain(word) not in self._flows:
            raise NotUnderstood(f"没有流程“{word}”，有：{listed(process.name for process in self._processes)}")

    def _step(self, word: str) -> None:
        named = {plain(word), plain(OF_SEVERAL.sub("", word))}
        if not named & {*self._steps, *self._flows, REGISTERING}:
            raise NotUnderstood(f"流程图上没有“{word}”。")

    def _button(self, word: str) -> None:
        if plain(word) not in self._steps | {SUPPLEMENT}:
            raise NotUnderstood(f"流程图上没有名为“{word}”的按钮。")

    def _path(self, word: str) -> None:
        for each in re.split("[→、]", word):
            self._step(each.strip())

    def _waiting(self, word: str) -> None:
        for name, _ in expected_tasks(word):
            self._step(name)

    def _fields(self, word: str, written: Mapping[str, str]) -> None:
        """Where several forms go by one name, each field is on one of them."""
        if not (forms := self._forms_of(word)):
            return
        for name, text in written.items():
            found = [(form, field) for form in forms if (field := find_field(form, name))]
            if not found:
                labels = listed(plain(field.label) for field in forms[0].inputs)
                raise NotUnderstood(f"表单“{forms[0].title}”没有字段“{name}”，有：{labels}")
            refused = [error for _, field in found if (error := self._refused(field, text))]
            if len(refused) == len(found):
                raise refused[0]

    def _refused(self, field: Field, text: str) -> NotUnderstood | None:
        try:
            value_of(field, text, self._lists)
        except NotUnderstood as error:
            return error
        return None

    def _forms_of(self, word: str) -> list[Form]:
        """Of the steps of this name; for a flow as a whole, and 登记, each that there is."""
        named = {plain(word), plain(OF_SEVERAL.sub("", word))}
        keys = {node.element.properties.get("form", "") for node in self._nodes if named & set(_names(node))}
        whole = named & {*self._flows, REGISTERING}
        return [form for key, form in self._forms.items() if whole or key in keys]

    @cached_property
    def _lists(self) -> dict[str, list[Choice]]:
        """Those that do not depend on the case and on who fills in the form."""
        return {UNITS: [Choice(unit.code, unit.name) for unit in session.scalars(select(Unit))]}

    @cached_property
    def _forms(self) -> dict[str, Form]:
        found = {}
        for file, content in self._files.items():
            if file.endswith(FORM):
                with suppress(InvalidDiagram):
                    found[file.removesuffix(FORM)] = parse_form(file, content)
        return found

    @cached_property
    def _processes(self) -> list[Process]:
        return drawn(self._files)

    @cached_property
    def _nodes(self) -> list[Node]:
        return [node for process in self._processes for node in process.nodes.values()]

    @cached_property
    def _steps(self) -> set[str]:
        return {name for node in self._nodes for name in _names(node)}

    @cached_property
    def _flows(self) -> set[str]:
        return {name for process in self._processes for name in (process.id, plain(process.name))}


def _flows_beside(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What runs of the flows that its scenarios name: 另有“xt_cannot”的流程."""
    told = b"\n".join(content for file, content in files.items() if file.endswith(".feature")).decode(errors="replace")
    folders = {path.name: path for path in flow_folders()}
    found: dict[str, bytes] = {}
    for name in set(BESIDE.findall(told)) & folders.keys():
        found |= running(read_files(folders[name]))
    return found


def drawn(files: Mapping[str, bytes]) -> list[Process]:
    """Every process of these files; a diagram that cannot be read has none."""
    found: list[Process] = []
    for file, content in files.items():
        if file.endswith(".bpmn"):
            with suppress(InvalidDiagram):
                found += processes_of(file, read_xml(file, content))
    return found


def _names(node: Node) -> Iterator[str]:
    """By which a sentence may call it."""
    yield node.id
    yield plain(node.element.name)
    if BUTTON in node.element.properties:
        yield plain(node.element.properties[BUTTON])
