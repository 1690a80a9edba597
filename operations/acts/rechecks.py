"""Draw closed cases by lot to be looked at again (回头看), and say what was found."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from config import ZONE
from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from models import Case, Identity, Recheck, RecheckDraw, now, session, transactional
from models.recheck import TRUE, UNTRUE
from operations.gate.requests import request_key
from operations.gate.revisions import actor, record
from operations.gate.visibility import in_county_of, in_whose_name, locked_for, offices_of
from reference.counties import county_of
from reference.people import permissions_of

MOST, LONGEST = 100, 366  # cases, days
TODAY = {"notAfter": "today"}
DRAW = Form(
    "draw",
    "抽取",
    (
        Field("since", "datetime", "办结日期从", required=True, subtype="date", properties=TODAY),
        Field("until", "datetime", "到", required=True, subtype="date", properties=TODAY),
        Field("number", "number", "抽取件数", required=True, min=1, max=MOST, step=1, digits=0, default=10),
    ),
    {},
)
FINDINGS = {TRUE: "属实", UNTRUE: "不实"}
FINDING = Form(
    "finding",
    "核查结果",
    (
        Field(
            "finding",
            "radio",
            "办理结果",
            required=True,
            choices=tuple(Choice(value, label) for value, label in FINDINGS.items()),
        ),
        Field("words", "textarea", "核查情况", required=True, max_length=500),
    ),
    {},
)


@transactional
def draw_rechecks(values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> int:
    """Draw `number` of the cases that people registered or handed in and that were closed from the day `since` to the
    day `until`, in the county of who draws. Returns the id of the draw; the same request twice draws once (P3).

    The seed is the moment by the database's clock: nobody chooses it. Raises NotAllowed, InvalidForm also where the
    period has no such case.
    """
    request = request_key(request, "draw", by=by)
    offices = offices_of(by, "supervise")
    if not offices:
        raise NotAllowed("只有督查岗位可以抽取。")
    done = select(RecheckDraw.id).where(RecheckDraw.request == request)
    if request and (draw_id := session.scalar(done)):
        return draw_id
    at = now()
    since, until, number = _checked(values, at)
    cases = closed_cases(offices[0], since, until)
    if not cases:
        raise InvalidForm({"": f"{since} 到 {until} 没有办结的事项。"})
    draw = RecheckDraw(unit=offices[0], since=since, until=until, total=len(cases))
    draw.seed, draw.at, draw.by, draw.request = at.isoformat(), at, actor(by.at(_drawing_post(by))), request
    session.add(draw)
    session.flush()
    drawn = lot(draw.seed, cases)[:number]
    session.add_all(Recheck(draw_id=draw.id, place=place, case_id=id_) for place, id_ in enumerate(drawn, 1))
    return draw.id


def _drawing_post(by: Identity) -> str:
    """Their own, if one of these lets them draw, else that of who they stand in for."""
    return next(post.key for post in by.posts if "supervise" in permissions_of(post.unit, post.role))


def closed_cases(unit: str, since: date, until: date) -> list[int]:
    """Those that somebody registered or handed in in the county of this unit and that were closed on one of these days:
    what the calendar begins comes in through no channel.
    """
    start, end = (datetime.combine(day, time(), ZONE) for day in (since, until + timedelta(days=1)))
    closed = select(Case.id).where(Case.closed_at >= start, Case.closed_at < end, Case.channel != "")
    return list(session.scalars(closed.where(in_county_of([unit])).order_by(Case.id)))


def lot(seed: str, cases: Iterable[int]) -> list[int]:
    """The cases in the order of the lot: by SHA-256 of "seed:case", which anybody can work out again."""
    return sorted(cases, key=lambda case: hashlib.sha256(f"{seed}:{case}".encode()).hexdigest())


@transactional
def record_finding(recheck_id: int, values: Mapping[str, Any], *, by: Identity) -> Recheck:
    """Say what looking again has found; it stands in the case's history from then on. Returns the row.

    Raises NotFound, MessageNotAccepted when it has been said, InvalidForm.
    """
    mine = RecheckDraw.unit.in_(county_of(offices_of(by, "supervise")))
    case_id = session.scalar(select(Recheck.case_id).join(RecheckDraw).where(Recheck.id == recheck_id, mine))
    if case_id is None:
        raise NotFound
    instance, at = locked_for(case_id, by), now()
    row = session.get_one(Recheck, recheck_id, populate_existing=True)
    if row.finding:
        raise MessageNotAccepted(f"{row.by}已经登记过这一件的核查结果，不能改。")
    said = clean(FINDING, values)
    by = in_whose_name(case_id, by)
    row.finding, row.words, row.by, row.at = said["finding"], said["words"], actor(by), at
    notes = [["words", f"核查情况：{said['words']}", ""]]
    record(instance, kind="rechecked", name=FINDINGS[said["finding"]], by=by, at=at, notes=notes)
    return row


def _checked(values: Mapping[str, Any], at: datetime) -> tuple[date, date, int]:
    given = clean(DRAW, values, now=at)
    since, until = (date.fromisoformat(given[key]) for key in ("since", "until"))
    if since > until:
        raise InvalidForm({"until": "“到”不能早于“从”。"})
    if (until - since).days >= LONGEST:
        raise InvalidForm({"until": "一次最多抽取一年内办结的事项。"})
    return since, until, int(given["number"])
