"""What service tasks do. One module a subject, one plain function a task.

    @handler("notify.post", name="通知岗位")
    def notify_post(case: CaseContext, to: Annotated[str, "接收通知的岗位"], text: Annotated[str, "通知内容"]) -> dict:

A designer picks "notify.post" on the diagram; its parameters become the arguments, and what the function returns
becomes the task's result variable. A handler writes rows; what leaves the building is an outbox row.
"""

from handlers.context import CaseContext, Deadlines
from handlers.registry import HandlerInfo, ParameterInfo, call, catalogue, handler

__all__ = ["CaseContext", "Deadlines", "HandlerInfo", "ParameterInfo", "call", "catalogue", "handler"]

# Importing a module registers its handlers.
from handlers import (  # noqa: F401
    accountability,
    bulletins,
    cases,
    dates,
    deadlines,
    hotline,
    hotline_rates,
    indicators,
    meetings,
    notices,
    orders,
    receipts,
    reports,
    reviews,
    tz,
    whistle,
    whistle_opinions,
)
