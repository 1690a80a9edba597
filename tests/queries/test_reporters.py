"""Reporters of every county: hidden from units when they asked for it, told to who calls them back (S-04, C-09)."""

import io
import zipfile

import pytest

from errors import NotAllowed
from models import CaseUnit, session
from operations.acts.cases import register_case
from operations.acts.privacy import reveal_reporter
from operations.gate.case_words import refresh_words
from operations.house.folders import deploy_folder
from queries.case.cases import case_file
from queries.case.documents import paper_view
from queries.case.dossier import dossier
from queries.case.facts import CONFIDENTIAL, personal_data
from queries.lists.case_list import case_list
from tests.official import issue
from tests.papers.words import opened
from tests.people import holder_of

NAME, PHONE, CLERK_PHONE = "欧阳小明", "13812340000", "13987651111"
REPORTER = {"reporter_name": NAME, "reporter_phone": PHONE}
WORDS = {"title": f"{NAME}反映夜间噪声", "description": f"{NAME}，电话{PHONE}", "request_text": f"请回电{PHONE}"}
YL = {
    "filler": f"段小菊 {CLERK_PHONE}",
    "initiator_org": "yl_kuangshan",
    "source": "complaint",
    "key_work": "no",
    "special_urgent": "no",
    "situation": "none",
}
XX = {
    "channel": "hotline",
    "category": "complaint",
    "domain": "public_service",
    "subject": "noise",
    "occurred_at": "近一周",
    "place": "某小区",
    "place_org": "xx_longcheng",
    "urgency": "normal",
    "procedure": "none",
    "answerable": "no",
}
TZ = {"butler": "王店", "enterprise": "某药企", "channel": "grid_collection"}
YC = {"matter_kind": "complaint", "subject": "other", "matter_org": "yc_urban"}
#: Of a flow: its folder and key, what else its form asks, who registers, a unit that works on it, who calls back.
YILIANG = ("yl_whistle", "yl_whistle", YL, "yl_kuangshan:initiator", "yl_natural:liaison", "yl_whistle_office:head")
XIAOXIAN = ("xx_hotline", "xx_hotline", XX, "xx_hotline:call_agent", "xx_education:liaison", "xx_data:visitor")
TAIZHOU = ("tz_whistle", "tz_whistle", TZ, "tz_bio_park:butler", "tz_finance:liaison", "tz_whistle_office:dispatcher")
YANCHENG = (
    "yc_campaign",
    "yc_complaint",
    YC,
    "service_center:window_clerk",
    "yc_urban:unit_liaison",
    "service_center:visitor",
)
#: Who passes words on to a reporter that asked for it to be kept quiet: the county's own office (C-09).
OFFICES = {"yl_whistle": "县政务吹哨办", "xx_hotline": "县数据资源局", "yc_campaign": "郾城区领导小组办公室"}


@pytest.fixture
def reported(county, clock, bpmn):
    def register(flow, **more):
        folder, key, form, clerk, unit, _ = flow
        deploy_folder(bpmn / folder)
        case = register_case(key, WORDS | form | REPORTER | more, by=holder_of(clerk))
        session.merge(CaseUnit(case_id=case.id, unit=unit.split(":")[0], role="co"))
        session.commit()
        return case

    return register


def read_by(case, post):
    """Everything on the page of the case, and every word of the dossier."""
    by = holder_of(post)
    file = case_file(case.id, by)
    page = str([file.title, file.sheets, file.timeline, [paper.body for paper in file.documents]])
    with zipfile.ZipFile(io.BytesIO(dossier(case.id, by)[1])) as filed:
        return page + "".join("".join(opened(filed.read(name)).element.itertext()) for name in filed.namelist())


@pytest.mark.parametrize("flow", [YILIANG, XIAOXIAN, YANCHENG])
def test_of_a_confidential_case_a_unit_learns_nothing_of_the_reporter(reported, flow):  # C-09
    *_, unit, office = flow
    case = reported(flow, confidential="true")
    issue(case, "转办函", {"内容": f"{NAME}，{PHONE}"})
    told = read_by(case, unit)
    assert CONFIDENTIAL.format(OFFICES[flow[0]]) in told
    assert not any(secret in told for secret in (NAME, "欧某某", PHONE, "138****0000"))
    assert PHONE not in read_by(case, office)
    with pytest.raises(NotAllowed):
        reveal_reporter(case.id, {"reason": "回电"}, by=holder_of(unit))


@pytest.mark.parametrize("flow", [YILIANG, XIAOXIAN, YANCHENG])
def test_a_confidential_case_is_found_by_whose_it_is_only_by_who_may_know(reported, flow):  # C-09
    *_, clerk, unit, _ = flow
    case = reported(flow, confidential="true")
    refresh_words()

    def found(search, post):
        return [row.id for row in case_list(holder_of(post), search=search).rows]

    assert found("夜间噪声", unit) == found(NAME, clerk) == [case.id]
    assert found(NAME, unit) == found(PHONE, unit) == found(PHONE[:6], unit) == []


@pytest.mark.parametrize("flow", [YILIANG, XIAOXIAN, TAIZHOU, YANCHENG])
def test_the_page_masks_the_reporter(reported, flow):  # S-04
    told = read_by(reported(flow), flow[4])
    assert "138****0000" in told
    assert "欧某某" in told
    assert NAME not in told
    assert PHONE not in told


@pytest.mark.parametrize("flow", [YILIANG, XIAOXIAN, TAIZHOU, YANCHENG])
def test_who_calls_back_is_told_for_a_reason_and_the_history_says_so(reported, flow):  # C-02
    case, visitor = reported(flow), holder_of(flow[5])
    file = case_file(case.id, visitor)
    assert file.may_reveal
    instance = reveal_reporter(file.instance_id, {"reason": "回访"}, by=visitor)
    clear = personal_data(instance.case, instance.definition_id)
    assert [value for _, value in clear][:2] == [NAME, PHONE]
    newest = case_file(case.id, visitor).timeline[0]
    assert (newest.what, newest.details) == ("查看反映人信息", ["查看原因：回访"])


def test_an_official_s_number_is_printed_whole_in_a_paper_that_tells_whom_to_call(reported):  # F-YL-3
    case = reported(YILIANG)
    notice = issue(case, "吹哨报到通知", {"联系人": YL["filler"], "职责": f"{NAME} {PHONE}"})
    [told] = [
        paper.body for paper in case_file(case.id, holder_of("yl_natural:liaison")).documents if paper.id == notice.id
    ]
    assert told == {"联系人": f"段小菊 {CLERK_PHONE}", "职责": "欧某某 138****0000"}
    assert CLERK_PHONE in str(paper_view(notice.id, holder_of("yl_natural:liaison")).paper)


def test_a_reporter_s_own_number_stays_hidden_even_where_a_clerk_gave_it_as_theirs(reported):
    case = reported(YILIANG, filler=f"段小菊 {PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}", confidential="true")
    assert "138 1234 0000" not in read_by(case, "yl_natural:liaison")


@pytest.mark.parametrize("nobody", ["无", "匿名"])
def test_where_no_name_was_given_the_words_of_the_case_stay_as_they_are(reported, nobody):
    case = reported(XIAOXIAN, reporter_name=nobody, description="无人处理，匿名反映", confidential="true")
    assert "无人处理，匿名反映" in read_by(case, "xx_education:liaison")
