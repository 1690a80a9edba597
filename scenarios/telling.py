"""A recording as the text of a scenario: who did what with which values, and how the case stands in the end."""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy import select

from engine import Element
from models import Identity, Post, ProcessInstance, Task, session
from models.task import OPEN
from operations.public.reporter_acts import BUTTON
from queries.case.deadlines import deadlines_of_case
from queries.case.history import hidden_elements
from queries.statuses import STATUS_NAMES
from reference import definitions
from scenarios.entries import Entries, Usual
from scenarios.mistakes import LANGUAGE
from scenarios.moments import shown
from scenarios.names import plain
from scenarios.people import full_name, short_name
from scenarios.recording import (
    ATTACHED,
    BEGUN,
    COMPLETED,
    HANDED_IN,
    REGISTERED,
    RETRIED,
    SAID,
    Act,
    record,
)
from scenarios.rules_then import days_edited, parameters_then
from scenarios.steps.deadlines import result_of
from scenarios.walking import path_of

SENTENCES = {
    REGISTERED: "{who}登记“{flow}”",
    HANDED_IN: "网上提交“{flow}”",
    COMPLETED: "{who}完成“{name}”",
    SAID: "{who}提出“{name}”",
    ATTACHED: "{who}添加附件“{name}”",
    RETRIED: "运维重试",
}
ONLINE = "反映人在网上“{name}”"


def tell(instance: ProcessInstance, usual: Usual, by: Identity) -> str:
    """What happened in a case as the text of a feature file. `usual`: see usual_fields().

    `by` gets nothing to read that the page of the case keeps from them; personal data are replaced for all (S-04).
    """
    case = instance.case
    title = f"录制 {case.case_no or case.id}"
    telling = _Telling(instance, usual, by)
    lines = [
        LANGUAGE,
        f"功能: {title}",
        "  据实际事项的办理经过录制，个人信息已经替换。",
        "",
        f"  场景: {telling.entries.of_text(case.title or title)}",
        *(f"    {line}" for line in (*telling.beginning(), *telling.acts(), *telling.ending())),
    ]
    return "\n".join(lines) + "\n"


class _Telling:
    def __init__(self, instance: ProcessInstance, usual: Usual, by: Identity):
        self._definition = definitions.definition(instance.definition_id)
        self._hidden = hidden_elements(instance.definition_id, by)
        self._instance, self._recording = instance, record(instance, self._hidden)
        self.entries = Entries(instance, self._definition, usual, by)
        self._posts = {post.key: post for post in session.scalars(select(Post))}
        self._short = Counter(short_name(post) for post in self._posts.values())
        self._people: dict[str, list[str]] = {}  # by post, who has acted there
        self._names = Counter(plain(each.name) for each in self._definition.elements.values())

    def beginning(self) -> Iterator[str]:
        first = self._recording.acts[0]
        before = timedelta(days=1) if first.kind == BEGUN else timedelta()  # the calendar begins it at its moment
        yield f"假如 现在是 {shown(first.at - before)}"
        yield from parameters_then(self._definition, self._recording.parameter_revision)
        self._days = deque(days_edited(first.at, self._recording.until))
        yield from self._edited_until(first.at)

    def _edited_until(self, moment: datetime) -> Iterator[str]:
        while self._days and self._days[0][0] <= moment:
            at, words = self._days.popleft()
            yield f"当 {shown(at)} {words}" if at > self._recording.acts[0].at else f"而且 {words}"

    def acts(self) -> Iterator[str]:
        untold = list(self._recording.untold)
        for act in self._recording.acts:
            while untold and untold[0][0] <= act.at:
                yield _comment(*untold.pop(0), self.entries)
            yield from self._edited_until(act.at)
            yield from self._act(act)
        yield from self._edited_until(self._recording.until)
        yield from (_comment(*each, self.entries) for each in untold)

    def _act(self, act: Act) -> Iterator[str]:
        if act.kind == BEGUN:
            yield f"当 到了 {shown(act.at)}"
            yield f"而且 来看“{plain(self._definition.name)}”最新的一件"
            return
        online = act.kind in (COMPLETED, SAID) and not act.post
        sentence = ONLINE if online else SENTENCES[act.kind]
        words = {"who": self._who(act), "flow": plain(self._definition.name), "name": self._called(act, online)}
        rows = list(self.entries.of_form(act)) if act.form else []
        begin = "" if act is self._recording.acts[0] else f"{shown(act.at)} "
        yield f"当 {begin}{sentence.format(**words)}{'：' if rows else ''}"
        yield from (f"  | {label} | {value} |" for label, value in rows)

    def _who(self, act: Act) -> str:
        post = self._posts.get(act.post)
        if post is None:
            return ""
        people = self._people.setdefault(post.key, [])
        if act.actor not in people:
            people.append(act.actor)
        name = short_name(post) if self._short[short_name(post)] == 1 else full_name(post)
        return ("另一位" if people.index(act.actor) else "") + name

    def _called(self, act: Act, online: bool) -> str:
        if act.kind == ATTACHED:
            return f"{PurePath(self.entries.of_text(act.name)).stem}.pdf"  # the step's file is one
        element = self._definition.elements.get(act.element)
        if element is None:
            return act.name
        if online:
            return plain(element.properties.get(BUTTON, "")) or element.id
        if act.kind == SAID:
            return plain(element.name)
        if act.item:
            return f"{plain(element.name)}（{plain(act.item)}）"
        return plain(element.name) if self._names[plain(element.name)] == 1 else element.id

    def ending(self) -> Iterator[str]:
        until = self._recording.until
        if self._recording.clock_was_last:
            yield f"当 到了 {shown(until)}"
        status = self._instance.case.status
        yield f"那么 状态是 {STATUS_NAMES.get(status, status)}"
        yield from self._waiting()
        yield from (f"而且 {each}" for each in self._deadlines(until))
        elements = self._definition.elements
        path = [id_ for id_ in path_of(self._instance.id) if _is_task(elements.get(id_)) and id_ not in self._hidden]
        if path:
            yield f"而且 路径经过 {' → '.join(path)}"

    def _waiting(self) -> Iterator[str]:
        mine = select(Task).where(Task.instance_id == self._instance.id, Task.state == OPEN)
        tasks = session.scalars(mine.order_by(Task.created_at, Task.id)).all()
        named = [f"“{each.element}”（{self._post(each.post)}）" for each in tasks if each.element not in self._hidden]
        if named:
            yield f"而且 待办有 {'、'.join(named)}"
        elif not tasks:
            yield "而且 没有待办"

    def _post(self, key: str) -> str:
        return full_name(self._posts[key])

    def _deadlines(self, until: datetime) -> Iterator[str]:
        """The last of each name; what one is called may hold the number of a clue, which is another one elsewhere."""
        views = {plain(view.name): view for view in reversed(deadlines_of_case(self._instance.case))}
        for name, view in views.items():
            if view.element not in self._hidden:
                due = shown(view.due_at).removesuffix(" 23:59:59")
                yield f"时限“{name}”到期于 {due}，{result_of(view, until)}"


def _is_task(element: Element | None) -> bool:
    return element is not None and element.kind == "userTask"


def _comment(at: datetime, actor: str, words: str, entries: Entries) -> str:
    return f"# {shown(at)} {entries.of_actor(actor)}{entries.of_text(words)}，这里没有录下，请核对".replace("\n", "")
