"""The gaps in the sentences of the vocabulary: what may stand there and what it is read as."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from scenarios.failures import NotUnderstood
from scenarios.moments import CLOCK, MOMENT, read_moment
from scenarios.people import read_person, read_post, read_unit
from scenarios.world import World

QUOTED = r"(?:[^“”]|“[^“”]*”)+"  # between “ and ”; may itself hold a pair
NAME = r"[^“”、]+?"

#: A task as 待办是 lists it: its name, and whose it is where the scenario cares.
ExpectedTask = tuple[str, str | None]


@dataclass(frozen=True)
class Placeholder:
    """`pattern` is a regular expression without groups; `read` makes a value of the words."""

    pattern: str
    meaning: str
    read: Callable[[World, str], Any]


def _as_is(_: World, text: str) -> str:
    return text


def _date(_: World, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"“{text}”不是日期。") from None


def _path(_: World, text: str) -> list[str]:
    return [each.strip() for each in re.split("[→、]", text)]


def expected_tasks(text: str) -> list[ExpectedTask]:
    """“签收”（县自然资源局联络员）、“协办意见”"""
    found = re.findall(r"“(.+?)”(?:（((?:[^（）]|（[^（）]*）)+)）)?", text)
    return [(name, read_post(post).key if post else None) for name, post in found]


PLACEHOLDERS: dict[str, Placeholder] = {
    "岗位": Placeholder(
        NAME,
        "单位名加岗位名，如“县自然资源局联络员”；括号里的部分可以省去，如“工作专班分流员”；"
        "同一岗位的第二个人写“另一位县自然资源局联络员”",
        lambda _, text: read_person(text),
    ),
    "单位": Placeholder(NAME, "单位全称，如“县民政局”", lambda _, text: read_unit(text)),
    "时刻": Placeholder(
        MOMENT,
        "如“2026-03-16 14:00”“当天 14:00”“次日 09:00”“3 个工作日前 09:20”“2 个工作日后 09:00”“2 天前 10:00”“3 小时前”",
        read_moment,
    ),
    "日期": Placeholder(r"\d{4}-\d\d-\d\d", "如“2026-03-18”", _date),
    "到期": Placeholder(rf"\d{{4}}-\d\d-\d\d(?: {CLOCK})?", "日期；只写日期即当日 23:59:59", _as_is),
    "数": Placeholder(r"\d+", "阿拉伯数字", lambda _, text: int(text)),
    "流程": Placeholder(QUOTED, "流程的名称", _as_is),
    "任务": Placeholder(QUOTED, "任务的名称或编号", _as_is),
    "按钮": Placeholder(QUOTED, "任务上画的消息边界事件的名称，如“申请延期”", _as_is),
    "文字": Placeholder(QUOTED, "任意文字", _as_is),
    "字段": Placeholder(QUOTED, "表单字段的标签", _as_is),
    "称呼": Placeholder(QUOTED, "给事项起的名字", _as_is),
    "参数": Placeholder(QUOTED, "参数的编号，如“xt.handle_days.general”", _as_is),
    "值": Placeholder(r"[^“”（），]+?", "参数的值：数字、true、false 或文字", _as_is),
    "表": Placeholder(QUOTED, "决策表的编号，如“D-04”", _as_is),
    "列": Placeholder(QUOTED, "决策表一列的名称", _as_is),
    "格": Placeholder(r".+?", '决策表一格的内容，如 8、"general"、-', _as_is),
    "时限": Placeholder(QUOTED, "时限的名称，末尾的“时限”二字可以省去，也可以写编号", _as_is),
    "结果": Placeholder("按时|逾期|作废|进行中|暂停", "按时、逾期、作废、进行中、暂停之一", _as_is),
    "灯": Placeholder("绿|蓝|黄|红|无", "绿、蓝、黄、红、无之一", _as_is),
    "状态": Placeholder(r"[^“”，]+?", "界面上的状态名，如“已归档”", _as_is),
    "文书": Placeholder(
        r"[^“”\d ]+?(?:单|函|书|表|报告|纪要|通报|专报|批评|通知|考评|考核)",
        "催办单、督办单、转办函、统计分析报告等",
        _as_is,
    ),
    "路径": Placeholder(r"[^“”]+", "元素编号或名称，以 → 或、相连", _path),
    "待办": Placeholder(
        r"“.+", "“签收”（县自然资源局联络员）、“审核退回”……；岗位可以不写", lambda _, text: expected_tasks(text)
    ),
}
