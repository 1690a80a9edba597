"""Papers a leading group sends out: bulletins (通报、专报), minutes, petitions (YC-16 to YC-20)."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.indicators import LIGHTS, PROGRESS
from handlers.ledger import UNREPORTED, missed_between
from handlers.period_sections import span
from handlers.periods import last_period
from handlers.registry import handler
from models import Document, Unit, session

NOTHING = "无"
RECTIFY = "限期整改通知书"
BLAMING = (RECTIFY, "通报批评", "督导专报")
COLUMNS = ("任务", "指标", "结果", "目标", "达标", "亮灯")


@handler("bulletin.issue", name="印发文书", result="number：编号")
def issue(
    case: CaseContext,
    kind: Annotated[str, "文书种类"],
    to: Annotated[str, "主送：单位代号或名称"],
    content: Annotated[object, "内容：一段文字，或按栏目写（标题、抄送、签发人，各栏目的文字，附表的各行）"],
    owner: Annotated[str, "发文机关：单位代号或名称（不填则为本方案的发文机关）"] = "",
) -> dict[str, Any]:
    """按文书种类和年度编号，登记一份文书；空的栏目不印。"""
    main_to = session.scalar(select(Unit.name).where(Unit.code == to)) or to
    sections = content if isinstance(content, dict) else {"内容": content}
    printed = {label: text for label, text in sections.items() if text}
    number = add_document(case, kind, main_to, printed, issuer=owner)
    case.note("document", f"印发{number}，送{main_to}")
    return {"number": number}


@handler(
    "bulletin.compile",
    name="汇编专报",
    result="period、span：期间；basics、highlights、laggards、problems：各栏目；table：附表",
)
def compile_bulletin(case: CaseContext, cycle: Annotated[str, "周期"]) -> dict[str, Any]:
    """把上一周期各单位的填报汇成专报初稿：亮点、推进不力、堵点难点；没有签收、没有填报的也在推进不力里点名（YC-17）。"""
    start, end = last_period(case.now, cycle)
    rows = _issued(case.county(), start, end)
    reports = [row for row in rows if row.kind == PROGRESS and row.body["结果"] not in UNREPORTED]
    missed = missed_between(start, end, case.county())
    told = {case_id for case_id, _ in missed}
    blamed = [f"{row.to}：{_blame(row)}" for row in rows if row.kind in BLAMING and not _repeats(row, told)]
    latest = list({(row.case_id, row.to): row for row in reports}.values())
    behind = [_line(row, "结果") for row in latest if row.body["亮灯"] == "红灯"]
    case.case.title = f"{span(start, end)}专报"
    return {
        "period": f"{start:%Y-%m}",
        "span": span(start, end),
        "basics": _basics(latest, len(missed)),
        "highlights": _joined(_line(row, "亮点") for row in reports if row.body["亮点"]),
        "laggards": _joined([*(line for _, line in missed), *behind, *blamed]),
        "problems": _joined(_line(row, "堵点难点") for row in reports if row.body["堵点难点"]),
        "table": "\n".join("｜".join([row.to, *(str(row.body[name]) for name in COLUMNS)]) for row in latest),
    }


def _issued(county: str, start: datetime, end: datetime) -> Sequence[Document]:
    """The county's papers of [start, end) that such a bulletin is made of."""
    of_kind = Document.kind.in_([PROGRESS, *BLAMING]) & (Document.county == county)
    within = (Document.raised_at >= start) & (Document.raised_at < end)
    return session.scalars(select(Document).where(of_kind, within).order_by(Document.id)).all()


def _basics(latest: Sequence[Document], missed: int) -> str:
    """How many tasks reported, met their target, and stand at each light; how many limits ran out unanswered."""
    lights = Counter(row.body["亮灯"] for row in latest)
    met = sum(row.body["达标"] == "是" for row in latest)
    shown = "、".join(f"{light}{lights[light]}项" for light in LIGHTS.values() if lights[light])
    counts = f"填报任务{len(latest)}项，达标{met}项，未达标{len(latest) - met}项"
    owed = f"到期没有签收、填报{missed}项次" if missed else ""
    return "；".join(part for part in (counts, shown, owed) if part) + "。"


def _line(row: Document, field: str) -> str:
    return f"{row.to}（{row.body['任务']}）：{row.body[field]}"


def _blame(row: Document) -> str:
    """What the paper says of the unit; one that was decided is told by its matter and what was decided."""
    return row.body.get("内容") or f"{row.body['事由']}：{row.body['决定']}"


def _repeats(row: Document, told: Collection[int]) -> bool:
    """Whether it orders what is told already with its day: a task that was not signed, a month not reported."""
    is_order, said = row.kind == RECTIFY, row.body.get("内容", "")
    return is_order and row.case_id in told and any(f"：{word}，" in said for word in UNREPORTED)


def _joined(lines: Any) -> str:
    return "；".join(lines)[:2000] or NOTHING
