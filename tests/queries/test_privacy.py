"""What a reader sees of a reporter (S-04, C-09)."""

import pytest
from sqlalchemy import select

from models import Incident, Notice, ProcessInstance, now, session
from queries.case_list import case_list
from queries.inbox import inbox
from queries.incidents import open_incidents
from queries.notices import notices
from queries.outcomes import outcome
from queries.privacy import mask
from queries.tasks import task_page
from tests.people import holder_of
from tests.queries.conftest import do, open_task


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("name", "王小明", "王某某"),
        ("name", "某继承人", "某继承人"),
        ("phone", "13812340000", "138****0000"),
        ("phone", "138-1234-0000", "138****0000"),
        ("phone", "0731-57881234", "073*****1234"),
        ("phone", "12345", "****"),
        ("identity", "430321199001011234", "430321********1234"),
        ("identity", "43032119900101123X", "430321********123X"),
        ("address", "云泉乡青山村3组12号", "云泉乡…"),
        ("address", "莲城大道88号", "已遮盖"),
        ("", "请回电 138 1234 0000，2026-03-05 前", "请回电 138****0000，2026-03-05 前"),
        ("", "2026-03-12 09:00 开会", "2026-03-12 09:00 开会"),
        ("", "证号430321199001011234", "证号430321********1234"),
        ("", "面积相差11平方米", "面积相差11平方米"),
    ],
)
def test_personal_data_is_masked_by_what_it_is_and_numbers_wherever_they_stand(kind, text, shown):
    assert mask(kind, text) == shown


PHONE, HIDDEN = "张三的过户，电话13812340000", "张三的过户，电话138****0000"


def test_a_number_in_a_title_is_masked_wherever_titles_are_listed(begin):  # S-04
    case, handler = begin(title=PHONE), holder_of("natural_resources:handler")
    instance = session.scalars(select(ProcessInstance)).one()
    session.add(Incident(instance_id=instance.id, kind="step", ref="x", element="work", message="出错", at=now()))
    session.add(Notice(case_id=case.id, post="post:natural_resources:handler", text=f"请办理：{PHONE}", at=now()))
    session.commit()
    [notice] = notices(handler)
    listed = [
        *(row.title for row in case_list(handler).rows),
        *(row.title for row in inbox(handler).rows),
        *(row.title for row in open_incidents()),
        task_page(open_task(case, "办理").id, handler).file.title,
        notice.title,
        notice.text.removeprefix("请办理："),
    ]
    assert listed == [HIDDEN] * 6


@pytest.mark.parametrize("search", ["过户", "13812340000"])
def test_a_masked_title_is_still_found_by_its_words(begin, search):
    begin(title=PHONE)
    assert [row.title for row in case_list(holder_of("natural_resources:handler"), search=search).rows] == [HIDDEN]


def test_the_result_of_a_step_masks_the_title(begin):  # S-04
    case, handler = begin(title=PHONE), holder_of("natural_resources:handler")
    task = do(case, "办理")
    assert outcome(task.id, task.element, handler).title == HIDDEN
