"""结果：what waits, for whom, and in which light."""

from models import Identity
from queries.boxes.inbox import inbox
from queries.case.deadlines import deadlines_of_case
from scenarios.failures import Unexpected, listed
from scenarios.names import plain
from scenarios.open_tasks import action_of, all_described, described, has_name, open_tasks, task_of
from scenarios.placeholders import ExpectedTask
from scenarios.vocabulary import step
from scenarios.world import World

COLORS = {"绿": "green", "蓝": "blue", "黄": "yellow", "红": "red", "无": "none"}
NAMES = {color: name for name, color in COLORS.items()}


@step("待办是 {待办}", chapter="结果", example="待办是 “签收”（县自然资源局联络员）")
def tasks_are(world: World, expected: list[ExpectedTask]) -> None:
    """这个事项的全部待办，不多不少；顺序不论。"""
    left = open_tasks(world)
    for name, post in expected:
        found = next((task for task in left if has_name(task, name) and post in (None, task.post)), None)
        if found is None:
            raise Unexpected(f"待办“{name}”", all_described(world))
        left.remove(found)
    if left:
        raise Unexpected("没有别的待办", f"还有{'、'.join(map(described, left))}")


@step("待办有 {待办}", chapter="结果", example="待办有 “审批延期”（工作专班分流员）")
def tasks_include(world: World, expected: list[ExpectedTask]) -> None:
    """待办里有这些，也可以还有别的。"""
    for name, post in expected:
        if not any(has_name(task, name) and post in (None, task.post) for task in open_tasks(world)):
            raise Unexpected(f"待办“{name}”", all_described(world))


@step("没有待办", chapter="结果", example="没有待办")
def no_tasks(world: World) -> None:
    """没有人要为这个事项做什么。"""
    if open_tasks(world):
        raise Unexpected("没有待办", all_described(world))


@step("没有待办“{任务}”", chapter="结果", example="没有待办“督办并记反馈”")
def no_such_task(world: World, name: str) -> None:
    """待办里没有这一项。"""
    if any(has_name(task, name) for task in open_tasks(world)):
        raise Unexpected(f"没有待办“{name}”", all_described(world))


@step("{岗位}的“{任务}”亮{灯}灯", chapter="结果", example="县自然资源局经办人的“办理”亮黄灯")
def light_is(world: World, by: Identity, name: str, light: str) -> None:
    """待办箱里这项任务的预警灯；“无”是没有时限。"""
    task = task_of(world, by, name)
    rows = [row for row in inbox(by, limit=500).rows if row.task_id == task.id]
    if not rows:
        raise Unexpected(f"“{name}”在待办箱里", "不在")
    if rows[0].light != COLORS[light]:
        raise Unexpected(f"{light}灯", f"{NAMES[rows[0].light]}灯（{rows[0].due_words}）")


@step(
    "{岗位}待办箱里的“{任务}”标明“{文字}”",
    chapter="结果",
    example="宜良县自然资源局经办人待办箱里的“办理任务”标明“任务2：清运渣土”",
)
def item_is(world: World, by: Identity, name: str, text: str) -> None:
    """几项任务名称相同时，待办箱里标明是哪一项；有一项这样标明就行。"""
    alike = {task.id for task in open_tasks(world) if has_name(task, name)}
    items = [row.item for row in inbox(by, limit=500).rows if row.task_id in alike]
    if text not in items:
        raise Unexpected(f"有一项标明“{text}”", listed(f"“{item}”" for item in items))


@step(
    "{岗位}待办箱里的“{任务}”先到期的是“{时限}”",
    chapter="结果",
    example="县城市管理局经办人待办箱里的“办理”先到期的是“联系诉求人时限”",
)
def first_due(world: World, by: Identity, name: str, limit: str) -> None:
    """待办箱按哪个时限排：任务自己的，或者同时要守的另一个，它先到期（`alsoDue`）。"""
    task = task_of(world, by, name)
    [row] = [row for row in inbox(by, limit=500).rows if row.task_id == task.id]
    deadlines = {view.key: view.name for view in reversed(deadlines_of_case(world.instance().case))}
    found = row.due_name or deadlines.get(task.deadline_key or "", "")
    if plain(limit) != plain(found):
        raise Unexpected(f"先到期的是“{limit}”", f"“{found}”")


@step("“{按钮}”对{岗位}可用", chapter="结果", example="“申请退回”对县自然资源局经办人可用")
def button_works(world: World, name: str, by: Identity) -> None:
    """任务上有这个按钮，现在按得下去。"""
    _, action = action_of(world, by, name)
    if not action.available:
        raise Unexpected(f"可以提出“{name}”", action.why)


@step(
    "“{按钮}”对{岗位}不可用：“{文字}”",
    chapter="结果",
    example="“申请退回”对县自然资源局经办人不可用：“逾期视为接受承办”",
)
def button_is_grey(world: World, name: str, by: Identity, why: str) -> None:
    """按钮是灰的，旁边的说明里有这些字。"""
    _, action = action_of(world, by, name)
    if action.available:
        raise Unexpected(f"不能提出“{name}”", "可以提出")
    if plain(why) not in plain(action.why):
        raise Unexpected(f"说明里有“{why}”", action.why)
