"""Which flows a county has switched off, and what has been decided about each."""

from dataclasses import dataclass

from sqlalchemy import select

from config import ZONE
from models import Identity, ParameterValue, session
from operations.house.retirement import KEY
from queries.house.own_flows import own_flows
from reference import definitions


@dataclass(frozen=True)
class FlowLine:
    """`changes` are the times it was retired and taken into use again, oldest first, a line each."""

    key: str
    version: int
    name: str
    retired: bool
    changes: list[str]


def flow_lines(by: Identity) -> list[FlowLine]:
    """The flows of one's own county."""
    retired = definitions.retired()
    return [FlowLine(row.key, row.version, row.name, row.key in retired, retirements(row.key)) for row in own_flows(by)]


def retirements(key: str) -> list[str]:
    """2026-03-12 09:00 命令行停用（潭县政发〔2026〕1号）"""
    lines, before = [], False
    for row in session.scalars(select(ParameterValue).where(ParameterValue.key == KEY).order_by(ParameterValue.id)):
        if (key in row.value) is not before:
            before = not before
            what = "停用" if before else "恢复使用"
            lines.append(f"{row.at.astimezone(ZONE):%Y-%m-%d %H:%M} {row.by}{what}（{row.basis or '未写依据'}）")
    return lines
