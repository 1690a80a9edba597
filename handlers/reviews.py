"""集中评议 and 表彰: invitations, votes, lists (YC-18, YC-19, YC-24). Whom to commend people decide."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from sqlalchemy import func, select

from assessment import Working, yc
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document, workings_of
from handlers.ledger import TASKS
from handlers.notices import posts_of_role, tell
from handlers.periods import new_year
from handlers.registry import handler
from models import Case, Document, Submission, Unit, session

GROUP_OF = {  # who votes (F-YC-2) → the group whose mean counts
    "部门": "departments",
    "人大代表": "deputies",
    "政协委员": "deputies",
    "企业代表": "enterprises_citizens",
    "群众代表": "enterprises_citizens",
}
VOTE = "F-YC-2.vote"
REVIEWED = "集中评议结果表"
BLAMING = ("限期整改通知书", "通报批评")
NO_UNITS = ("不计", "作废", "算式", "_workings")  # what the paper of the result says besides the units


class Vote(NamedTuple):
    """One ballot as it was entered. Nobody knows whose it is."""

    unit: str
    panel: str
    score: Any


@handler("review.summon", name="通知各单位", result="count：通知了几家")
def summon(case: CaseContext, role: Annotated[str, "岗位"], text: Annotated[str, "通知内容"]) -> dict[str, Any]:
    """通知各单位的这个岗位：开会时的分管副职，评议时的评委（YC-16、YC-18）。"""
    posts = posts_of_role(role)
    tell(case, posts, text)
    case.note("notice", f"通知{len(posts)}家：{text}")
    return {"count": len(posts)}


@handler("review.ballot", name="编张号", result="number：第几张")
def number_ballot(case: CaseContext) -> dict[str, Any]:
    """给刚录入的打分表按先后编张号，记入办理经过，录错的凭它作废；不记是谁打的分（YC-18）。"""
    votes = list(_votes(case))
    unit, panel, score = votes[-1]
    case.note("ballot", f"第{len(votes)}张：{unit_name(unit)}，{panel}，{score}分")
    return {"number": len(votes)}


@handler("review.tally", name="汇总评议", result="text：名次与得分")
def tally(
    case: CaseContext,
    units: Annotated[list, "述职单位"],
    weights: Annotated[dict, "各组权重"],
    mode: Annotated[str, "计分方式"],
    trim: Annotated[bool, "是否去掉最高最低分"],
    void: Annotated[list, "作废的张号"] = (),  # type: ignore[assignment]
) -> dict[str, Any]:
    """按部门、代表委员、企业群众三组汇总打分，算式存入评议结果；没有人打分的单位不计分，作废的张不计（YC-18、YC-24）。"""
    shares = {name: Decimal(str(weight)) for name, weight in weights.items()}
    rules = yc.Rules(group_weights=shares, review_mode=mode, review_trim=trim)
    votes = [vote for number, vote in enumerate(_votes(case), 1) if number not in void]
    scores = {unit: yc.review_score(_grouped(votes, unit), rules) for unit in units}
    order = sorted(units, key=lambda unit: (scores[unit].value is None, -(scores[unit].value or 0)))
    body: dict[str, Any] = {unit_name(unit): _score(scores[unit]) for unit in order}
    body["不计"] = f"{sum(vote.unit not in scores for vote in votes)}票"
    if void:
        body["作废"] = "、".join(f"第{number}张" for number in sorted(void))
    body["算式"] = "\n".join(line for unit in order for line in scores[unit].named(unit_name(unit)).lines())
    body["_workings"] = [workings_of(unit, unit_name(unit), scores[unit]) for unit in order]
    number = add_document(case, REVIEWED, "市、区主要领导", body)
    case.note("tally", f"{number}，{len(votes)}票")
    return {"text": "；".join(f"{unit_name(unit)} {_score(scores[unit])}" for unit in order)}


@handler("reward.candidates", name="汇总候选", result="text：各单位的台账、评议和通报情况")
def candidates(case: CaseContext, year: Annotated[int, "年度"]) -> dict[str, Any]:
    """汇总全年销号、评议、整改和通报，供初审时参考；系统不评定谁该表彰（YC-19）。"""
    within = (Document.raised_at >= new_year(year)) & (Document.raised_at < new_year(year + 1))
    ours = Document.kind.in_([*BLAMING, REVIEWED]) & (Document.county == case.county())
    of_year = session.scalars(select(Document).where(ours, within).order_by(Document.id)).all()
    written_off = _written_off(year)
    blamed = Counter(row.to for row in of_year if row.kind in BLAMING)
    reviews = [row.body for row in of_year if row.kind == REVIEWED]
    reviewed = {name for body in reviews for name in body if name not in NO_UNITS}
    names = sorted({*written_off, *blamed, *reviewed})
    lines = [
        f"{name}：销号{written_off[name]}项，整改和通报{blamed[name]}次，"
        f"评议{'、'.join(body[name] for body in reviews if name in body) or '未参加'}"
        for name in names
    ]
    text = "\n".join(lines) or _nothing_yet(year)
    add_document(case, "表彰候选名单", "郾城区领导小组办公室", {"年度": year, "内容": text})
    return {"text": text}


def _nothing_yet(year: int) -> str:
    """Why there is nothing to go by: no task was set in the year, or none has come to anything yet."""
    within = (Case.created_at >= new_year(year)) & (Case.created_at < new_year(year + 1))
    tasks = session.scalar(select(func.count()).select_from(Case).where(Case.flow == TASKS, within))
    if not tasks:
        return "本年没有台账。"
    return f"本年台账{tasks}项任务，还没有销号的；没有整改、通报和评议。"


def _votes(case: CaseContext) -> Iterable[Vote]:
    """In the order they were entered."""
    cast = select(Submission).where(Submission.case_id == case.case.id, Submission.form == VOTE)
    for row in session.scalars(cast.order_by(Submission.id)):
        yield Vote(row.values["vote_unit"], row.values["panel"], row.values["score"])


def _grouped(votes: Iterable[Vote], unit: str) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {group: [] for group in yc.GROUPS}
    for vote in votes:
        if vote.unit == unit:
            grouped[GROUP_OF[vote.panel]].append(vote.score)
    return grouped


def _score(working: Working) -> str:
    return "未计分" if working.value is None else str(working.value)


def _written_off(year: int) -> Counter[str]:
    """How many tasks each unit has had written off in the year."""
    written_off = (Case.flow == TASKS) & (Case.result == "written_off")
    within = (Case.closed_at >= new_year(year)) & (Case.closed_at < new_year(year + 1))
    return Counter(session.scalars(select(Unit.name).join(Case, Case.lead_org == Unit.code).where(written_off, within)))
