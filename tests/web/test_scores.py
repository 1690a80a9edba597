"""A score on a page: each number unfolds, and everything that was typed into a name is only text."""

import re

from models import Case, Document, session
from tests.score_papers import issue_papers
from tests.web.test_pages import HOSTILE


def test_a_manager_unfolds_a_score_to_the_case(app, window, browser):  # TZ-20
    window.send("/register/small", title="x")
    with app.app_context():
        paper = issue_papers(session.get_one(Case, 1))["year"]
    page = browser("guanli").get(f"/scores/{paper}?unit=tz_power").text
    assert page.count("<details") > 5
    assert "87.00×0.7+86.00×0.3" in page
    assert re.search(r'href="/cases/1">看事项', page)
    assert "供电公司" in page


def test_the_case_page_leads_to_the_working(app, window, browser):
    window.send("/register/small", title="x")
    with app.app_context():
        paper = issue_papers(session.get_one(Case, 1))["quarter"]
    assert f'href="/scores/{paper}"' in browser("guanli").get("/cases/1").text
    assert f'href="/scores/{paper}"' in browser("guanli").get(f"/documents/{paper}").text


def test_words_in_a_working_stay_words(app, window, browser):
    window.send("/register/small", title="x")
    with app.app_context():
        number = issue_papers(session.get_one(Case, 1))["quarter"]
        paper = session.get_one(Document, number)
        row = {**paper.body["_workings"][0], "name": HOSTILE}
        row["trees"] = [{**tree, "label": HOSTILE, "note": HOSTILE} for tree in row["trees"]]
        paper.body = {**paper.body, "_workings": [row]}
        session.commit()
    page = browser("guanli").get(f"/scores/{number}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_whoever_has_no_part_in_it_finds_nothing(app, window, browser):
    window.send("/register/small", title="x")
    with app.app_context():
        papers = issue_papers(session.get_one(Case, 1))
    stranger = browser("gongxin")
    assert {stranger.get(f"/scores/{paper}").status_code for paper in papers.values()} == {404}
    assert browser("tz_gongdian").get(f"/scores/{papers['quarter']}").status_code == 200
    assert browser("tz_gongdian").get(f"/scores/{papers['draft']}").status_code == 404
