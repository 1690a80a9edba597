import pytest

from assessment import BadScore, tz

TRACES = ("决定给予", "予以免职", "予以扣减", "直接颁发")


def quarter(scores, unit_class="A"):
    return tz.quarter(tz.UnitQuarter(unit, unit_class, [tz.Rated(unit, mark)]) for unit, mark in scores.items())


def year(scores, unit_class="A", bulletins=()):
    return tz.year(tz.UnitYear(unit, unit_class, [mark], 1, bulletins) for unit, mark in scores.items())


GOOD, BAD = {"甲": 90, "乙": 60}, {"甲": 60, "乙": 90}


def test_last_in_two_quarters_running_is_put_before_the_efficiency_office():  # TZ-26
    hints = tz.snail({"2026Q4": quarter(GOOD), "2027Q1": quarter(GOOD)}, {"2026-11": ["乙"], "2026-05": ["乙"]})
    assert [(hint.unit, hint.clause, hint.decides) for hint in hints] == [("乙", "TZ-26", "区效能办")]
    assert "连续2个季度（2026Q4、2027Q1）同类排名末位" in hints[0].text
    assert "2026-11督查通报点名" in hints[0].text
    assert "2026-05" not in hints[0].text
    assert [ground.label for ground in hints[0].grounds] == ["2026Q4同类名次", "2027Q1同类名次", "被点名的月度通报"]


@pytest.mark.parametrize(
    "quarters",
    [
        {},
        {"2026Q1": GOOD},
        {"2026Q1": GOOD, "2026Q2": BAD},
        {"2026Q1": GOOD, "2026Q3": GOOD},
        {"2026Q1": GOOD, "2026Q2": GOOD, "2026Q3": BAD},
    ],
)
def test_once_or_with_a_break_is_no_ground_for_a_snail(quarters):  # TZ-26
    assert tz.snail({name: quarter(scores) for name, scores in quarters.items()}) == []


def test_all_who_share_the_last_place_are_put_forward():  # TZ-A4
    tied = {"甲": 90, "乙": 60, "丙": 60}
    assert [hint.unit for hint in tz.snail({"2026Q1": quarter(tied), "2026Q2": quarter(tied)})] == ["乙", "丙"]


def test_a_county_may_ask_for_more_quarters():  # tz.snail_quarters
    two = {"2026Q1": quarter(GOOD), "2026Q2": quarter(GOOD)}
    assert tz.snail(two, rules=tz.Rules(snail_quarters=3)) == []


def test_a_quarter_is_named_as_it_is_written():  # TZ-26
    with pytest.raises(BadScore, match="2026Q1"):
        tz.snail({"2026年一季度": quarter(GOOD)})


SIX = {"甲": 96, "乙": 95, "丙": 94, "丁": 93, "戊": 92, "己": 91}


@pytest.mark.parametrize(("unit_class", "clauses"), [("A", {"TZ-27"}), ("B", {"TZ-27", "TZ-29"}), ("C", {"TZ-29"})])
def test_the_last_three_of_a_class_are_hinted_as_the_document_says(unit_class, clauses):  # TZ-27, TZ-29
    hints = tz.bottom(year(SIX, unit_class))
    assert {hint.clause for hint in hints} == clauses
    assert {hint.unit for hint in hints} == {"丁", "戊", "己"}


def test_last_of_class_a_is_hinted_with_the_years_it_lasted():  # TZ-28
    one = tz.last_of_a({2026: year(GOOD)})
    assert [(hint.unit, hint.clause) for hint in one] == [("乙", "TZ-28")]
    assert "部门主要负责人1/2、分管负责人1/3、具体责任人1/4" in one[0].text
    assert "免职" not in one[0].text
    two = tz.last_of_a({2025: year(GOOD), 2026: year(GOOD)})[0]
    assert "已连续2年末位" in two.text
    assert "引咎" not in two.text
    three = tz.last_of_a({2024: year(GOOD), 2025: year(GOOD), 2026: year(GOOD)})[0]
    assert "引咎辞职" in three.text
    assert len(three.grounds) == 3
    assert "免职" not in tz.last_of_a({2024: year(GOOD), 2025: year(BAD), 2026: year(GOOD)})[0].text
    assert tz.last_of_a({2026: year(GOOD, "B")}) == []
    assert tz.last_of_a({}) == []


def test_a_hint_says_that_people_decide():  # 底线, TZ-26…29
    years = {2025: year(SIX), 2026: year(SIX)}
    quarters = {"2026Q1": quarter(SIX), "2026Q2": quarter(SIX)}
    for hint in (*tz.snail(quarters), *tz.bottom(years[2026]), *tz.last_of_a(years)):
        assert hint.text.endswith("仅为提示，由有权机关人工决定并登记。")
        assert hint.decides
        assert hint.grounds
        assert not any(word in hint.text for word in TRACES)


def test_marks_all_full_or_all_alike_are_worth_a_look():  # TZ-33
    marks = {"高港": [100] * 5, "口岸": [90, "90.0", 90, 90, 90], "滨江": [90, 91, 90, 90, 90], "大泗": [100] * 4}
    found = tz.suspicious(marks)
    assert set(found) == {"高港", "口岸"}
    assert "全部为满分" in found["高港"]
    assert "全部同为90分" in found["口岸"]
    assert set(tz.suspicious(marks, tz.Rules.from_parameters({"tz.same_mark_min": 4}))) == {"高港", "口岸", "大泗"}


@pytest.mark.parametrize("bonus", [-1, "六万", None])
def test_a_bonus_is_an_amount(bonus):  # TZ-28
    with pytest.raises(BadScore, match="年度考核奖"):
        tz.bonus_cuts(bonus)
