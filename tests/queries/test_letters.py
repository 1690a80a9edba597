"""A letter about a clue (F-C-6): whoever signs for it reads it, and nobody comes to know of it who did not before."""

import pytest

from errors import NotFound
from models import SYSTEM, Clue, session
from operations.acts.privacy import take_paper
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from queries.case.cases import case_file
from queries.case.documents import paper_file, paper_view, register
from queries.case.tasks import form_of_task, task_page
from tests.engine.diagrams import both, diagram, end, start, user
from tests.official import issue
from tests.papers.words import lines_of
from tests.people import admin, holder_of
from tests.queries.conftest import do, open_task
from tests.small_flow import FILES as SMALL
from tests.small_flow import HANDLER, form

LETTER = {"线索摘要": "逾期未办结", "附卷材料清单": "催办单、督办单"}
RECEIVER, ASKED = "joint_meeting:secretary", "natural_resources:leader"
RECEIPT = "CA-12.receipt"


def files(receipt=RECEIPT):
    """办理 beside 签收并回执 and 说明情况, both kept from others; the receiver signs on the form `receipt`."""
    secret = {"confidential": "yes", "limit": "workdays(5)"}
    sign, asked = 'post("joint_meeting", "secretary")', 'post("natural_resources", "leader")'
    flow = diagram(
        "clue",
        start(),
        both("apart"),
        user("handle", name="办理", candidates=HANDLER, form="F.handle", deadline="handle", limit="workdays(3)"),
        user("sign", name="签收并回执", candidates=sign, form=receipt, deadline="sign", **secret),
        user("explain", name="说明情况", candidates=asked, form="F.handle", deadline="explain", **secret),
        both("together"),
        end("done", status="archived"),
        flows="start apart handle together done; apart sign together; apart explain together",
    )
    words = {"type": "textfield", "key": "said", "label": "说明"}
    forms = {f"{key}.form.json": form(key, words) for key in ("F.handle", RECEIPT)}
    return {"clue.bpmn": flow, "d07_light.dmn": SMALL["d07_light.dmn"], **forms}


@pytest.fixture
def begin(county, clock):
    def make(**changes):
        deploy("clue", files(**changes))
        case = start_process("clue", {}, by=SYSTEM).instance.case
        return case, issue(case, "问题线索移送函", LETTER, confidential=True)

    return make


def test_whoever_signs_for_a_letter_reads_it_before_and_after(begin):  # CA-12, TZ-30
    case, letter = begin()
    me = holder_of(RECEIVER)
    for sign in (True, False):
        assert [row.number for row in register(me).rows] == [letter.number]
        assert paper_view(letter.id, me).paper.texts["线索摘要"] == "逾期未办结"
        assert "催办单、督办单" in lines_of(paper_file(letter.id, me)[1])
        take_paper(letter.id, by=me)
        assert [paper.number for paper in case_file(case.id, me).documents] == [letter.number]
        if sign:
            do(case, "签收并回执", said="收到")


def test_the_task_to_sign_shows_the_letter_and_its_own_deadline(begin):  # F-C-6
    page = task_page(open_task(begin()[0], "签收并回执").id, holder_of(RECEIVER))
    assert [paper.body for paper in page.letters] == [LETTER]
    assert [due.key for due in page.dues] == ["sign", "handle"]


def test_no_other_task_shows_the_letter_or_a_deadline_that_is_kept_from_its_holder(begin):  # XT-20
    case, _ = begin()
    handler = task_page(open_task(case, "办理").id, holder_of("natural_resources:handler"))
    assert (handler.letters, [due.key for due in handler.dues]) == ([], ["handle"])
    asked = task_page(open_task(case, "说明情况").id, holder_of(ASKED))
    assert (asked.letters, [due.key for due in asked.dues]) == ([], ["explain", "handle"])


@pytest.mark.parametrize("post", ["natural_resources:handler", ASKED, "task_force:head", "housing:liaison", "admin"])
def test_for_everybody_else_the_letter_does_not_exist(begin, post):  # XT-20
    _, letter = begin()
    hidden(letter, admin() if post == "admin" else holder_of(post))


def test_a_confidential_task_alone_opens_no_letter(begin):  # XT-20
    _, letter = begin(receipt="F.handle")
    hidden(letter, holder_of(RECEIVER))


@pytest.fixture
def two_clues(begin):
    """A case with two clues, each with its letter; the receipt that is open is of the first one."""
    case, letter = begin()
    clues = [
        Clue(case_id=case.id, org="housing", reason=reason, summary="", raised_at=letter.raised_at)
        for reason in ("拖着不办", "假称已办")
    ]
    session.add_all(clues)
    session.flush()
    open_task(case, "签收并回执").clue_id = letter.clue_id = clues[0].id
    session.commit()
    return case, letter, issue(case, "问题线索移送函", {"线索摘要": "另一条"}, confidential=True, clue=clues[1].id)


def test_of_several_clues_the_task_to_sign_shows_its_own_reason_and_letter(two_clues):  # CA-12
    case, letter, _ = two_clues
    page = task_page(open_task(case, "签收并回执").id, holder_of(RECEIVER))
    assert (page.clue_reason, [paper.id for paper in page.letters]) == ("拖着不办", [letter.id])


def test_the_letter_about_another_clue_is_for_whoever_signs_for_that_one(two_clues):  # CA-12
    _, letter, other = two_clues
    me = holder_of(RECEIVER)
    assert [row.number for row in register(me).rows] == [letter.number]
    with pytest.raises(NotFound):
        paper_view(other.id, me)


def test_a_secret_form_is_named_to_the_holder_of_its_post_and_to_nobody_else(begin):  # XT-20
    task = open_task(begin()[0], "说明情况")
    assert form_of_task(task.id, by=holder_of(ASKED)).key == "F.handle"
    assert form_of_task(task.id, by=holder_of("housing:liaison")) is None
    assert form_of_task(task.id) is None


def hidden(letter, by):
    assert register(by).rows == []
    for read in (paper_view, paper_file, lambda document, by: take_paper(document, by=by)):
        with pytest.raises(NotFound):
            read(letter.id, by)
