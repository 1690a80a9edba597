"""文书 in a browser: register, print page, download, dossier, templates."""

import io

import pytest

from models import SYSTEM, Case, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from papers import standard_template
from tests.official import issue
from tests.papers.words import lines_of
from tests.queries.conftest import open_task
from tests.queries.test_letters import LETTER, files
from tests.web.browser import path_of


@pytest.fixture
def paper(app, window):
    """The number in the address of a supervision order of a case of the small flow."""
    window.send("/register/small", title="办证难")
    with app.app_context():
        case = session.query(Case).one()
        return issue(case, "督办单", {"级别": "县级", "要求": "<b>限期</b>办结"}, issuer="supervision_office").id


def test_the_register_leads_to_the_paper_and_the_case(paper, browser):
    page = browser("guanli").get("/documents").text
    assert "督办单〔2026〕1号" in page
    assert f'href="/documents/{paper}"' in page
    assert 'href="/cases/1"' in page


def test_the_register_is_narrowed_and_says_so_when_nothing_is_left(paper, browser):
    me = browser("guanli")
    assert "督办单〔2026〕1号" in me.get("/documents?kind=督办单&year=2026").text
    for asked in ("kind=催办单", "year=2020", "year=2026&kind=x"):
        assert "没有符合条件的文书" in me.get(f"/documents?{asked}").text
    for odd in ("year=0", "year=99999", "year=x", "after=x"):
        assert me.get(f"/documents?{odd}").status_code == 200


def test_the_print_page_has_the_words_of_the_paper_and_no_markup_of_others(paper, window):
    page = window.get(f"/documents/{paper}").text
    assert "督办通知单" in page
    assert "县政府督查室" in page
    assert "&lt;b&gt;限期&lt;/b&gt;办结" in page
    assert 'class="gb"' in page


def test_the_paper_is_downloaded_under_its_number(paper, window):
    response = window.get(f"/documents/{paper}.docx")
    assert response.status_code == 200
    assert "%E7%9D%A3%E5%8A%9E%E5%8D%95" in response.headers["Content-Disposition"]
    assert "督办通知单" in lines_of(response.data)
    assert window.get("/cases/1").text.count("下载督办单〔2026〕1号") == 1  # in the history (S-04)


def test_the_case_page_leads_to_paper_and_dossier(paper, window):
    page = window.get("/cases/1").text
    assert f'href="/documents/{paper}"' in page
    assert 'href="/documents/case/1.zip"' in page
    assert window.get("/documents/case/1.zip").data[:2] == b"PK"
    assert window.get("/cases/1").text.count("下载卷宗") == page.count("下载卷宗") + 1  # in the history (S-04)


def test_for_other_units_neither_paper_nor_dossier_exists(paper, browser):
    stranger = browser("minzheng")
    for address in (f"/documents/{paper}", f"/documents/{paper}.docx", "/documents/case/1.zip"):
        assert stranger.get(address).status_code == 404
    assert "督办单〔2026〕1号" not in stranger.get("/documents").text


def upload(somebody, key, content):
    data = somebody.hidden("/templates") | {"file": (io.BytesIO(content), "模板.docx")}
    return somebody.client.post(f"/templates/{key}", data=data, headers=somebody.origin)


def test_the_print_page_says_when_only_the_docx_has_the_layout_of_the_template(paper, browser, app):
    admin = browser("guanli")
    upload(admin, "order", standard_template("sheet"))
    with app.app_context():
        later = issue(session.query(Case).one(), "督办单", {"级别": "县级", "要求": "办结"}).id
    own = admin.get(f"/documents/{later}").text
    assert "此页按系统自带的版式显示" in own
    assert own.count(f'href="/documents/{later}.docx"') == 2
    assert "下载 .docx 打印" in own
    assert "打印此页（系统版式）" in own
    assert "此页按系统自带的版式显示" not in admin.get(f"/documents/{paper}").text  # issued before


def test_an_administrator_downloads_replaces_and_restores_a_template(browser):
    admin = browser("guanli")
    address = admin.first(r"/templates/edition/\d+\.docx", "/templates")
    assert admin.get(address).data == standard_template("notice")
    assert path_of(upload(admin, "notice", standard_template("bulletin"))) == "/templates"
    page = admin.get("/templates").text
    assert "模板已更换为第2版" in page
    assert page.count("第2版（在用）") == 1  # of this template; those of the others stay at 第1版
    assert page.count("第1版（在用）") == page.count('class="ask"') - 1
    assert path_of(admin.send(address.removesuffix(".docx"), page="/templates")) == "/templates"
    assert "已恢复" in admin.get("/templates").text


def test_what_is_wrong_with_a_template_stands_beside_it(browser):
    admin = browser("guanli")
    response = upload(admin, "notice", b"hello")
    assert response.status_code == 422
    assert "模板没有采用：文件不是有效的 Word 文档" in response.text
    assert upload(admin, "notice", b"").status_code == 422
    assert upload(admin, "nothing", standard_template("notice")).status_code == 404


def test_templates_are_for_administrators(window):
    assert window.get("/templates").status_code == 403
    assert "公文模板" not in window.get("/").text


def test_whoever_signs_for_a_letter_finds_it_on_the_task_and_takes_it_as_a_file(app, browser):  # CA-12, F-C-6
    with app.app_context():
        deploy("clue", files())
        case = start_process("clue", {}, by=SYSTEM).instance.case
        letter = issue(case, "问题线索移送函", LETTER, confidential=True).id
        task = open_task(case, "签收并回执").id
    receiver = browser("fuzeren")
    page = receiver.get(f"/tasks/{task}").text
    assert "逾期未办结" in page
    assert "催办单、督办单" in page
    assert f'href="/documents/{letter}.docx"' in page
    assert page.count("剩5个工作日") == 2  # beside the title, and its own limit among 时限
    assert (
        receiver.get(f"/documents/{letter}").status_code == receiver.get(f"/documents/{letter}.docx").status_code == 200
    )
    assert browser("minzheng").get(f"/documents/{letter}").status_code == 404
