"""A case's story, told from its history rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import Case, HistoryEvent, Identity, ProcessInstance, session
from models.link import OTHER
from operations.acts.attachments import REPORTERS_FILE
from operations.acts.linking import linked_for
from queries.case.facts import Reader
from reference import definitions
from reference.clauses import of_flow
from reference.privacy import listed

#: What a row says happened, around the name of the step. A timer's and a message's event is named for what it means.
SENTENCES = {
    "started": "启动流程“{}”",
    "completed": "完成{}",
    "submitted": "{}",
    "message": "{}",
    "timer": "{}",
    "retried": "重试出错的步骤{}",
    "claimed": "认领“{}”",
    "given_back": "放回“{}”",
    "handed_over": "移交“{}”",
    "passed_on": "转办“{}”",
    "sign_asked": "{}",
    "sign_answered": "答复{}",
    "sign_withdrawn": "减签，撤回{}",
    "held": "提交“{}”",
    "held_in": "到期，交上“{}”",
    "recalled": "撤回“{}”",
    "sent_back": "退回“{}”",
    "form_taken_back": "取回“{}”的提交",
    "copied": "抄送{}",
    "urged": "催办{}",
    "rechecked": "回头看：{}",
    "revealed": "查看{}",
    "attached": "添加附件",
    "supplemented": "补充材料",
    "noted": "写备注",
    "noted_clue": "写备注（保密）",
    "disputed": "对时限“{}”有异议",
    "dispute_answered": "答复对时限“{}”的异议",
    "linked": "与{}关联",
    "merged": "并入{}",
    "merged_in": "{}并入本件",
    "unlinked": "解除与{}的关联",
    "unmerged": "解除并案，不再并入{}",
    "unmerged_in": "解除并案，{}不再并入本件",
    "ordered": "出{}",
    "meeting_called": "排入会议：{}",
    "meeting_changed": "会议改期：{}",
    "viewed": "查看{}",
    "taken": "下载{}",
    "taken_clue": "下载{}",
    "migrated": "迁移到流程{}",
    "migrated_back": "退回流程{}",
    "suspended": "暂停办理",
    "resumed": "恢复办理",
    "displaced": "移动{}",
    "variable_set": "改变量“{}”",
    "calendar": "工作日历修订，时限重算",
}
#: What an act that no element draws rests on.
OF_ACTS: Mapping[str, tuple[str, ...]] = {
    "revealed": ("C-02",),
    "viewed": ("C-02",),
    "taken": ("C-02",),
    "taken_clue": ("C-02",),
    "urged": ("C-08",),
    "ordered": ("CA-04", "C-08"),
    "merged": ("CA-01",),
    "merged_in": ("CA-01",),
    "calendar": ("C-03",),
    "suspended": ("C-03",),
    "resumed": ("C-03",),
}
#: Before the words of a note of this kind.
BEFORE = {"notice": "通知："}
#: Notes only the holders of the permission "clues" may read (XT-20).
CONFIDENTIAL_NOTES = {"clue"}
#: Rows only they may know of: that somebody has taken a confidential paper, a note for them alone.
CONFIDENTIAL_ROWS = {"taken_clue", "noted_clue"}
#: What who may not have a reporter's file reads of it: its name may tell whose it is (C-09).
NAMELESS = "反映人的附件"
#: What everybody but the operators reads where a step failed: why it did is of no use to them.
PAUSED = "本件因系统故障暂停，已通知管理员"
#: Notes that repeat what the tasks beside the story already say.
QUIET_NOTES = {"opened", OTHER}


def hidden_elements(definition_id: int, by: Identity) -> frozenset[str]:
    """The confidential elements, for whoever may not see clues: nothing of what happens there is shown (XT-20)."""
    return frozenset() if by.can("clues") else secret_elements(definition_id)


def secret_elements(definition_id: int) -> frozenset[str]:
    """The elements that the diagram marks as confidential."""
    return definitions.definition(definition_id).secrets


@dataclass(frozen=True)
class Happening:
    at: datetime  # local
    who: str
    what: str
    details: list[str]
    clauses: tuple[str, ...]
    element: str | None


Story = list[tuple[HistoryEvent, Happening]]


def timeline(story: Story) -> list[Happening]:
    """Newest first."""
    rows = story[1:] if _began_by_registering([row for row, _ in story]) else story
    return [told for _, told in reversed(rows)]


def story_of(instance: ProcessInstance, by: Identity, reader: Reader) -> Story:
    """Every row of its history as it is told, oldest first, without what this person may not know."""
    found = select(HistoryEvent).where(HistoryEvent.instance_id == instance.id).order_by(HistoryEvent.revision)
    rows = list(session.scalars(found))
    teller, others = Teller(instance.definition_id, by, reader), _other_cases(instance.case, rows, by)
    known = (row for row in rows if row.element not in teller.hidden and _may_know(row, by, others))
    return [(row, teller.tell(row, others.get(_other_of(row)))) for row in known]


def _began_by_registering(rows: list[HistoryEvent]) -> bool:
    """Registering, or handing in from outside, starts the flow and hands in its first form at once: one thing to
    whoever did it.
    """
    if len(rows) < 2:
        return False
    first, second = rows[:2]
    at_once = (second.actor, second.at) == (first.actor, first.at)
    return at_once and second.kind in ("completed", "submitted")


class Teller:
    """Tells rows of one case's history to one person."""

    def __init__(self, definition_id: int, by: Identity, reader: Reader):
        self.hidden = hidden_elements(definition_id, by)
        definition = definitions.definition(definition_id)
        self._elements, self._flow = definition.elements, definition.key
        self._by, self._reader = by, reader

    def tell(self, row: HistoryEvent, other: Case | None = None) -> Happening:
        """`other`: the case that it was linked with; the words may tell whose that is."""
        element = self._elements.get(row.element or "")
        what = self._what(row)
        return Happening(
            at=row.at.astimezone(ZONE),
            who=row.actor,
            what=what,
            details=[
                listed(text, other) if other else text for text in dict.fromkeys(self._details(row)) if text != what
            ],
            clauses=of_flow(element.clauses if element else OF_ACTS.get(row.kind, ()), self._flow),
            element=row.element,
        )

    def of_text(self, text: str) -> str:
        """As this person may read it."""
        return self._reader.of_text(text).replace("\n", "")

    def _what(self, row: HistoryEvent) -> str:
        """逾期未签收，视为签收: a clock's row also says what it made of the case."""
        sentence = SENTENCES.get(row.kind, "{}").format(row.name) or "时限到期"
        made = self._made(row) if row.kind == "timer" else []
        return "，".join(dict.fromkeys([sentence, *made]))

    def _made(self, row: HistoryEvent) -> list[str]:
        """Names of the computed steps that gave the case another status."""
        passed = (self._elements[id_] for id_, outcome in row.path if outcome == "completed" and id_ in self._elements)
        turns = (each for each in passed if each.kind == "scriptTask" and "status" in each.properties)
        return [each.name for each in turns if each.id not in self.hidden]

    def _details(self, row: HistoryEvent) -> Iterator[str]:
        element = self._elements.get(row.element or "")
        own = element.attached_to if element else None
        for kind, text, about in row.notes:
            expected = kind == "withdrawn" and about == own  # an interrupting event ends the task it sits on
            if _may_read(kind, self._by) and about not in self.hidden and not expected:
                yield self._told(kind, text)

    def _told(self, kind: str, text: str) -> str:
        if kind == "incident" and not self._by.can("operate"):
            return PAUSED
        if kind == REPORTERS_FILE and not self._reader.may_have_files:
            return NAMELESS
        return BEFORE.get(kind, "") + self.of_text(text)


def _other_of(row: HistoryEvent) -> int | None:
    """The id of the case that this row says it was linked with."""
    return next((int(text) for kind, text, _ in row.notes if kind == OTHER), None)


def _other_cases(case: Case, rows: Iterable[HistoryEvent], by: Identity) -> Mapping[int | None, Case]:
    """Of the cases it was linked with those this person may know of, by their ids."""
    asked = {_other_of(row) for row in rows} - {None}
    found = session.scalars(select(Case).where(Case.id.in_(asked), linked_for(case, by))) if asked else ()
    return {each.id: each for each in found}


def _may_know(row: HistoryEvent, by: Identity, others: Mapping[int | None, Case]) -> bool:
    if _other_of(row) not in (None, *others):
        return False
    return row.kind not in CONFIDENTIAL_ROWS or by.can("clues")


def _may_read(kind: str, by: Identity) -> bool:
    return kind not in QUIET_NOTES and (kind not in CONFIDENTIAL_NOTES or by.can("clues"))
