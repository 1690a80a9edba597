"""结果：where the case has been, what its history says, who may see it."""

from datetime import datetime

from errors import NotFound
from models import Identity
from queries.case.cases import CaseFile, case_file
from queries.public.progress import progress
from queries.statuses import STATUS_NAMES
from scenarios.failures import NotUnderstood, Unexpected, listed
from scenarios.names import SUPPLEMENT, find_called, plain
from scenarios.people import anyone
from scenarios.refusals import words_of
from scenarios.vocabulary import step
from scenarios.walking import path_of
from scenarios.world import World


@step("路径是 {路径}", chapter="结果", example="路径是 N02_register → N06_dispatch → N07_sign")
def path_is(world: World, expected: list[str]) -> None:
    """人办的步骤（用户任务）依次是这些，不多不少。"""
    elements = world.definition().elements
    actual = [
        element
        for element in path_of(world.instance().id)
        if element in elements and elements[element].kind == "userTask"
    ]
    wanted = [_one(world, name, actual[place : place + 1]) for place, name in enumerate(expected)]
    if actual != wanted:
        raise Unexpected(" → ".join(expected), " → ".join(actual))


@step("路径经过 {路径}", chapter="结果", example="路径经过 N07_auto_sign → N15_due → N19_clue")
def path_passes(world: World, expected: list[str]) -> None:
    """依次经过这些元素（任务、事件、网关都可以），中间可以有别的。"""
    actual = path_of(world.instance().id)
    rest = iter(actual)
    for name in expected:
        ids = set(_ids(world, name))
        if not any(element in ids for element in rest):
            raise Unexpected(" → ".join(expected), f"“{name}”没有走到，或次序不对：{' → '.join(actual)}")


@step("路径不经过 {路径}", chapter="结果", example="路径不经过 N06_dispatch")
def path_avoids(world: World, unexpected: list[str]) -> None:
    """这些元素都没有走到。"""
    actual = set(path_of(world.instance().id))
    if met := [name for name in unexpected if actual.intersection(_ids(world, name))]:
        raise Unexpected(f"不经过 {listed(met)}", "经过了")


@step("“{任务}”办过 {数} 次", chapter="结果", example="“N10_handle”办过 2 次")
def passed_times(world: World, name: str, times: int) -> None:
    """这个元素走过几次。"""
    ids = set(_ids(world, name))
    actual = sum(element in ids for element in path_of(world.instance().id))
    if actual != times:
        raise Unexpected(f"“{name}”办过 {times} 次", f"{actual} 次")


@step("状态是 {状态}", chapter="结果", example="状态是 已归档")
def status_is(world: World, expected: str) -> None:
    """事项的状态，按界面上的说法。"""
    actual = STATUS_NAMES.get(world.case().status, world.case().status)
    if actual != expected:
        raise Unexpected(expected, actual)


@step("列表上标着“{文字}”", chapter="结果", example="列表上标着“紧急”")
def is_marked(world: World, expected: str) -> None:
    """待办、事项列表上标题前面的标记。"""
    if world.case().mark != expected:
        raise Unexpected(f"标着“{expected}”", f"“{world.case().mark}”")


@step("列表上没有标记", chapter="结果", example="列表上没有标记")
def is_not_marked(world: World) -> None:
    """待办、事项列表上标题前面没有标记。"""
    if world.case().mark:
        raise Unexpected("没有标记", f"“{world.case().mark}”")


@step("事项编号是 {状态}", chapter="结果", example="事项编号是 XT20260001")
def number_is(world: World, expected: str) -> None:
    """登记时编的号（C-01）。"""
    if world.case().case_no != expected:
        raise Unexpected(expected, str(world.case().case_no))


@step("不计入考核", chapter="结果", example="不计入考核")
def excluded(world: World) -> None:
    """已提请剔除出满意率考核。"""
    if not world.case().excluded:
        raise Unexpected("不计入考核", "计入")


@step("事项的“{字段}”是“{文字}”", chapter="结果", example="事项的“满意度”是“满意”")
def fact_is(world: World, label: str, expected: str) -> None:
    """事项页上的情况，按最近一次填写，个人信息已遮盖。"""
    facts = dict(_file(world, anyone()).facts)
    if facts.get(label) != expected:
        raise Unexpected(f"“{label}”是“{expected}”", f"“{facts.get(label)}”；有 {listed(facts)}")


@step("办结于 {时刻}", chapter="结果", example="办结于 2026-03-12 10:00")
def closed_at(world: World, moment: datetime) -> None:
    """事项页、案卷上的办结时间：已办结、已销号、不予受理的那一刻，以后才归档的也一样。"""
    closed = _file(world, anyone()).closed_at
    if closed is None or closed.replace(second=0, microsecond=0) != moment:
        raise Unexpected(f"{moment:%Y-%m-%d %H:%M}", f"{closed:%Y-%m-%d %H:%M}" if closed else "还没有办结")


@step("历史有“{文字}”", chapter="结果", example="历史有“完成签收”")
def history_has(world: World, words: str) -> None:
    """办理过程里有一行含这些字（不看换行）。"""
    if plain(words) not in plain("\n".join(told := _story(_file(world, anyone())))):
        raise Unexpected(f"历史有“{words}”", "\n" + "\n".join(told))


@step("历史没有“{文字}”", chapter="结果", example="历史没有“延长”")
def history_has_not(world: World, words: str) -> None:
    """办理过程里没有这些字。"""
    for line in _story(_file(world, anyone())):
        if plain(words) in plain(line):
            raise Unexpected(f"历史没有“{words}”", line)


@step("反映人凭查询码查到“{文字}”", chapter="结果", example="反映人凭查询码查到“承办单位正在办理”")
def reporter_finds(world: World, words: str) -> None:
    """反映人在查询页凭编号和查询码看到的进度、答复里有这些字。"""
    case = world.reported()
    found = progress(case.case_no or "", case.query_code or "")
    if not any(plain(words) in plain(text) for text in (found.status, *found.replies)):
        raise Unexpected(f"查到“{words}”", listed([found.status, *found.replies]))


@step("反映人在网上可以“{按钮}”", chapter="结果", example="反映人在网上可以“评价”")
def reporter_may(world: World, button: str) -> None:
    """反映人查到进度以后，页面上有这个按钮。"""
    if button not in (offered := _buttons(world)):
        raise Unexpected(f"有“{button}”", listed(offered) or "一个按钮也没有")


@step("反映人在网上不能“{按钮}”", chapter="结果", example="反映人在网上不能“修改评价（只能改一次）”")
def reporter_may_not(world: World, button: str) -> None:
    """反映人查到进度以后，页面上没有这个按钮。"""
    if button in (offered := _buttons(world)):
        raise Unexpected(f"没有“{button}”", listed(offered))


@step("反映人没有查询码", chapter="结果", example="反映人没有查询码")
def reporter_has_no_code(world: World) -> None:
    """没有反映人的事项不给查询码。"""
    if world.case().query_code:
        raise Unexpected("没有查询码", "有查询码")


@step("{岗位}看得到这个事项", chapter="结果", example="县自然资源局联络员看得到这个事项")
def may_see(world: World, by: Identity) -> None:
    """事项页对这个岗位打得开。"""
    try:
        _file(world, by)
    except NotFound:
        raise Unexpected("看得到", "看不到") from None


@step("{岗位}看不到这个事项", chapter="结果", example="县民政局联络员看不到这个事项")
def may_not_see(world: World, by: Identity) -> None:
    """事项页对这个岗位打不开。"""
    try:
        _file(world, by)
    except NotFound:
        return
    raise Unexpected("看不到", "看得到")


@step("{岗位}看得到“{文字}”", chapter="结果", example="县政府督查室督查员看得到“问责”")
def may_read(world: World, by: Identity, words: str) -> None:
    """事项页上有这些字：情况、待办、时限、办理过程、文书。"""
    if plain(words) not in plain("\n".join(_everything(_file(world, by)))):
        raise Unexpected(f"看得到“{words}”", "\n" + "\n".join(_everything(_file(world, by))))


@step("{岗位}看不到“{文字}”", chapter="结果", example="县自然资源局联络员看不到“问责”")
def may_not_read(world: World, by: Identity, words: str) -> None:
    """事项页上没有这些字，或者整页打不开。"""
    try:
        lines = _everything(_file(world, by))
    except NotFound:
        return
    for line in lines:
        if plain(words) in plain(line):
            raise Unexpected(f"看不到“{words}”", line)


@step("会被拒绝：“{文字}”", chapter="结果", example="会被拒绝：“签收后2个工作日内才能申请退回”")
def refused(world: World, words: str) -> None:
    """紧接在“当”后面：那一步没有做成，提示里有这些字。"""
    error, world.refusal = world.refusal, None
    if error is None:
        raise Unexpected(f"会被拒绝：“{words}”", "做成了")
    if plain(words) not in plain(words_of(error)):
        raise Unexpected(f"会被拒绝：“{words}”", f"被拒绝，但提示是：{words_of(error)}")


def _buttons(world: World) -> list[str]:
    case = world.reported()
    found = progress(case.case_no or "", case.query_code or "")
    return [button for _, button in found.acts] + ([SUPPLEMENT] if found.may_supplement else [])


def _one(world: World, name: str, actual: list[str]) -> str:
    """The id a name means; of several with one name, the one that was really walked."""
    ids = _ids(world, name)
    return actual[0] if actual and actual[0] in ids else ids[0]


def _ids(world: World, name: str) -> list[str]:
    ids = find_called(world.definition().elements.values(), name)
    if not ids:
        raise NotUnderstood(f"流程图上没有“{name}”。")
    return ids


def _file(world: World, by: Identity) -> CaseFile:
    return case_file(world.instance().case_id, by)


def _story(file: CaseFile) -> list[str]:
    return [f"{each.at:%m-%d %H:%M} {each.who} {each.what} {'；'.join(each.details)}" for each in file.timeline[::-1]]


def _everything(file: CaseFile) -> list[str]:
    facts = [f"{label}：{value}" for label, value in file.facts]
    tasks = [f"待办：{task.name}" for task in file.tasks]
    deadlines = [f"时限：{each.name} {' '.join(each.explanation)}" for each in file.deadlines]
    papers = [f"文书：{paper.number}" for paper in file.documents]
    return [*facts, *tasks, *deadlines, *papers, *_story(file)]
