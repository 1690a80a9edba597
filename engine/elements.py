"""What stands on a diagram, as the rest of the house sees it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: What designers call a kind of element; any other is a gateway.
KIND_NAMES = {
    "serviceTask": "服务任务",
    "scriptTask": "脚本任务",
    "businessRuleTask": "业务规则任务",
    "startEvent": "开始事件",
    "endEvent": "结束事件",
    "boundaryEvent": "边界事件",
    "intermediateThrowEvent": "抛出事件",
    "intermediateCatchEvent": "中间捕获事件",
    "userTask": "用户任务",
    "callActivity": "调用活动",
    "subProcess": "子流程",
    "receiveTask": "接收任务",
}
#: An id that the editor made up: it tells nobody anything.
MADE_UP = re.compile(r"(Activity|Event|Gateway|Flow)_[0-9a-z]{7}")


@dataclass(frozen=True)
class Element:
    """A task, event, gateway or subprocess of a diagram."""

    id: str
    kind: str  # the tag: userTask, boundaryEvent, exclusiveGateway …
    name: str
    process: str  # the id of the process it is drawn in
    lane: str | None
    clauses: tuple[str, ...]
    properties: Mapping[str, str]
    attached_to: str | None = None  # of a boundary event: the element it sits on
    interrupting: bool = True
    event: str | None = None  # of an event: message, timer, error …

    def __str__(self) -> str:
        if self.name:
            return f"「{self.name}」（{self.id}）"
        return f"没有名称的{self.kind_name}（{self.id}）" if MADE_UP.fullmatch(self.id) else f"「{self.id}」"

    @property
    def kind_name(self) -> str:
        return KIND_NAMES.get(self.kind, "网关")


@dataclass(frozen=True)
class CalledProcess:
    """What a call activity calls, and the elements whose flows lead to it."""

    process: str
    after: frozenset[str]


@dataclass(frozen=True)
class DeadlineRule:
    """A deadline that starts when a token arrives at an element."""

    key: str
    name: str  # what a user calls it
    limit: str  # expression: its length
    start: str | None  # expression: the time it counts from, when not the arrival
    until: str  # id of the element whose completion meets it
    clauses: tuple[str, ...]
    element: str
    owner: str = ""  # once open: what people call whose it is, where the user task says that itself (itemLabel)
    given: str = ""  # expression, once open its value: what fixes the day where none is counted: 哨件载明的时间
