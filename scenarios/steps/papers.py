"""结果：papers, clues, notices, messages, and what has gone wrong."""

from typing import Any

from sqlalchemy import func, select

from config import ZONE
from models import Clue, Document, Identity, Incident, Notice, OutboxMessage, session
from scenarios.failures import Unexpected, listed
from scenarios.names import plain
from scenarios.people import post_name
from scenarios.vocabulary import step
from scenarios.world import World


@step("有{文书} {数} 份", chapter="结果", example="有催办单 1 份")
def papers_number(world: World, kind: str, number: int) -> None:
    """这个事项出过几份这种文书。"""
    if len(found := _papers(world, kind)) != number:
        raise Unexpected(f"{kind} {number} 份", f"{len(found)} 份：{listed(paper.number for paper in found)}")


@step("没有{文书}", chapter="结果", example="没有督办单")
def no_papers(world: World, kind: str) -> None:
    """这个事项没有出过这种文书。"""
    papers_number(world, kind, 0)


@step("{文书}的“{字段}”是“{文字}”", chapter="结果", example="统计分析报告的“接收”是“2”")
def paper_says(world: World, kind: str, field: str, expected: str) -> None:
    """最近一份这种文书上的内容；“主送”是发给谁，“发文机关”是谁印发，“反馈时限”写日期。"""
    found = _papers(world, kind)
    if not found:
        raise Unexpected(f"有{kind}", "没有")
    body = _contents(found[-1])
    if str(body.get(field)) != expected:
        raise Unexpected(f"“{field}”是“{expected}”", "；".join(f"{key}：{value}" for key, value in body.items()))


@step("{文书}的“{字段}”有“{文字}”", chapter="结果", example="督查通报的“各部门办理情况”有“高港生态环境局”")
def paper_mentions(world: World, kind: str, field: str, words: str) -> None:
    """最近一份这种文书的这一项里有这些字，例如附表中的一行。"""
    found = _papers(world, kind)
    if not found:
        raise Unexpected(f"有{kind}", "没有")
    text = str(_contents(found[-1]).get(field))
    if plain(words) not in plain(text):
        raise Unexpected(f"“{field}”有“{words}”", text)


@step("问责线索 {数} 条", chapter="结果", example="问责线索 1 条")
def clues_number(world: World, number: int) -> None:
    """这个事项登记过几条问责线索。"""
    mine = Clue.case_id == world.instance().case_id
    actual = session.scalar(select(func.count()).select_from(Clue).where(mine)) or 0
    if actual != number:
        raise Unexpected(f"问责线索 {number} 条", f"{actual} 条")


@step("通知了{岗位}“{文字}”", chapter="结果", example="通知了县自然资源局联络员“请签收工单”")
def post_told(world: World, by: Identity, words: str) -> None:
    """岗位的站内通知里有一条含这些字；放入即为送达（C-04）。"""
    rows = session.scalars(select(Notice).where(Notice.case_id == world.instance().case_id)).all()
    if not any(row.post in by.post_keys and plain(words) in plain(row.text) for row in rows):
        raise Unexpected(
            f"有通知“{words}”", "\n".join(f"{post_name(row.post)}：{row.text}" for row in rows) or "没有通知"
        )


@step("告知了反映人“{文字}”", chapter="结果", example="告知了反映人“已办结”")
def reporter_told(world: World, words: str) -> None:
    """发给反映人的短信里有一条含这些字。"""
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.instance_id == world.instance().id)).all()
    texts = [str(row.body.get("text")) for row in rows if row.channel == "sms"]
    if not any(plain(words) in plain(text) for text in texts):
        raise Unexpected(f"短信里有“{words}”", "\n".join(texts) or "没有短信")


@step("没有出错", chapter="结果", example="没有出错")
def nothing_wrong(world: World) -> None:
    """没有待运维处理的异常。"""
    if found := _incidents(world):
        raise Unexpected("没有出错", "\n".join(found))


@step("出错了：“{文字}”", chapter="结果", example="出错了：“没有岗位”")
def something_wrong(world: World, words: str) -> None:
    """有一条待运维处理的异常含这些字。"""
    found = _incidents(world)
    if not any(plain(words) in plain(each) for each in found):
        raise Unexpected(f"出错了：“{words}”", "\n".join(found) or "没有出错")


def _papers(world: World, kind: str) -> list[Document]:
    mine = (Document.case_id == world.instance().case_id) & (Document.kind == kind)
    return list(session.scalars(select(Document).where(mine).order_by(Document.id)))


def _contents(paper: Document) -> dict[str, Any]:
    due = {"反馈时限": f"{paper.due_at.astimezone(ZONE):%Y-%m-%d}"} if paper.due_at else {}
    return {"编号": paper.number, "标题": paper.title, "发文机关": paper.issuer, "主送": paper.to, **paper.body, **due}


def _incidents(world: World) -> list[str]:
    mine = (Incident.instance_id == world.instance().id) & Incident.resolved_at.is_(None)
    return [f"{row.element}：{row.message}" for row in session.scalars(select(Incident).where(mine))]
