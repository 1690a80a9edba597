"""The notice of the State Council, pasted (C-03)."""

import pytest

from reference.seeds import read_seed
from worktime import BadCalendar, read_years
from worktime.notice import read_days, read_notice

OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府：
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。"""


def test_the_notice_of_2026_is_the_year_that_is_seeded():
    [read] = read_years(read_notice(OF_2026))
    [seeded] = [year for year in read_years(read_seed("calendar_cn.json")) if year.year == 2026]
    assert (read.off, read.makeup, read.names) == (seeded.off, seeded.makeup, seeded.names)


def test_a_month_is_said_once_and_the_year_may_be_told_beside_the_text():
    line = "春节：2月15日至23日放假调休，共9天。2月14日、28日上班。"
    [year] = read_years(read_notice(line, 2026))
    assert [day.isoformat() for day in sorted(year.makeup)] == ["2026-02-14", "2026-02-28"]
    assert len(year.off) == 9


def test_a_weekend_of_the_year_before_is_left_out():
    [year] = read_years(read_notice("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023))
    assert [day.isoformat() for day in sorted(year.off)] == ["2023-01-01", "2023-01-02"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("元旦：1月1日放假。", "没有写是哪一年"),
        ("2026年：大家好", "没有读到放假安排"),
        ("春节：2月15日至23日放假调休，共8天。（2026年）", "“春节”写着8天，从 2026-02-15 到 2026-02-23 是9天"),
        ("2026年\n春节：2月30日放假", "“春节”里的“2月30日”不是日期"),
        ("2026年\n春节：放假调休", "“春节”没有读到从哪天到哪天放假"),
    ],
)
def test_what_cannot_be_read_names_the_holiday(text, words):
    with pytest.raises(BadCalendar, match=words):
        read_notice(text)


def test_a_list_of_days_is_read_line_by_line():
    read = read_days("日期,安排,名称\n2027-01-01,放假,元旦\n2027/1/2,上班\n".replace("2027/1/2", "2027/01/02"))
    assert read["years"]["2027"] == {
        "status": "official",
        "off": ["2027-01-01"],
        "makeup": ["2027-01-02"],
        "names": {"2027-01-01": "元旦"},
    }
    with pytest.raises(BadCalendar, match="第2行：应写“放假”或“上班”，现在是“休息”"):
        read_days("2027-01-01,放假\n2027-01-02,休息")
