"""Errors as HTTP: the status, and a page that says in Chinese what happened and what to do."""

from flask import Blueprint, Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from werkzeug.exceptions import BadRequest, HTTPException

from engine.forms import Form
from errors import (
    AlreadyChanged,
    AppError,
    CalendarMissing,
    FlowRetired,
    InvalidForm,
    MessageNotAccepted,
    NotAllowed,
    NotFound,
    StorageBusy,
    StorageUnavailable,
    TaskNotOpen,
)
from queries.case.tasks import TaskPage
from web.asked import asked
from web.forms import Lists
from web.typed import typed_text

STATUS: dict[type[AppError], int] = {
    NotAllowed: 403,
    FlowRetired: 410,
    NotFound: 404,
    TaskNotOpen: 409,
    AlreadyChanged: 409,
    MessageNotAccepted: 409,
    InvalidForm: 422,
    CalendarMissing: 422,
    StorageUnavailable: 503,
    StorageBusy: 503,
}
WORDS = {
    400: "请求不完整，请返回重试。",
    403: "您没有打开这个页面的权限。",
    404: "没有找到，或者您无权查看。",
    405: "这个地址不接受这种操作，请从页面上的按钮进入。",
    413: "提交的内容太大，没有保存。请返回上一页，删减文字或换小一些的文件后再提交。",
}


def register(app: Flask) -> None:
    app.register_error_handler(AppError, show)
    for away in (StorageUnavailable, OperationalError, InterfaceError):
        app.register_error_handler(away, _storage_away)
    for beyond in (OverflowError, DataError):
        app.register_error_handler(beyond, _no_such_number)
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def show(
    error: AppError,
    form: Form | None = None,
    lists: Lists | None = None,
    page: TaskPage | None = None,
    again: str = "",
) -> ResponseReturnValue:
    """The page of a deliberate error, with what was typed so that nothing is lost.

    `page`: the task it was about; `again`: the address of the page its form stands on.
    """
    status = STATUS.get(type(error), 500)
    typed = typed_text(form, lists)
    return render_template("error.html", message=str(error), status=status, typed=typed, page=page, again=again), status


def keep_typed(bp: Blueprint, *refusals: type[AppError]) -> None:
    """Where these are raised on the pages of `bp`: what was typed under its labels, and the way back to its form."""
    for refusal in refusals:
        bp.register_error_handler(refusal, _with_typed)


def _with_typed(error: AppError) -> ResponseReturnValue:
    sent = asked()
    return show(error, sent.form, sent.lists, again=sent.again)


def _storage_away(error: Exception) -> ResponseReturnValue:
    g.storage_away = True  # the frame of the page asks the database for nothing
    return show(error if isinstance(error, StorageUnavailable) else StorageUnavailable())


def _stale_page(_error: CSRFError) -> ResponseReturnValue:
    """What was typed under its labels, and the way back to the form."""
    message, sent = "这个页面已经过期，刚才的操作没有执行。请重新打开页面再试。", asked()
    typed = typed_text(sent.form, sent.lists)
    return render_template("error.html", message=message, status=400, typed=typed, again=sent.again), 400


def _no_such_number(_error: Exception) -> ResponseReturnValue:
    """One so large that no database keeps it: nobody has got it from us."""
    return _http(BadRequest())


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    message = WORDS.get(error.code, "服务器没能完成这个请求。")
    return render_template("error.html", message=message, status=error.code, typed=[]), error.code


def _unforeseen(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("unforeseen error", exc_info=error)
    if current_app.testing or current_app.debug:
        raise error
    message = "系统出错了，刚才的操作没有执行。错误已记录，请稍后重试或联系管理员。"
    return render_template("error.html", message=message, status=500, typed=typed_text()), 500
