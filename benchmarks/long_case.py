"""A case with a long history and everything that stands on its page, and a paper with scores."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from benchmarks.bulk import FIRST, Row, insert_rows
from benchmarks.county import MORNING, open_task, start_cases, worker
from benchmarks.flows import FORM
from models import (
    Attachment,
    Case,
    CaseLink,
    CaseUnit,
    Deadline,
    DeadlineDispute,
    Document,
    Notice,
    OutboxMessage,
    ProcessInstance,
    session,
    transactional,
)
from models.link import MERGED, RELATED
from operations.acts.noting import note_on_case
from operations.acts.tasks import complete_task
from tests.score_papers import issue_papers

QUERY = {"case_no": "TZ20260001", "code": "ABCDEFGH"}  # tests/score_papers.py numbers it


def add_long_case(steps: int) -> tuple[int, str, int]:
    """Ids of the case, of its open task, and of the paper with scores of a year that is issued on it."""
    [instance], me = start_cases(1), worker()
    for _ in range(steps):
        task = open_task(instance)
        assert task
        complete_task(task, {**FORM, "note": "", "again": "yes"}, by=me, request=uuid4().hex)
        session.remove()
    case_id = session.get_one(ProcessInstance, instance).case_id
    _open_to_all(case_id)
    for number in range(steps // 2):
        note_on_case(case_id, {"remark": f"第{number}次联系反映人"}, by=me)
    paper = issue_papers(session.get_one(Case, case_id))["year"]
    _add_what_stands_beside(case_id, instance, steps // 4)
    task = open_task(instance)
    assert task
    return case_id, task, paper


@transactional
def _open_to_all(case_id: int) -> None:
    case = session.get_one(Case, case_id)
    case.title, case.query_code, case.phone_hash = "东云街道噪声扰民问题", QUERY["code"], "known"
    case.channel, case.lead_org = "window", "natural_resources"
    for unit, role in (("service_hall", "registrar"), ("natural_resources", "lead"), ("task_force", "office")):
        session.merge(CaseUnit(case_id=case_id, unit=unit, role=role))


def _add_what_stands_beside(case_id: int, instance: int, number: int) -> None:
    """Links, of which one says that the case follows another; disputes; papers; files; messages; copies."""
    limits = session.scalars(select(Deadline.id).where(Deadline.case_id == case_id)).all()
    of, who = {"case_id": case_id}, "李建国（工作专班）"

    def link(i: int) -> Row:
        return {
            **of,
            "other_id": FIRST + i,
            "kind": RELATED if i else MERGED,
            "reason": "同一事",
            "by": who,
            "at": MORNING,
        }

    def dispute(i: int) -> Row:
        told = {"due_at": MORNING, "confidential": False, "reason": "节假日算错", "by": who, "post": "", "at": MORNING}
        return {**of, "deadline_id": limits[i % len(limits)], **told, "verdict": "upheld", "answer": "没有算错"}

    def paper(i: int) -> Row:
        told = {"county": "county", "kind": "催办单", "number": f"长办{i}号", "to": "县自然资源局", "body": {}}
        return {**of, **told, "raised_at": MORNING + timedelta(minutes=i), "title": "催办单", "confidential": False}

    def file(i: int) -> Row:
        told = {"name": f"照片{i // 3}.jpg", "version": i % 3 + 1, "kind": "jpeg", "size": 10_000, "digest": "0" * 64}
        return {**of, **told, "stored": uuid4().hex, "note": "", "from_reporter": False, "by": who, "at": MORNING}

    def message(i: int) -> Row:
        told = {"channel": "sms", "recipient": "13800000000", "body": {"text": "已办结"}, "idempotency_key": f"long{i}"}
        sent = {"state": "sent", "next_at": MORNING, "created_at": MORNING, "sent_at": MORNING, "outcome": "已发送"}
        return {"instance_id": instance, **told, **sent}

    def notice(i: int) -> Row:
        return {**of, "post": "post:natural_resources:handler", "text": f"第{i}次", "at": MORNING, "read_at": None}

    for model, row in (
        *((CaseLink, link), (DeadlineDispute, dispute), (Document, paper), (Attachment, file)),
        *((OutboxMessage, message), (Notice, notice)),
    ):
        insert_rows(model, number, row)
