"""A county of years: cases that are closed, cases that are open, and all that stands around them.

What is many is copied within the database (INSERT … SELECT from the cases), what is different is typed out in Python.
"""

from datetime import UTC, timedelta
from random import Random
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    LargeBinary,
    Select,
    String,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)

from benchmarks.bulk import FIRST, Row, insert_rows
from benchmarks.county import MORNING, WORKER, settle
from handlers.period_troubles import goes_back
from models import (
    AuditEvent,
    Base,
    Case,
    CaseUnit,
    Clue,
    Deadline,
    DeadlineDispute,
    Document,
    Draft,
    HistoryEvent,
    Notice,
    OutboxMessage,
    Post,
    PostHolder,
    ProcessDefinition,
    ProcessInstance,
    Recheck,
    RecheckDraw,
    Submission,
    Task,
    TaskSign,
    Unit,
    User,
    session,
    transactional,
)
from models.deadline import MET
from models.outbox import COPY, FAILED, SENT, WAITING
from models.sign import BEFORE
from models.task import ASKED, COMPLETED, OPEN

STATE = bytes(350)
TERMS = {"key": "handle", "count": 5, "unit": "workday", "starts": "2026-03-05T09:00:00+08:00", "extensions": []}
VALUES = {"public_reply": "经核实，情况属实，已联系反映人并说明政策。" * 3, "handled": "yes"}
BESIDE = ("service_hall", "civil_affairs")  # who registers all, and the newcomer
OFFICE_POST = "post:service_hall:window_clerk"
#: A form that each case of some flows hands in once, and what it says where the case goes back (TZ-19).
REVIEW = "F-TZ-1.review"

Columns = dict[str, Any]


def add_county(closed: int, open_: int) -> None:
    """So many cases, the newest of them open: a minute apart, with forms, history, deadlines, notices and papers."""
    _add_cases(closed + open_)
    _open_the_newest(closed)
    _copy_what_each_case_has()
    _add_open(closed, open_)
    _add_what_few_have(closed, open_)
    settle()


@transactional
def _add_cases(number: int) -> None:
    """Closed ones, some units with much more than others. Two units see each, and one in ten thousand a third."""
    i = select(literal(0).label("i")).cte(recursive=True)
    i = i.union_all(select(i.c.i + 1).where(i.c.i < number - 1))
    of_unit = func.row_number().over(order_by=Unit.id) - 1
    units = select(Unit.code, of_unit.label("number")).where(Unit.code.not_in(BESIDE)).subquery()
    came = _minutes_before_morning(number - i.c.i)
    columns: Columns = {
        **{"id": FIRST + i.c.i, "case_no": literal("RW") + cast(i.c.i, String), "title": literal("街道噪声扰民问题")},
        **{"flow": literal("rework"), "flow_name": literal("反复办理"), "status": literal("archived")},
        **{"channel": literal("window"), "registered_by": literal("周晓敏"), "confidential": literal(False)},
        **{"created_at": came, "closed_at": came, "parameter_revision": literal(1), "lead_org": units.c.code},
        **{"query_code": literal("ABCDEFGH"), "registrar_id": case((i.c.i % 5 == 0, _user(WORKER)))},
    }
    rows = select(*(value.label(name) for name, value in columns.items()))
    rows = rows.join_from(i, units, units.c.number == (i.c.i % 41) * (i.c.i % 43) // 41)
    session.connection().execute(insert(Case.__table__).from_select(list(columns), rows))  # type: ignore[arg-type]
    for unit, role, which in (
        *((Case.lead_org, "lead", Case.id > 0), (literal("service_hall"), "registrar", Case.id > 0)),
        (literal("civil_affairs"), "co", Case.id % 10_000 == 7),
    ):
        _copy(CaseUnit, {"case_id": Case.id, "unit": unit, "role": literal(role)}, which)


def _minutes_before_morning(minutes: ColumnElement[int]) -> ColumnElement[Any]:
    """As each database writes a moment."""
    at = MORNING.astimezone(UTC).replace(tzinfo=None)
    if session.connection().dialect.name == "sqlite":
        return func.strftime(
            "%Y-%m-%d %H:%M:%f000", at.isoformat(" "), literal("-") + cast(minutes, String) + " minutes"
        )
    return literal(at) - minutes * literal(timedelta(minutes=1))


@transactional
def _open_the_newest(closed: int) -> None:
    is_open = Case.id >= FIRST + closed
    session.execute(update(Case).where(is_open).values(status="in_progress", closed_at=None))


def _copy_what_each_case_has() -> None:
    definition = session.scalars(select(ProcessDefinition.id).where(ProcessDefinition.key == "rework")).first()
    each: Columns = {"case_id": Case.id}
    _copy(
        ProcessInstance,
        {
            **{"id": Case.id, "case_id": Case.id, "definition_id": literal(definition), "revision": literal(3)},
            **{"state": literal(STATE, LargeBinary), "passed": literal({"handle": 1}, JSON), "attempts": literal(0)},
            "started_at": Case.created_at,
        },
    )
    post, holder = _lead_posts()
    ended = func.coalesce(Case.closed_at, Case.created_at)
    for number, element in enumerate(("sign", "handle")):
        _copy(
            Task,
            {
                **each,
                **{
                    "id": cast(Case.id, String) + literal(f"-{number}"),
                    "instance_id": Case.id,
                    "name": literal("办理"),
                },
                **{"element": literal(element), "form": literal(f"F.{element}"), "post": post, "inbox_key": post},
                **{"state": literal(COMPLETED), "due_at": ended, "confidential": literal(False)},
                **{"created_at": Case.created_at, "closed_at": ended, "done_by": holder, "revision": literal(2)},
            },
            lead=True,
        )
        _copy(
            Deadline,
            {
                **each,
                **{"key": literal(element), "name": literal("办理时限"), "element": literal(element)},
                **{"clauses": literal("XT-12"), "terms": literal(TERMS, JSON), "due_at": ended, "state": literal(MET)},
                **{"suspended": literal(False), "calendar_revision": literal(1)},
                **{"opened_at": Case.created_at, "closed_at": ended},
            },
        )
        _copy(
            HistoryEvent,
            {
                **{"instance_id": Case.id, "revision": literal(number + 1), "at": Case.created_at},
                **{
                    "kind": literal("completed"),
                    "actor": literal("黄志强（县自然资源局）"),
                    "element": literal(element),
                },
                **{"name": literal("办理"), "path": literal([[element, "completed"]] * 4, JSON)},
                **{"notes": literal([], JSON), "seal": literal("0" * 64)},
            },
        )
    _submissions()
    seen = case((Case.id % 10 == 0, None), else_=Case.created_at)  # one notice in ten is read by nobody
    for to in (post, literal(OFFICE_POST)):
        of_notice = {**each, "post": to, "text": literal("收到一件新的事项，请签收。"), "at": Case.created_at}
        _copy(Notice, {**of_notice, "read_at": seen, "kind": literal(""), "forwarded": literal(True)}, lead=to is post)
    _copy(
        OutboxMessage,
        {
            **{"instance_id": Case.id, "channel": literal("sms"), "recipient": literal("13800000000")},
            **{"body": literal({"text": "您反映的事项已办结。"}, JSON), "urgent": literal(False)},
            **{"idempotency_key": cast(Case.id, String), "next_at": Case.created_at, "attempts": literal(1)},
            **{"state": case((Case.id % 5_000 == 1, FAILED), (Case.id % 5_000 == 2, WAITING), else_=SENT)},
            **{"outcome": literal("已发送"), "created_at": Case.created_at, "sent_at": Case.created_at},
        },
    )
    for kind, of_many in (("催办单", 10), ("督办单", 40), ("转办函", 15)):
        _copy(
            Document,
            {
                **each,
                **{"county": literal("county"), "kind": literal(kind), "number": kind + cast(Case.id, String) + "号"},
                **{"to": literal("县自然资源局"), "body": literal({"事由": "逾期未办"}, JSON), "due_at": ended},
                **{"raised_at": Case.created_at, "title": literal(kind), "confidential": literal(False)},
            },
            Case.id % of_many == 3,
        )


def _submissions() -> None:
    """Two forms of each case, and the sheets of those that went back or were put off, of some several times."""
    passed, fail = {"review_decision": "pass"}, {"review_decision": "fail"}
    sheets = (
        ("F.sign", VALUES, 1, 0),
        ("F.handle", VALUES, 1, 0),
        (REVIEW, {**VALUES, **passed}, 3, 0),
        (REVIEW, {**VALUES, **fail}, 30, 0),
        (REVIEW, {**VALUES, **fail}, 300, 0),
        ("F-C-1.apply", VALUES, 20, 1),
        ("F-C-1.apply", VALUES, 200, 1),
        ("F-C-2.apply", VALUES, 10, 2),
        ("F-C-2.apply", VALUES, 100, 2),
    )
    for form, values, of_many, rest in sheets:
        _copy(
            Submission,
            {
                **{"case_id": Case.id, "element": literal("handle"), "form": literal(form), "at": Case.created_at},
                **{"values": literal(values, JSON), "by": literal("黄志强（县自然资源局）")},
                "goes_back": literal(goes_back(form, values)),
            },
            Case.id % of_many == rest,
        )


@transactional
def _copy(model: type[Base], columns: Columns, *which: ColumnElement[bool], lead: bool = False) -> None:
    """A row of this table for each of these cases. `lead`: some column is of the post of who handles it."""
    rows: Select[Any] = select(*(value.label(name) for name, value in columns.items())).where(Case.id >= FIRST, *which)
    if lead:
        rows = rows.outerjoin(_leads, _leads.c.unit == Case.lead_org)
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # looks up no foreign key, a million times each
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    connection.execute(insert(model.__table__).from_select(list(columns), rows))  # type: ignore[arg-type]


_leads = (
    select(Unit.code.label("unit"), func.min(Post.key).label("post"), func.min(PostHolder.user_id).label("holder"))
    .join(Post, Post.unit_id == Unit.id)
    .outerjoin(PostHolder, PostHolder.post_key == Post.key)
    .group_by(Unit.code)
    .subquery()
)


def _lead_posts() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return func.coalesce(_leads.c.post, OFFICE_POST), _leads.c.holder


def _add_open(closed: int, number: int) -> None:
    """Tasks and limits that run: one in ten late, the others due within a year; one in five waits for who measures."""
    posts = list(session.scalars(select(PostHolder.post_key).distinct().order_by(PostHolder.post_key)))
    mine = [key for key in posts if key.startswith("post:natural_resources:")]
    random = Random(7)

    def due() -> Any:
        return MORNING + timedelta(minutes=random.randrange(-25_000, 225_000))

    dues = [due() for _ in range(number)]
    of_post = [random.choice(mine if i % 5 == 0 else posts) for i in range(number)]

    def task(i: int) -> Row:
        return {
            **{"id": f"{i:032x}", "instance_id": FIRST + closed + i, "case_id": FIRST + closed + i},
            **{"element": "handle", "name": "办理", "form": "F.handle", "post": of_post[i], "inbox_key": of_post[i]},
            **{"state": OPEN, "due_at": dues[i], "deadline_key": "handle", "confidential": False},
            **{"created_at": MORNING, "revision": 1, "asked": ASKED if i % 100 == 0 else ""},
        }

    def deadline(i: int) -> Row:
        return {
            **{"case_id": FIRST + closed + i, "key": "handle", "name": "办理时限", "element": "handle"},
            **{"clauses": "XT-12", "terms": TERMS, "due_at": dues[i], "suspended": False, "calendar_revision": 1},
            **{"state": "running", "opened_at": MORNING},
        }

    def order(i: int) -> Row:
        """A 督办单 that is to be answered by the limit that began with it."""
        return {
            **{"case_id": FIRST + closed + i * 100, "county": "county", "kind": "督办单", "number": f"在办{i}号"},
            **{"to": "县自然资源局", "body": {}, "due_at": MORNING - timedelta(days=60), "raised_at": MORNING},
            **{"title": "督办单", "confidential": False},
        }

    insert_rows(Task, number, task)
    insert_rows(Deadline, number, deadline)
    insert_rows(Document, number // 100, order)


def _add_what_few_have(closed: int, open_: int) -> None:
    """Copies, drafts, signs, disputes, clues, draws and the audit."""
    me, everybody = _user(WORKER), list(session.scalars(select(User.id)))
    few, dated = max(open_ // 100, 1), {"at": MORNING}
    mine = "post:natural_resources:handler"

    def copied(i: int) -> Row:
        told = {"text": "李建国抄送：请阅。", "read_at": None, "forwarded": True}
        return {"case_id": FIRST + closed + i, "post": mine, "kind": COPY, **told, **dated}

    def draft(i: int) -> Row:
        whose = me if i % 4 == 0 else everybody[i % len(everybody)]
        return {"user_id": whose, "task_id": f"{i:032x}", "name": "办理", "values": VALUES, **dated}

    def sign(i: int) -> Row:
        of = {"task_id": f"{i * 100:032x}", "case_id": FIRST + closed + i * 100, "kind": BEFORE, "state": ASKED}
        return {**of, "post": mine, "question": "请核", "asked_by": "李建国（专班）", "asked_at": MORNING}

    limits = list(session.scalars(select(Deadline.id).where(Deadline.state == "running").limit(few)))

    def dispute(i: int) -> Row:
        of = {"case_id": FIRST + closed + i, "deadline_id": limits[i], "due_at": MORNING, "confidential": False}
        return {**of, "reason": "节假日算错", "by": "黄志强", "by_id": me, "post": mine, "verdict": None, **dated}

    def clue(i: int) -> Row:
        return {
            "case_id": FIRST + i * 50,
            "org": "housing",
            "reason": "逾期",
            "summary": "多次逾期",
            "raised_at": MORNING,
        }

    def draw(i: int) -> Row:
        period = {"since": MORNING.date(), "until": MORNING.date(), "total": 1000, "seed": "2026", "by": "曾庆林"}
        return {"id": i + 1, "unit": "supervision_office", **period, **dated}

    def recheck(i: int) -> Row:
        return {"draw_id": i // 100 + 1, "place": i % 100 + 1, "case_id": FIRST + i, "finding": None}

    def event(i: int) -> Row:
        who = {"actor": "黄志强", "user_id": everybody[i % len(everybody)], "kind": ("sign_in", "look")[i % 2]}
        return {**who, "what": "登录", "address": "10.0.0.1", "at": MORNING - timedelta(minutes=i), "place": i + 1}

    for model, number, row in (
        *((Notice, few * 5, copied), (Draft, few * 20, draft), (TaskSign, few, sign), (DeadlineDispute, few, dispute)),
        *((Clue, few, clue), (RecheckDraw, max(few // 20, 1), draw), (Recheck, max(few // 20, 1) * 100, recheck)),
        (AuditEvent, open_ * 3, event),
    ):
        insert_rows(model, number, row)


def _user(name: str) -> int:
    return session.scalars(select(User.id).where(User.username == name)).one()
