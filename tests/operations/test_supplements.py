"""补充材料：凭查询码补充文字和附件，正在办的岗位收到通知，记入办理经过；办结以后不收。"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotFound
from models import Attachment, Notice, Task, keep_files_in, session
from operations.acts.attachments import Upload
from operations.acts.tasks import complete_task
from operations.house.deployments import deploy
from operations.public.portal import submit_online
from operations.public.reporters import TOO_OLD, case_with, pass_for
from operations.public.supplements import supplement
from operations.public.visitors import GOOD_FOR, TooMany, Visitor, ask
from queries.case.cases import case_file
from queries.public.progress import progress
from tests.people import holder_of
from tests.portal_flow import FILES
from tests.small_flow import FILES as SMALL
from tests.uploads import jpeg

CLERK, HANDLER = "task_force:mailbox_clerk", "natural_resources:handler"
TYPED = {"title": "跑了四次没办成", "reporter_name": "欧阳锋", "reporter_phone": "10000000777"}
WORDS = "又跑了一次，我是欧阳锋，电话 10000000777"


@pytest.fixture
def case(county, clock, tmp_path):
    """One that has been registered, and is before the unit that handles it."""
    deploy("small", SMALL)
    deploy("xt_open", FILES)
    keep_files_in(tmp_path / "files")
    made = submit_online("xt_open", TYPED, [], Visitor("203.0.113.9", "t0"))
    complete_task(waiting().id, {"title": "跑了四次没办成", "kind": "政务服务"}, by=holder_of(CLERK))
    return made


def waiting():
    return session.scalars(select(Task).where(Task.state == "open")).one()


def add(case, *files, words="", token="", address="203.0.113.7", request=None, given=None):
    visitor = Visitor(address, token or ask().seal)
    supplement(pass_for(case) if given is None else given, {"words": words}, files, visitor, request=request)


def notices():
    return session.execute(select(Notice.post, Notice.text).order_by(Notice.id)).all()


def files_in(tmp_path):
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_whoever_works_on_it_now_is_told_and_the_story_has_the_words_masked(case):  # C-02, S-04
    add(case, words=WORDS)
    assert notices() == [(f"post:{HANDLER}", "反映人补充了材料，请在事项页查看：跑了四次没办成。")]
    [newest, *_] = case_file(case.id, holder_of(HANDLER)).timeline
    assert (newest.who, newest.what) == ("反映人", "补充材料")
    assert "又跑了一次" in newest.details[0]
    assert "欧阳锋" not in newest.details[0]
    assert "10000000777" not in newest.details[0]


def test_files_come_as_the_reporter_s_with_or_without_words(case):
    add(case, Upload("回执.jpg", jpeg()))
    add(case, Upload("回执.jpg", jpeg()), words="换一张清楚的")
    rows = session.execute(select(Attachment.version, Attachment.from_reporter, Attachment.by).order_by(Attachment.id))
    assert rows.all() == [(1, True, "反映人"), (2, True, "反映人")]
    assert [each.what for each in case_file(case.id, holder_of(HANDLER)).timeline[:3]] == [
        "添加附件",
        "补充材料",
        "添加附件",
    ]


def test_while_no_task_is_open_the_post_that_worked_on_it_last_is_told(case):
    session.delete(waiting())
    session.commit()
    add(case, words=WORDS)
    assert [post for post, _ in notices()] == [f"post:{CLERK}"]


def test_a_closed_case_takes_nothing_and_says_why(case, tmp_path):
    complete_task(waiting().id, {"public_reply": "已经办好"}, by=holder_of(HANDLER))
    assert progress(case.case_no, case.query_code).may_supplement is False
    with pytest.raises(MessageNotAccepted, match="已经办结，不能再补充材料"):
        add(case, Upload("回执.jpg", jpeg()), words=WORDS)
    assert files_in(tmp_path) == []
    assert notices() == []


def test_nothing_at_all_and_every_mistake_at_once(case, tmp_path):
    with pytest.raises(InvalidForm) as error:
        add(case)
    assert error.value.problems == {"words": "请写明要补充的情况，或者选择文件。"}
    with pytest.raises(InvalidForm) as error:
        add(case, Upload("木马.jpg", b"MZ"), words="补" * 1001)
    assert error.value.problems.keys() == {"words", "files"}
    assert files_in(tmp_path) == []


def test_the_same_request_twice_counts_once(case, tmp_path):  # P3
    for _ in range(2):
        add(case, Upload("回执.jpg", jpeg()), words=WORDS, request="r1", token="t1")
    assert len(notices()) == 1
    assert len(files_in(tmp_path)) == 1


def test_an_answer_serves_once(case):
    add(case, words=WORDS, token="t1")
    with pytest.raises(InvalidForm) as error:
        add(case, words=WORDS, token="t1")
    assert error.value.problems == {"answer": "这道题已经用过了，请回答新的一道。"}


def test_so_many_an_hour_from_one_address(case):
    for _ in range(10):
        add(case, words=WORDS)
    with pytest.raises(TooMany):
        add(case, words=WORDS)
    assert len(notices()) == 10


def test_a_pass_is_for_one_case_and_four_hours(case, clock):
    given = pass_for(case)
    other = submit_online("xt_open", TYPED, [], Visitor("203.0.113.9", "t9"))
    clock.now += GOOD_FOR
    assert case_with(given).id == case.id
    stolen = ".".join([str(other.id), *given.split(".")[1:]])
    for wrong in (stolen, given[:-1], "", "..", "1.２.x", "9" * 30, f"{case.id}.1.é"):
        with pytest.raises(NotFound, match=TOO_OLD):
            add(case, words=WORDS, given=wrong)
    clock.now += timedelta(seconds=1)
    with pytest.raises(NotFound, match=TOO_OLD):
        add(case, words=WORDS, given=given)
