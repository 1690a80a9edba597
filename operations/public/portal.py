"""Cases that people without an account hand in themselves, where the diagram says they may (企业群众网上提交)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from engine import Element, forms
from errors import InvalidForm, NotFound
from handlers import call
from models import (
    Case,
    CaseUnit,
    HeldPost,
    Identity,
    Post,
    ProcessDefinition,
    Unit,
    Writes,
    now,
    post_key,
    session,
    transactional,
)
from operations.acts.attachments import Kept, Upload, add_attachments, drop_kept, kept_on_disk, problems_of
from operations.acts.cases import phone_mark
from operations.gate.instances import require_in_use, start_process
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.submissions import choice_lists, submit
from operations.gate.writing import write_down
from operations.public.reporters import NAME
from operations.public.visitors import Visitor, is_used, note_act, problems_with, require_patience
from reference import definitions


def submit_online(
    flow: str, values: Mapping[str, Any], files: Sequence[Upload], visitor: Visitor, *, request: str | None = None
) -> Case:
    """Start a case with what somebody typed outside, give it its number and code, and put it before the post that
    registers it: whether it belongs here is for that post to judge (XT-09, XX-04).

    Raises NotFound for a flow that takes nothing from outside, NotAllowed for a retired one, TooMany, InvalidForm with
    the problems of the form, of `files` and of `answer`.
    """
    start, receiver = public_start(flow)
    request = request_key(request, "online", flow, by=receiver)
    wrong = problems_of(files)
    with kept_on_disk([] if wrong else files) as kept:
        try:
            return _submit(flow, start, receiver, values, kept, visitor, request, wrong)
        except IntegrityError:
            handled = already_handled(request)  # the same request, sent twice at once, came in first
            if handled is None and is_used(visitor):
                raise InvalidForm(problems_with(visitor)) from None
            if handled is None:
                raise
            drop_kept(kept)
            return session.get_one(Case, handled.case_id)


@transactional
def _submit(
    flow: str,
    start: Element,
    receiver: Identity,
    values: Mapping[str, Any],
    kept: Sequence[Kept],
    visitor: Visitor,
    request: str | None,
    wrong: Mapping[str, str],
) -> Case:
    if handled := already_handled(request):
        drop_kept(kept)
        return session.get_one(Case, handled.case_id)
    require_patience(visitor.address)
    [post] = receiver.posts
    channel, form_key = start.properties["channel"], start.properties["form"]
    typed = _checked(definitions.newest(flow).id, form_key, values, receiver, visitor, wrong)
    data = {**typed, "receiver_post": post.key, "channel": channel, "online": True}
    move = start_process(flow, data, by=receiver, channel=channel, at=start.id)
    case, context, writes = move.instance.case, move.host.context, Writes()
    move.kind, move.element, move.name = "submitted", start.id, start.name
    move.execution.trail.clear()
    context.notes.clear()
    clean = submit(writes, move, form_key, values, element=start.id, task_id=None)
    case.phone_hash = phone_mark(move.definition.forms[form_key], clean)
    session.merge(CaseUnit(case_id=case.id, unit=post.unit, role="registrar"))
    note_act(visitor, context.now)
    remember(writes, request, case_id=case.id, task_id="", at=context.now)
    writes.send()
    call("case.number", {"scheme": context.scheme}, context)
    call("reporter.receipt", {}, context)
    write_down(move)
    if kept:
        files = Writes()
        add_attachments(files, move.instance, kept, "", by=receiver, at=context.now, from_reporter=True)
        files.send()
    return case


def _checked(
    definition_id: int,
    form_key: str,
    values: Mapping[str, Any],
    receiver: Identity,
    visitor: Visitor,
    wrong: Mapping[str, str],
) -> dict[str, Any]:
    """What was typed as far as the flow asks for it, before anybody of the house reads it: what cannot wait must not
    (XX-21). What is wrong with files and answer is told together with what is wrong on the form.
    """
    definition = definitions.definition(definition_id)
    form = definition.forms[form_key]
    problems = dict(wrong) | problems_with(visitor)
    try:
        clean = forms.clean(form, values, choice_lists(receiver, form.lists), now=now())
    except InvalidForm as error:
        raise InvalidForm(error.problems | problems) from None
    if problems:
        raise InvalidForm(problems)
    return {name: value for name, value in clean.items() if name in definition.variables}


def public_flows() -> list[ProcessDefinition]:
    """The flows in use that people may begin themselves, in a county that has the post which registers it."""
    retired, rows = definitions.retired(), definitions.newest_of_each()
    return [row for row in rows if row.key not in retired and _receiver(row) is not None]


def public_start(flow: str) -> tuple[Element, Identity]:
    """Where people begin a case of this flow, and who they are to the house: nobody, before the post that registers.

    Raises NotFound, NotAllowed for a retired flow.
    """
    row = definitions.newest(flow)
    start, receiver = definitions.definition(row.id).public_start, _receiver(row)
    if start is None or receiver is None:
        raise NotFound
    require_in_use(row)
    return start, receiver


def _receiver(row: ProcessDefinition) -> Identity | None:
    start = definitions.definition(row.id).public_start
    if start is None:
        return None
    found = select(Post, Unit).join(Unit).where(Post.key == post_key(*start.properties["receiver"].split(":")))
    held = session.execute(found.where(Unit.successor_id.is_(None))).first()
    if held is None:
        return None
    post, unit = held
    # Lists offer what that post's county has; the history names whoever typed it.
    here = HeldPost(post.key, unit.code, "网上提交", post.role, post.role_name)
    return Identity(id=None, username="", name=NAME, posts=(here,))
