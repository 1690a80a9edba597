"""A reporter's data: masked for everybody, in clear for a reason, kept from the unit when confidential."""

import pytest

from errors import InvalidForm, NotAllowed, NotFound
from models import OutboxMessage, session
from operations.acts.privacy import reveal_reporter, take_dossier, take_paper
from queries.case.cases import case_file
from queries.case.facts import CONFIDENTIAL, personal_data
from tests.official import issue
from tests.people import admin, holder_of

PHONE = "13812340000"


@pytest.fixture
def case(start):
    case = start()
    case.do("签收", reporter_phone=PHONE)
    return case


def facts(case, post):
    return dict(case_file(case.instance.case_id, holder_of(post)).facts)


def test_the_phone_is_masked_for_everybody(case):  # S-04
    assert facts(case, "natural_resources:handler")["联系电话"] == "138****0000"
    assert facts(case, "task_force:visitor")["联系电话"] == "138****0000"


def test_of_a_confidential_case_the_unit_learns_nothing_of_the_reporter(case):  # C-09
    case.case.confidential = True
    session.commit()
    assert facts(case, "natural_resources:handler")["联系电话"] == CONFIDENTIAL.format("受理部门")
    assert facts(case, "task_force:visitor")["联系电话"] == "138****0000"
    with pytest.raises(NotAllowed):
        reveal_reporter(case.id, {"reason": "回电"}, by=holder_of("natural_resources:handler"))


def test_whoever_works_on_the_case_sees_it_in_clear_and_the_history_says_who_and_why(case):  # C-02
    instance = reveal_reporter(case.id, {"reason": "一个工作日内联系反映人"}, by=holder_of("natural_resources:handler"))
    assert personal_data(instance.case, instance.definition_id) == [("联系电话", PHONE)]
    newest = case_file(case.instance.case_id, holder_of("task_force:verifier")).timeline[0]
    assert (newest.what, newest.details) == ("查看反映人信息", ["查看原因：一个工作日内联系反映人"])
    assert newest.who == "黄志强（县自然资源局）"


def test_a_case_without_a_reporter_has_nobody_to_look_at(start):
    """A meeting, a task of the office."""
    bare, handler = start(), holder_of("natural_resources:handler")
    bare.do("签收")
    assert not case_file(bare.instance.case_id, handler).may_reveal
    assert case_file(bare.instance.case_id, handler).may_copy


def test_whoever_works_on_a_case_with_a_reporter_may_look(case):
    assert case_file(case.instance.case_id, holder_of("natural_resources:handler")).may_reveal


def test_without_a_reason_nobody_sees_it(case):
    with pytest.raises(InvalidForm, match="有误"):
        reveal_reporter(case.id, {"reason": "  "}, by=holder_of("natural_resources:handler"))


def test_who_has_nothing_to_do_on_the_case_may_not_look(case):
    with pytest.raises(NotAllowed, match="正在办理"):
        reveal_reporter(case.id, {"reason": "好奇"}, by=holder_of("housing:handler"))


def test_a_message_to_the_reporter_goes_to_the_number_on_the_form(case):
    """The handler of the small flow names a number; without one the form's is taken."""
    from handlers.notices import phone_of_reporter
    from operations.gate.moves import open_case

    context = open_case(case.id, by=holder_of("natural_resources:handler")).host.context
    assert phone_of_reporter(context) == PHONE
    case.do("办理", result="已办")
    assert session.query(OutboxMessage).one().recipient == "10000000000"


def test_the_story_of_a_confidential_case_does_not_repeat_what_its_form_keeps_apart(case):  # C-09
    case.case.confidential = True
    session.commit()
    case.do("办理", result="已办", next_org="housing")
    file = case_file(case.instance.case_id, holder_of("natural_resources:handler"))
    assert PHONE not in str([file.timeline, file.sheets])


def test_a_later_form_does_not_overwrite_an_earlier_one(start):
    case = start()
    case.do("签收", note="收到")
    case.do("办理", result="已办")
    sheets = case_file(case.instance.case_id, holder_of("task_force:verifier")).sheets
    assert [(sheet.name, sheet.facts) for sheet in sheets] == [
        ("签收", [("备注", "收到")]),
        ("办理", [("办理情况", "已办")]),
    ]


def test_the_operator_of_the_system_has_no_business_with_reporters(case):
    with pytest.raises(NotAllowed):
        reveal_reporter(case.id, {"reason": "看看"}, by=admin())


def test_who_takes_a_copy_of_the_case_stands_in_its_history(case):  # S-04
    take_dossier(case.instance.case_id, by=holder_of("natural_resources:handler"))
    newest = case_file(case.instance.case_id, holder_of("task_force:verifier")).timeline[0]
    assert (newest.what, newest.who) == ("下载卷宗", "黄志强（县自然资源局）")
    with pytest.raises(NotFound):
        take_dossier(case.instance.case_id, by=holder_of("housing:handler"))


def test_who_takes_a_copy_of_one_paper_stands_in_its_history(case):  # S-04
    paper = issue(case.instance.case, "转办函")
    take_paper(paper.id, by=holder_of("natural_resources:handler"))
    newest = case_file(case.instance.case_id, holder_of("task_force:verifier")).timeline[0]
    assert (newest.what, newest.who) == ("下载转办函〔2026〕1号", "黄志强（县自然资源局）")
    with pytest.raises(NotFound):
        take_paper(paper.id, by=holder_of("housing:handler"))


def test_only_the_holders_of_clues_read_that_somebody_took_a_transfer_letter(case):  # S-04, XT-20
    paper = issue(case.instance.case, "问题线索移送函", confidential=True)
    supervisor = holder_of("supervision_office:supervisor")
    take_paper(paper.id, by=supervisor)

    def told(by):
        return [each.what for each in case_file(case.instance.case_id, by).timeline]

    assert told(supervisor)[0] == "下载问题线索移送函〔2026〕1号"
    assert not any("移送函" in what for what in told(holder_of("task_force:verifier")))
    with pytest.raises(NotFound):
        take_paper(paper.id, by=holder_of("task_force:verifier"))
