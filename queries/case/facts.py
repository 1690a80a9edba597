"""What the forms of a case say, as label and value, personal data masked (S-04)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from config import ZONE
from engine import Definition
from engine.forms import Choice, Field, Form, choices, flat
from engine.masking import Masking, mask
from handlers.documents import issuer_of, organ
from models import Case, Identity, Post, RecalledForm, Submission, Task, Unit, session
from operations.acts.privacy import may_have_reporters_files, may_know_reporter
from operations.public.reporters import NAME
from queries.house.units import unit_choices
from reference import definitions
from reference.past_versions import forms_ever, name_of

CONFIDENTIAL = "反映人要求保密，联系请经{}转达"

EMPTY: tuple[Any, ...] = (None, "", [])

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """One form as somebody handed it in. A later round does not overwrite an earlier one."""

    name: str  # of the step, with which of several alike it was about
    who: str  # and the unit whose task it was; the reporter belongs to none
    at: datetime  # local
    facts: Facts
    recalled_at: datetime | None = None  # local; it was taken back then and counts no more (撤回)
    own: bool = False  # of a hidden element, shown to its writer alone


class Reader:
    """How one person reads one case: masked, of a confidential one without anything of the reporter (C-09), and without
    the answers that only the holders of clues may know (XT-20).
    """

    def __init__(self, case: Case, rows: Sequence[Submission | RecalledForm], forms: Mapping[str, Form], by: Identity):
        self.known = may_know_reporter(case, by)
        self._case, self._by = case, by
        self._lists = _every_unit(frozenset[str]().union(*(forms[row.form].lists for row in rows)))
        values = [(field, row.values.get(field.key)) for row in rows for field in forms[row.form].inputs]
        self._masking = Masking.of(values, case.reporter, known=self.known)

    @cached_property
    def may_have_files(self) -> bool:
        """Those of the reporter, and their names."""
        return may_have_reporters_files(self._case, self._by)

    @cached_property
    def _office(self) -> str:
        """Who passes words on (C-09: 联系走专班代转): the office that issues the papers of the county's document."""
        return organ(issuer_of(self._case.flow.split("_")[0].upper())) or "受理部门"

    def may_read(self, field: Field) -> bool:
        return self._by.can("clues") or not field.confidential

    def wrote(self, row: Submission | RecalledForm, post: str) -> bool:
        """Whether these are their own words, and they still are where they wrote them: `post`, the task's."""
        return isinstance(row, Submission) and row.user_id == self._by.id and post in self._by.post_keys

    def of_field(self, field: Field, value: Any) -> str:
        kind = field.properties.get("personal", "")
        if kind and not self.known:
            return CONFIDENTIAL.format(self._office)
        if field.type == "dynamiclist":
            return "；".join(filter(None, (self._row(field, row) for row in value or ())))
        words = _words(field, value, self._lists)
        return mask(kind, words) if kind else self.of_text(words)

    def _row(self, field: Field, row: Mapping[str, Any]) -> str:
        """One row under the labels of its columns; a column nobody filled in is not named."""
        filled = [each for each in flat(field.fields) if row.get(each.key) not in EMPTY and self.may_read(each)]
        return "，".join(f"{each.label}：{self.of_field(each, row[each.key])}" for each in filled)

    def of_text(self, text: str) -> str:
        return self._masking.text(text)


def sheets(
    case: Case,
    rows: Sequence[Submission | RecalledForm],
    reader: Reader,
    definition: Definition,
    hidden: Collection[str] = (),
) -> list[Sheet]:
    """These forms of the case in the order they were handed in; not those of hidden elements but what this person wrote
    there (XX-20), nor the answers that they may not read.
    """
    whose, told = _whose(case.id), []
    for row in rows:
        item, unit, post = whose.get(row.task_id, NOBODYS)
        own = row.element in hidden
        if own and not reader.wrote(row, post):
            continue
        told.append(
            Sheet(
                called(name_of(definition, row.element), reader.of_text(item)),
                called(row.by, "" if row.by == NAME else unit),
                row.at.astimezone(ZONE),
                [
                    (field.label, reader.of_field(field, value))
                    for field, value in _filled_in(row, forms_ever(definition))
                    if own or reader.may_read(field)
                ],
                own=own,
            )
        )
    return told


def reader_of_case(case: Case, definition_id: int, by: Identity) -> Reader:
    return Reader(case, submissions_of(case), forms_ever(definitions.definition(definition_id)), by)


def personal_data(case: Case, definition_id: int) -> Facts:
    """The reporter's data in clear, and the code to ask with (查询码), which a reporter may have lost.

    operations/acts/privacy.py has written down who looks and why.
    """
    forms = forms_ever(definitions.definition(definition_id))
    fields = [pair for row in submissions_of(case) for pair in _filled_in(row, forms)]
    data = {f.key: (f.label, str(value)) for f, value in fields if "personal" in f.properties}
    return [*data.values(), *([("查询码", case.query_code)] if case.query_code else [])]


def has_personal_data(case: Case, rows: Iterable[Submission], definition: Definition) -> bool:
    """Whether personal_data() has anything to tell; `rows`: what submissions_of() gives."""
    filled = (each for row in rows for each, _ in _filled_in(row, forms_ever(definition)))
    return bool(case.query_code) or any("personal" in each.properties for each in filled)


def submissions_of(case: Case) -> Sequence[Submission]:
    """In the order they were handed in."""
    return session.scalars(select(Submission).where(Submission.case_id == case.id).order_by(Submission.id)).all()


def called(name: str, more: str) -> str:
    """办理任务（任务2：清运渣土）, 张三（县住房和城乡建设局）."""
    return f"{name}（{more}）" if more else name


NOBODYS = ("", "", "")  # of what was handed in before there was a task: by people without an account


def _whose(case_id: int) -> dict[str | None, tuple[str, str, str]]:
    """By id of a task: which of several it is about, the unit whose post it was before, and that post."""
    mine = select(Task.id, Task.item, Unit.name, Task.post).where(Task.case_id == case_id)
    posted = mine.outerjoin(Post, Post.key == Task.post).outerjoin(Unit, Unit.id == Post.unit_id)
    return {task: (item, unit or "", post) for task, item, unit, post in session.execute(posted)}


def _every_unit(lists: Collection[str]) -> dict[str, list[Choice]]:
    """What was chosen keeps its name when it is offered no more: the unit has been abolished since."""
    return dict.fromkeys(lists, unit_choices()) if lists else {}


def _filled_in(row: Submission | RecalledForm, forms: Mapping[str, Form]) -> list[tuple[Field, Any]]:
    inputs = forms[row.form].inputs
    return [(each, row.values[each.key]) for each in inputs if row.values.get(each.key) not in EMPTY]


def _words(field: Field, value: Any, lists: Mapping[str, Sequence[Choice]]) -> str:
    """A value as people read it: labels of choices, 是/否, several joined, a moment without its zone."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.type == "datetime" and field.subtype == "datetime":
        return f"{datetime.fromisoformat(value).astimezone(ZONE):%Y-%m-%d %H:%M}"
    names = {choice.value: choice.label for choice in choices(field, lists)}
    if isinstance(value, list):
        return "、".join(names.get(str(each), str(each)) for each in value)
    return names.get(str(value), str(value))
