"""What can go wrong on purpose. The docstring is what the user reads.

Raise these anywhere; only web/errors.py turns them into HTTP.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class AppError(Exception):
    """操作没有成功。"""

    def __init__(self, message: str | None = None):
        super().__init__(message or self.__doc__)


class NotFound(AppError):
    """没有找到，或者您无权查看。"""


class NotAllowed(AppError):
    """您没有办理这一步的权限。"""


class FlowRetired(NotAllowed):
    """流程已经停用，不再登记新事项；在办的照常办理。"""


class TaskNotOpen(AppError):
    """该任务已办结或已撤销，不能重复提交。"""


class AlreadyChanged(AppError):
    """刚才有人更新了这个事项，请刷新后再试。"""


class StorageUnavailable(AppError):
    """数据库暂时连接不上，您填写的内容没有丢失，请稍后再试。"""


class StorageBusy(StorageUnavailable):
    """数据库正忙，这一步没有办成，您填写的内容没有丢失，请稍后再试。"""


class MessageNotAccepted(AppError):
    """现在不能提出这项申请。"""


class NotDelivered(AppError):
    """消息没有发出去，稍后自动再发。"""


class NoAnswer(NotDelivered):
    """对方没有应答，稍后自动再发。"""


class GatewayBusy(NotDelivered):
    """对方正忙，稍后自动再发，不算一次。"""


class DeliveryRefused(AppError):
    """对方拒收这条消息，再发也一样；改正以后可以重发。"""


class BadSetting(AppError):
    """环境变量写得不对。"""


class UnknownHandler(AppError):
    """流程图引用了不存在的服务。"""


class DecisionFailed(AppError):
    """决策表没有给出唯一结论。"""


class CalendarMissing(AppError):
    """工作日历没有覆盖这一年，无法推算时限。"""


class BudgetExceeded(AppError):
    """流程一步之内做的事太多，已停下等待检查。"""


class NotTheSameFlow(AppError):
    """新版流程的走向与这个事项的不同，不能换用。"""


class InvalidForm(AppError):
    """表单有误，请按提示修改。"""

    def __init__(self, problems: Mapping[str, str]):
        super().__init__()
        self.problems = dict(problems)  # field key -> what is wrong with it; "" -> the form as a whole


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a diagram, table or form. The message names the element as the designer sees it."""

    element: str  # its id; "" when it concerns the whole file
    message: str
    warning: bool = False  # to be looked at, but no reason to refuse the flow
    has_way: bool = False  # engine.check.counter_examples() tells how a case comes there

    def __str__(self) -> str:
        return self.message


class InvalidDiagram(AppError):
    """流程不能发布。"""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("；".join(str(problem) for problem in problems))
        self.problems = list(problems)


def in_words(error: Exception) -> str:
    """What an operator reads of something that went wrong: our own words, never Python's."""
    return str(error) if isinstance(error, AppError) else f"系统内部出错（{type(error).__name__}）。"
