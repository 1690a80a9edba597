"""结果：deadlines, as the case page shows them."""

from datetime import datetime

from queries.case.deadlines import DeadlineView, deadlines_of_case
from scenarios.failures import Unexpected, listed
from scenarios.moments import shown
from scenarios.names import plain
from scenarios.vocabulary import step
from scenarios.world import World


@step("时限“{时限}”到期于 {到期}", chapter="结果", example="时限“办理”到期于 2026-02-27")
def due_on(world: World, key: str, due: str) -> None:
    """最近一次的这个时限何时到期。"""
    _check_due(_newest(world, key), due)


@step("时限“{时限}”到期于 {到期}，{结果}", chapter="结果", example="时限“签收”到期于 2026-03-18，按时")
def due_on_and(world: World, key: str, due: str, result: str) -> None:
    """何时到期，结果怎样。按时与否看原到期日或获批的到期日，催办督办不改变它（C-08）。"""
    view = _newest(world, key)
    _check_due(view, due)
    _check_result(world, view, result)


@step(
    "第 {数} 次的时限“{时限}”到期于 {到期}，{结果}",
    chapter="结果",
    example="第 1 次的时限“办理”到期于 2026-08-24，按时",
)
def nth_due_on_and(world: World, place: int, key: str, due: str, result: str) -> None:
    """重办、转派之后，前一次的时限。"""
    found = list(reversed(_all(world, key)))
    if not 1 <= place <= len(found):
        raise Unexpected(f"第 {place} 次的时限“{key}”", f"只有 {len(found)} 次")
    _check_due(found[place - 1], due)
    _check_result(world, found[place - 1], result)


@step("时限“{时限}”的说明有“{文字}”", chapter="结果", example="时限“办理”的说明有“春节”")
def explained(world: World, key: str, words: str) -> None:
    """页面上解释为何在这一天到期的话里有这些字。"""
    text = "\n".join(_newest(world, key).reasons)
    if words not in text:
        raise Unexpected(f"说明里有“{words}”", text)


@step("没有时限“{时限}”", chapter="结果", example="没有时限“签收”")
def no_deadline(world: World, key: str) -> None:
    """这个时限从来没有开始过。"""
    if found := _all(world, key):
        raise Unexpected(f"没有时限“{key}”", f"到期于 {shown(found[0].due_at)}")


def _all(world: World, key: str) -> list[DeadlineView]:
    views = deadlines_of_case(world.instance().case)
    return [view for view in views if key == view.key or plain(key) in (plain(view.name), _short(view.name))]


def _short(name: str) -> str:
    """办理 for 办理时限."""
    return plain(name).removesuffix("时限")


def _newest(world: World, key: str) -> DeadlineView:
    found = _all(world, key)
    if not found:
        others = listed(f"“{_short(view.name)}”" for view in deadlines_of_case(world.instance().case))
        raise Unexpected(f"时限“{key}”", f"只有 {others}")
    return found[0]


def _check_due(view: DeadlineView, due: str) -> None:
    expected = due if " " in due else f"{due} 23:59:59"
    actual = shown(view.due_at)
    if actual not in (expected, expected.removesuffix(":00")):
        raise Unexpected(f"“{_short(view.name)}”到期于 {expected}", f"{actual}。{' '.join(view.explanation)}")


def _check_result(world: World, view: DeadlineView, result: str) -> None:
    actual = result_of(view, world.now)
    if actual != result:
        raise Unexpected(f"“{_short(view.name)}”{result}", actual)


def result_of(view: DeadlineView, now: datetime) -> str:
    """What a scenario calls how a deadline stands."""
    if view.on_time is not None:
        return "按时" if view.on_time else "逾期"
    if view.state == "void":
        return "作废"
    if view.suspended:
        return "暂停"
    return "逾期" if view.due_at < now else "进行中"
