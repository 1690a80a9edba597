"""36 months of cases through the running system: bulletins, quarters, years and hints on the virtual clock.

The story keeps its own ledger of marks and votes; every number of the papers is worked out again from that.
"""

from collections import Counter
from datetime import datetime
from fractions import Fraction

import pytest
from sqlalchemy import select

from assessment.exact import rounded
from commands.scenarios import open_database
from config import ZONE
from models import Case, Deadline, Document, Incident, session, virtual_clock
from operations.house.folders import BPMN
from scenarios.databases import template
from scenarios.runner import BEGIN
from scenarios.world import World
from scenarios.years import BUSIEST, SLOWEST, play_years

FIRST, MONTHS, SEED = datetime(2024, 1, 1, tzinfo=ZONE), 36, 20230508
YEARS = ("2024", "2025", "2026")


class Papers:
    """What the county has issued, by kind and period."""

    def __init__(self, played):
        self.marks, self.votes = played.marks, played.votes
        issued = session.scalars(select(Document).order_by(Document.id)).all()
        self.kinds = Counter(paper.kind for paper in issued)
        self.of = {(paper.kind, paper.body.get("_period")): paper.body for paper in issued}
        self.incidents = session.scalars(select(Incident.message)).all()
        answered_late = select(Case.case_no, Deadline.due_at).join(Deadline).where(Deadline.key == "respond")
        counted = (Deadline.closed_at > Deadline.due_at) & Case.excluded.is_(None)
        late = session.execute(answered_late.where(counted)).all()
        self.late = {(f"{due.astimezone(ZONE):%Y-%m}", number) for number, due in late}

    def standings(self, kind, period):
        return {row["name"]: row for row in self.of[kind, period]["_standings"]}


@pytest.fixture(scope="module")
def papers():
    county = template(open_database, BPMN / "tz_whistle")
    with county.fresh(), virtual_clock(BEGIN) as clock:
        played = play_years(World(clock, BEGIN), begin=FIRST, months=MONTHS, cases=3, seed=SEED)
        found = Papers(played)
    county.close()
    return found


def test_nothing_went_wrong_and_every_period_has_its_paper(papers):  # TZ-18…22
    assert papers.incidents == []
    assert (papers.kinds["督查通报"], papers.kinds["季度考评"]) == (36, 12)
    assert all(("年度考核", year) in papers.of for year in YEARS)
    assert papers.kinds["一哨一评表"] == len(papers.marks) > 100


def test_each_bulletin_names_who_was_late_and_has_its_table(papers):  # TZ-19
    months = {period: body for (kind, period), body in papers.of.items() if kind == "督查通报"}
    assert len(months) == 36
    named = {(period, case) for period, body in months.items() for case in named_cases(body)}
    assert papers.late <= named
    for body in months.values():
        assert (body["点名"] == "无") == (body["点名原因"] == "无")
        assert all(line.count("｜") == 8 for line in body["各部门办理情况"].splitlines())


def test_every_quarter_score_is_what_the_marks_and_votes_come_to(papers):  # TZ-17, TZ-20, TZ-21, TZ-25
    checked = 0
    for quarter, votes in papers.votes.items():
        for unit, row in papers.standings("季度考评", quarter).items():
            counted = [mark for mark in papers.marks if (mark.unit, quarter_of(mark)) == (unit, quarter)]
            counted = [mark for mark in counted if not mark.excluded]
            assert row["volume"] == len(counted), (quarter, unit)
            if counted and sum(votes.get(unit, ())):
                average = two(sum(map(by_hand, counted), Fraction()) / len(counted))
                best, good, fair, _ = votes[unit]
                satisfied = two(Fraction(10 * best + 8 * good + 6 * fair, sum(votes[unit])) * 10)
                assert row["score"] == str(rounded(average * Fraction(7, 10) + satisfied * Fraction(3, 10)))
                checked += 1
    assert checked > 50


def test_units_without_a_case_get_the_mean_of_their_class(papers):  # TZ-24
    for quarter in papers.votes:
        rows = papers.standings("季度考评", quarter).values()
        for name in "ABC":
            same = [row for row in rows if row["class"] == name]
            active = [Fraction(row["score"]) for row in same if row["volume"]]
            idle = {row["score"] for row in same if not row["volume"]}
            assert idle == ({str(rounded(sum(active) / len(active)))} if active else {None})


def test_the_year_is_the_quarters_mean_floated_by_volume(papers):  # TZ-22
    for year in YEARS:
        rows = papers.standings("年度考核", year)
        quarters = [papers.standings("季度考评", f"{year}Q{n}") for n in range(1, 5)]
        same = [row for row in rows.values() if row["class"] == "C"]
        volumes = {row["name"]: sum(quarter[row["name"]]["volume"] for quarter in quarters) for row in same}
        scores = [Fraction(quarter[BUSIEST]["score"]) for quarter in quarters]
        over = Fraction(volumes[BUSIEST]) / Fraction(sum(volumes.values()), len(volumes)) - 1
        floated = 1 + Fraction(min(5, max(0, int(over * 10))), 100)
        assert rows[BUSIEST]["volume"] == volumes[BUSIEST]
        assert rows[BUSIEST]["score"] == str(rounded(sum(scores) / 4 * floated))


def test_who_is_named_in_three_bulletins_a_year_has_dropped(papers):  # TZ-23, TZ-A9
    for year in YEARS:
        months = [papers.of["督查通报", f"{year}-{month:02}"] for month in range(1, 13)]
        often = Counter(code for body in months for code in body["_named"])
        for row in papers.of["年度考核", year]["_workings"]:
            assert ("累计被通报" in row["trees"][-1]["note"]) == (often[row["unit"]] >= 3), (year, row["name"])


def test_the_slowest_is_last_hinted_for_the_snail_and_for_three_years_running(papers):  # TZ-26, TZ-28
    quarters = sorted(papers.votes)
    assert papers.of["季度考评", quarters[0]]["蜗牛奖提示"] == "无"
    for run, quarter in enumerate(quarters[1:], 2):
        assert f"{SLOWEST}连续{run}个季度" in papers.of["季度考评", quarter]["蜗牛奖提示"]
    hints = papers.of["年度考核", "2026"]["结果运用提示"]
    assert f"TZ-28 {SLOWEST}（A类）2026年度排名末位" in hints
    assert "已连续3年末位" in hints
    assert "仅为提示，由有权机关人工决定并登记" in hints


def test_every_score_unfolds_to_cases_and_votes(papers):  # TZ-16…22
    for quarter in papers.votes:
        for row in papers.of["季度考评", quarter]["_workings"]:
            score, active = row["trees"][0], papers.standings("季度考评", quarter)[row["name"]]["volume"]
            labels = {node["label"] for node in every(score)}
            if active and papers.votes[quarter].get(row["name"]):
                assert {"园区评分", "满意票数"} <= labels
            assert all(node["source"] for node in every(score) if node["label"].startswith("TZ20"))


def named_cases(body):
    return [word for line in body["点名原因"].splitlines() for word in line.replace("：", " ").split() if "TZ" in word]


def quarter_of(mark):
    return f"{mark.day.year}Q{(mark.day.month + 2) // 3}"


def by_hand(mark):
    if mark.lead is None:
        return Fraction(mark.park)
    return two(Fraction(mark.park) * Fraction(7, 10) + Fraction(mark.lead) * Fraction(3, 10))


def two(value):
    return Fraction(rounded(value))


def every(node):
    yield node
    for part in node["parts"]:
        yield from every(part)
