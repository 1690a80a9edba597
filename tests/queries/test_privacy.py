"""What a reader sees of a reporter (S-04, C-09)."""

import pytest
from sqlalchemy import select

from engine.masking import mask
from models import Incident, Notice, ProcessInstance, now, session
from queries.boxes.inbox import inbox
from queries.boxes.notices import notices
from queries.boxes.started import started_by
from queries.case.documents import register
from queries.case.outcomes import outcome
from queries.case.tasks import task_page
from queries.house.incidents import open_incidents
from queries.lists.case_list import case_list
from queries.receiving.similar import similar_cases
from tests.official import issue
from tests.people import holder_of
from tests.queries.conftest import do, open_task


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("name", "王小明", "王某某"),
        ("name", "某继承人", "某继承人"),
        ("name", "匿名", "匿名"),
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
        ("", "XX202610000", "XX202610000"),
        ("", "并入XX202612345", "并入XX202612345"),
        ("", "2026.03.05、2026-3-5、20260305", "2026.03.05、2026-3-5、20260305"),
        ("", "2026.03.05-2026.03.12 值班", "2026.03.05-2026.03.12 值班"),
        ("", "2026-03-05-03.12 值班", "2026-03-05-03.12 值班"),
        ("", "来电20261345，又来电2026-00-12", "来电202*1345，又来电202*0012"),
        ("", "电话138.1234.0000", "电话138****0000"),
        ("", "电话138－1234－0000", "电话138****0000"),
        ("", "电话138·1234·0000", "电话138****0000"),
        ("", "投资12000000元", "投资12000000元"),
        ("", "投资1200000.50 万元，占地1234567平方米", "投资1200000.50 万元，占地1234567平方米"),
        ("", "电话13812340000万师傅", "电话138****0000万师傅"),
    ],
)
def test_personal_data_is_masked_by_what_it_is_and_numbers_wherever_they_stand(kind, text, shown):
    assert mask(kind, text) == shown


PHONE, HIDDEN = "张三的过户，电话13812340000", "张三的过户，电话138****0000"
HANDLER, WINDOW, OFFICE = "natural_resources:handler", "service_hall:window_clerk", "task_force:head"
NAMED = {"title": PHONE, "reporter": "张三"}


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"title": PHONE}, HIDDEN),
        (NAMED, "张某某的过户，电话138****0000"),
        (NAMED | {"confidential": True}, "反映人的过户，电话****"),
    ],
)
def test_whose_case_it_is_and_their_number_are_masked_wherever_titles_are_listed(begin, facts, shown):  # S-04, C-09
    handler = holder_of(HANDLER)
    case = begin(registrar_id=handler.id, **facts)
    instance = session.scalars(select(ProcessInstance)).one()
    session.add(Incident(instance_id=instance.id, kind="step", ref="x", element="work", message="出错", at=now()))
    session.add(Notice(case_id=case.id, post="post:natural_resources:handler", text=f"请办理：{PHONE}", at=now()))
    issue(case, "会议通知", {"标题": PHONE})
    [notice] = notices(handler)
    [paper] = register(handler).rows
    listed = [
        *(row.title for row in case_list(handler).rows),
        *(row.title for row in inbox(handler).rows),
        *(row.title for row in started_by(handler).rows),
        *(row.title for row in open_incidents()),
        task_page(open_task(case, "办理").id, handler).file.title,
        notice.title,
        notice.text.removeprefix("请办理："),
        paper.title,
        paper.case_name,
    ]
    assert listed == [shown] * 9


def test_the_earlier_case_of_the_same_phone_is_told_of_without_the_name(begin):  # S-04, C-09
    _, again = (begin("service_hall", phone_hash="same", confidential=True, **NAMED) for _ in range(2))
    [line] = similar_cases(again, holder_of(WINDOW))
    assert "《反映人的过户，电话****》" in line


@pytest.mark.parametrize("search", ["过户", "张三", "张三的", "13812340000"])
def test_a_masked_title_is_still_found_by_its_words_at_the_office(begin, search):
    case = begin(**NAMED)
    assert [row.id for row in case_list(holder_of(OFFICE), search=search).rows] == [case.id]
    assert [row.id for row in case_list(holder_of(HANDLER), search="过户").rows] == [case.id]


@pytest.mark.parametrize("search", ["张三", "张三的", "13812340000"])
def test_whose_a_confidential_case_is_finds_it_only_for_those_who_may_know(begin, search):  # C-09
    case = begin("service_hall", confidential=True, **NAMED)

    def found(post, search):
        return [row.id for row in case_list(holder_of(post), search=search).rows]

    assert found(HANDLER, "过户") == found(WINDOW, search) == found(OFFICE, search) == [case.id]
    assert found(HANDLER, search) == []


def test_the_result_of_a_step_masks_the_title(begin):  # S-04
    case, handler = begin(title=PHONE), holder_of("natural_resources:handler")
    task = do(case, "办理")
    assert outcome(task.id, task.element, handler).title == HIDDEN
