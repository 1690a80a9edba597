"""Telling people: posts by a notice in their inbox, reporters by SMS."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from sqlalchemy import select

from handlers.context import CaseContext
from handlers.registry import BadArgument, handler
from models import Notice, OutboxMessage, Post, Submission, Unit, session
from models.case import URGENT
from models.succession import serving, serving_posts

LIAISONS = ("liaison", "unit_liaison")
LEADERS = ("leader", "unit_deputy")


@handler("notify.post", name="通知岗位", undoable=True)
def notify_post(
    case: CaseContext, to: Annotated[str, "接收岗位", "post"], text: Annotated[str, "通知内容"]
) -> dict[str, Any]:
    """在岗位的站内通知中放入一条消息；放入即为送达（C-04）。"""
    served = serving_posts([to])
    if to not in served:
        raise BadArgument(f"没有岗位“{to}”，通知没有送达。")
    tell(case, [served[to]], text)
    case.note("notice", text)
    return {}


@handler("notify.reporter", name="告知反映人")
def notify_reporter(
    case: CaseContext, text: Annotated[str, "告知内容"], phone: Annotated[str, "电话（不填则用登记的电话）"] = ""
) -> dict[str, Any]:
    """给反映人发短信。短信经发件箱送出，未接入网关时只登记。"""
    phone = phone or phone_of_reporter(case)
    if phone:
        send(case, "sms", phone, {"text": text})
    case.note("reply", f"告知反映人：{text}" if phone else f"反映人没有留电话，未发短信：{text}")
    return {}


def phone_of_reporter(case: CaseContext) -> str:
    """The newest number that a form of the case has (SPEC 2.2: Reporter)."""
    return _left(case, "reporter_phone")


def has_reporter(case: CaseContext) -> bool:
    """Whether a form of the case names somebody who brought it: a leader's assignment has nobody (YL-03)."""
    return bool(_left(case, "reporter_name") or _left(case, "reporter_phone"))


def _left(case: CaseContext, key: str) -> str:
    forms = select(Submission.values).where(Submission.case_id == case.case.id).order_by(Submission.id.desc())
    return next((values[key] for values in session.scalars(forms) if values.get(key)), "")


def tell(case: CaseContext, posts: Iterable[str], text: str, kind: str = "") -> None:
    """A notice to each of these posts, as they are today. `kind`: of Notice."""
    session.add_all(Notice(case_id=case.case.id, post=post, kind=kind, text=text, at=case.now) for post in posts)


def posts_of_role(role: str) -> Sequence[str]:
    """The post of this role in every unit that has one."""
    return session.scalars(select(Post.key).where(Post.role == role).order_by(Post.key)).all()


def tell_unit(
    case: CaseContext, unit: str, text: str, roles: Iterable[str] = LIAISONS + LEADERS, kind: str = ""
) -> None:
    """A notice to a unit's 联络员 and 分管领导, whatever the county calls these posts, or to those of `roles` only."""
    tell(case, posts_to_tell(unit, roles), text, kind)


def posts_to_tell(unit: str, roles: Iterable[str] = LIAISONS + LEADERS) -> Sequence[str]:
    """Those posts of the unit, or of the one that does its work today."""
    mine = Post.role.in_(list(roles)) & (Unit.code == serving(unit))
    return session.scalars(select(Post.key).join(Unit).where(mine)).all()


def send(case: CaseContext, channel: str, recipient: str, body: dict[str, Any]) -> None:
    """Write what shall leave the building; the outbox delivers it after the commit (P5)."""
    session.add(
        OutboxMessage(
            instance_id=case.instance.id,
            channel=channel,
            recipient=recipient,
            body=body,
            urgent=case.case.mark == URGENT,
            idempotency_key=case.idempotency_key(),
            next_at=case.now,
            created_at=case.now,
        )
    )
