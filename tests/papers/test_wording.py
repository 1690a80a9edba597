"""What stands on a paper of each kind."""

from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from papers import compose, fill, standard_template, title_of
from papers.archive import MAX_UNPACKED, own_parts
from papers.composing import _numeral
from tests.papers.words import issued, lines_of, opened, printed


def test_a_notice_has_number_title_addressee_text_signature_and_imprint():  # F-YL-3
    body = {
        "标题": "关于组织开展2026年第3号哨件吹哨报到工作的通知",
        "报到时间": "2026-03-16 09:00",
        "职责": "县自然资源局：核实权属\n县税务局：核定税款",
        "抄送": "匡山街道办事处",
    }
    lines = lines_of(printed(issued("吹哨报到通知", body)))
    assert lines[:4] == [
        "县政府督查室文件",
        "吹哨报到通知〔2026〕3号",
        "关于组织开展2026年第3号哨件吹哨报到工作的通知",
        "县自然资源局：",
    ]
    assert "“历史遗留小区不动产登记”（XT20260007）" in lines[4]
    assert lines[5:9] == ["一、报到时间：2026-03-16 09:00", "二、职责", "县自然资源局：核实权属", "县税务局：核定税款"]
    assert lines[9:] == [
        "特此通知。",
        "县政府督查室",
        "2026年3月12日",
        "抄送：匡山街道办事处。",
        "县政府督查室\t2026年3月12日印发",
    ]


def test_without_anybody_to_copy_to_there_is_no_such_line():
    assert not any("抄送" in line for line in lines_of(printed(issued("邀请函", {"内容": "敬请参加。"}))))


def test_a_supervision_order_names_case_limit_lateness_and_due_day_and_leaves_room_for_the_answer():  # F-C-3
    body = {"级别": "县级", "要求": "限期办结", "原时限": "2026-03-10", "逾期": "2天"}
    lines = lines_of(printed(issued("督办单", body, due="2026年3月17日")))
    assert lines[:2] == ["督办通知单", "督办单〔2026〕3号"]
    for words in ("县级", "限期办结", "2026-03-10", "2天", "2026年3月17日", "反馈情况", "签 发 人"):
        assert words in lines
    assert "XT20260007　历史遗留小区不动产登记" in lines
    assert "县自然资源局（联络员、分管领导）" in lines


def test_a_reminder_without_a_day_to_answer_by_wants_it_at_once():  # F-C-3
    lines = lines_of(printed(issued("催办单", {"要求": "请办结", "反馈时限": "立即"})))
    assert lines[lines.index("反馈时限") + 1] == "立即"


def test_minutes_name_the_meeting_who_came_and_what_was_decided():  # F-C-7
    body = {
        "会议类型": "联席会议",
        "时间": "2026-03-12",
        "参会": "县税务局",
        "缺席": "无",
        "议定事项": "先行登记",
        "适用容错": True,
    }
    lines = lines_of(printed(issued("联席会议纪要", body)))
    assert lines[0] == "联席会议纪要"
    for words in ("时　　间：2026-03-12", "一、议定事项：先行登记", "二、适用容错：是", "参加：县税务局", "缺席：无"):
        assert words in lines
    assert not any(line.startswith("签发") for line in lines)


def test_a_bulletin_has_its_table_on_a_page_of_its_own():  # SPEC §6 月度通报版式
    row = "县自然资源局｜5｜3｜1｜1｜80.00%｜75.00%｜0｜0.00%"
    content = printed(
        issued("督查通报", {"期间": "2026-03", "点名": "无", "附表": f"{row}\n{row}"}, title="2026-03 督查通报")
    )
    lines = lines_of(content)
    assert "附件：2026-03附表" in lines
    assert "附表" not in "".join(line for line in lines if line.startswith(("一、", "二、", "三、")))
    document = opened(content)
    table = next(table for table in document.tables if len(table.columns) == 9)
    assert [cell.text for cell in table.rows[0].cells][:3] == ["单位", "派遣总数", "按时办结"]
    assert len(table.rows) == 3
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    mark = next(
        p for p in document.element.body.iter(qn("w:p")) if "".join(t.text for t in p.iter(qn("w:t"))) == "附件"
    )
    assert mark.pPr.find(qn("w:pageBreakBefore")) is not None


@pytest.mark.parametrize("kind", ["转办函", "吹哨报到通知"])
def test_bars_in_a_paper_without_attached_tables_are_text(kind):
    paper = compose(issued(kind, {"理由": "甲｜乙｜丙", "县住建局 意见": "同意"}))
    lines = lines_of(printed(issued(kind, {"理由": "甲｜乙｜丙", "县住建局 意见": "同意"})))
    assert "一、理由：甲｜乙｜丙" in lines
    assert "二、县住建局 意见：同意" in lines
    assert (paper.tables, paper.texts["附件说明"]) == ([], "")


def test_figures_by_unit_become_one_table():  # XX-18
    body = {"受理": 3, "县住建局 按时反馈率": "1/1=100%", "县住建局 综合得分": "98", "县税务局 按时反馈率": "—"}
    [table] = compose(issued("统计通报表", body)).tables
    assert table.head == ("单位", "按时反馈率", "综合得分")
    assert table.rows == [["县住建局", "1/1=100%", "98"], ["县税务局", "—", ""]]


def test_a_transfer_letter_has_what_F_C_6_asks_for_and_room_for_the_receipt():
    body = {
        "线索摘要": "拖延三个月",
        "涉及单位、人员": "某局",
        "附卷材料清单": "督办单",
        "移送单位、签发人": "区效能办",
    }
    lines = lines_of(printed(issued("问题线索移送函", body, to="区纪（工）委监委")))
    assert "关于移送问题线索的函" in lines
    for words in ("拖延三个月", "某局", "督办单", "区效能办", "回　　执", "区纪（工）委监委："):
        assert words in lines


def test_any_other_paper_is_a_form_of_what_was_written_down():
    lines = lines_of(printed(issued("任务清单", {"任务1": "核实权属", "任务2": "核定税款", "_later": "x"})))
    assert lines[:2] == ["任务清单", "任务清单〔2026〕3号"]
    for words in ("任务1", "核实权属", "任务2", "核定税款"):
        assert words in lines
    assert "x" not in lines


def test_a_draft_says_that_it_is_one():
    assert "（送审稿）" in lines_of(printed(issued("督查通报拟稿", {"点名": "无"})))
    assert "（送审稿）" not in lines_of(printed(issued("督查通报", {"点名": "无"})))


def test_what_xml_cannot_hold_is_left_out_and_markup_is_text():
    lines = lines_of(printed(issued("邀请函", {"内容": "甲\x01\x00乙<w:t>&{{标题}}"})))
    assert "甲乙<w:t>&{{标题}}" in lines


def test_what_xml_cannot_hold_is_left_out_of_tables_and_headings_too():
    lines = lines_of(
        printed(issued("统计通报表", {"期间": "2026\x0b", "附表": "县\x01住建局｜1｜\x002", "甲\x02": "乙"}))
    )
    assert {"县住建局", "2", "2026附表"} <= set(lines)


def test_a_paper_may_be_larger_than_what_may_be_uploaded():
    """The dossier of a long case."""
    lists = {"经过": [{"时间": "", "人员": "", "内容": "长" * 500_000} for _ in range(20)]}
    content = fill(standard_template("dossier"), replace(compose(issued("卷宗", {})), template="dossier", lists=lists))
    assert len(own_parts(content)["word/document.xml"]) > MAX_UNPACKED


@pytest.mark.parametrize(
    ("kind", "body", "title"),
    [
        ("转办函", {}, "关于转办“历史遗留小区不动产登记”的函"),
        ("督查通报", {"期间": "2026-03"}, "2026-03 督查通报"),
        ("督查通报拟稿", {"期间": "2026-03"}, "2026-03 督查通报"),
        ("限期整改通知书", {}, "关于“历史遗留小区不动产登记”的限期整改通知书"),
        ("催办单", {}, "催办通知单"),
        ("备案表", {}, "备案表"),
    ],
)
def test_a_paper_has_a_title_even_if_nobody_wrote_one(kind, body, title):
    assert title_of(kind, body, "XT20260007", "历史遗留小区不动产登记") == title


def test_headings_are_numbered_as_people_write_them():
    assert [_numeral(n) for n in (1, 9, 10, 11, 20, 21, 99)] == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]


def test_an_order_that_nobody_gets_a_copy_of_has_no_row_for_it():  # F-C-3
    said = {"要求": "请抓紧", "签发人": "张三"}
    alone, copied = (lines_of(printed(issued("催办单", said | more))) for more in ({}, {"抄送": "区委办"}))
    assert ("抄　　送" in alone, "反馈情况" in alone) == (False, True)
    assert copied[copied.index("抄　　送") + 1] == "区委办"
