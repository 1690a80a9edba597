"""Who has number and query code is whoever brought the case: no account, and a pass for the page that is open."""

import secrets

from sqlalchemy import select

from errors import NotFound
from models import Case, Identity, ProcessInstance, keyed, now, session
from operations.gate.case_numbers import as_written
from operations.gate.moves import locked
from operations.public.visitors import GOOD_FOR

WRONG = "没有找到，请核对编号和查询码。查询码里没有数字0、1，也没有字母I、L、O。还是查不到的，请问受理窗口。"
TOO_OLD = "页面打开得太久了，请重新输入编号和查询码。"
NAME = "反映人"
#: Who they are to the house and to the history of a case: nobody who signs in, and no post.
REPORTER = Identity(id=None, username="", name=NAME)


def case_of(case_no: str, code: str) -> Case:
    """Raises NotFound, the same for a wrong number and a wrong code."""
    case = session.scalar(select(Case).where(Case.case_no == as_written(case_no)))
    right = case is not None and secrets.compare_digest((case.query_code or "").encode(), as_written(code).encode())
    if case is None or not case.query_code or not right:
        raise NotFound(WRONG)
    return case


def pass_for(case: Case) -> str:
    """What a page carries instead of the query code, which the next person at this computer must not find on it."""
    said = f"{case.id}.{int(now().timestamp())}"
    return f"{said}.{_mark(said, case)}"


def case_with(given: str) -> Case:
    """The case of a pass that pass_for() gave within the last four hours (GOOD_FOR). Raises NotFound."""
    said, _, mark = given.rpartition(".")
    number, _, moment = said.partition(".")
    if not all(each.isascii() and each.isdecimal() and len(each) < 16 for each in (number, moment)):
        raise NotFound(TOO_OLD)
    case = session.get(Case, int(number))
    ours = case is not None and secrets.compare_digest(mark.encode(), _mark(said, case).encode())
    if case is None or not ours or now().timestamp() - int(moment) > GOOD_FOR.total_seconds():
        raise NotFound(TOO_OLD)
    return case


def locked_with(given: str) -> ProcessInstance:
    """The same case under its lock. Raises NotFound."""
    case_id = case_with(given).id
    return locked(session.scalars(select(ProcessInstance.id).where(ProcessInstance.case_id == case_id)).one())


def _mark(said: str, case: Case) -> str:
    """Ends with the code it was given for."""
    return keyed(f"pass:{said}.{case.query_code}")
