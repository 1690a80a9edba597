"""Searching cases: by what their forms say too, never by what whoever searches may not read (S-04, C-09, XT-20)."""

from threading import Event, Thread, current_thread

import pytest
from flask import current_app
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select, update

from models import Case, CaseText, CaseUnit, StaleText, Unit, db, session
from models.case import COPIED
from models.pieces import one_width, pieces, pieces_of_word
from operations.acts.tasks import complete_task
from operations.gate.case_words import fill_words, refresh_words, words_of
from operations.gate.submissions import Submission
from operations.house.deployments import deploy
from queries.lists.case_list import case_list
from reference import definitions
from tests.people import holder_of
from tests.queries.conftest import do, open_task
from tests.queries.flow import FILES
from tests.queries.test_pages import all_pages
from tests.small_flow import form

CLERK, OFFICE, SUPERVISOR = "natural_resources:handler", "task_force:dispatcher", "supervision_office:supervisor"
NAME, PHONE = "欧阳小明", "13812340000"
REPORTED = form(
    "F.handle",
    {"type": "textarea", "key": "result", "label": "办理情况"},
    {"type": "textfield", "key": "who", "label": "反映人", "properties": {"personal": "name"}},
    {"type": "textfield", "key": "phone", "label": "电话", "properties": {"personal": "phone"}},
    {"type": "textfield", "key": "place", "label": "住址", "properties": {"personal": "address"}},
    {
        "type": "dynamiclist",
        "key": "rows",
        "label": "明细",
        "path": "rows",
        "components": [{"type": "textfield", "key": "thing", "label": "事"}],
    },
)


@pytest.fixture
def begin_reported(begin):
    """The same, with a form that asks who the reporter is."""
    deploy("secret", FILES | {"F.handle.form.json": REPORTED})
    return begin


def found(search, post=OFFICE, **narrow):
    return [row.id for row in case_list(holder_of(post), search=search, **narrow).rows]


def rows_as_made_anew():
    """Whether every row says what it would say if it were made from its case now."""
    for text in session.scalars(select(CaseText).execution_options(populate_existing=True)):
        case = session.get_one(Case, text.case_id)
        handed_in = select(Submission).where(Submission.case_id == case.id).order_by(Submission.id)
        definition = definitions.definition(definitions.newest(case.flow).id)
        made = words_of(case, definition, session.scalars(handed_in).all())
        assert {key: getattr(text, key) for key in made} == made
    return True


@pytest.mark.parametrize(
    "search", ["噪声", "声扰", "噪声扰民", "噪", "HJ2.2-2018", "hj2.2", "ＨＪ２．２", "22", "扰民，", "%"]
)
def test_what_was_typed_on_a_form_is_found_by_any_part_of_it(begin, search):
    case, other = begin(), begin()
    do(case, "办理", result="夜间噪声扰民，按HJ2.2-2018测了222次，达标率100%")
    do(other, "办理", result="路灯不亮")
    assert found(search) == [case.id]


@pytest.mark.parametrize("search", ["扰噪", "噪声扰民按", "_", "1_0", "HJ22", '"', "' OR 1", "噪声*", "\\"])
def test_what_does_not_stand_there_is_not_found(begin, search):
    do(begin(), "办理", result="夜间噪声扰民，按HJ2.2-2018测了222次，达标率100%")
    assert found(search) == []


def test_each_word_may_stand_in_another_place(begin):
    case = begin(case_no="XT20260017", title="老房产证", lead_org="natural_resources")
    begin(case_no="XT20260018", title="老房产证", lead_org="housing")
    do(case, "办理", result="已补正")
    for search in ("房产 补正", "补正 0017", "XT20260017 房产", "自然资源局 房产", "2026 资源 房产 补正"):
        assert found(search) == [case.id]
    assert found("住建 补正") == found("0018 补正") == []


def test_a_unit_that_has_another_name_by_now_is_found_by_that(begin):
    case = begin(lead_org="housing")
    session.execute(update(Unit).where(Unit.code == "housing").values(name="县城乡建设局"))
    session.commit()
    assert (found("城乡建设"), found("住建")) == ([case.id], [])


def test_rows_of_a_form_are_found(begin_reported):
    case = begin_reported()
    do(case, "办理", rows=[{"thing": "拆除围挡"}, {"thing": "恢复绿地"}])
    assert found("围挡 绿地") == [case.id]


def test_search_and_filters_narrow_together_and_pages_go_on_where_the_last_ended(begin):
    cases = [begin(title=f"噪声{n}", status="signed" if n % 2 else "archived").id for n in range(5)]
    assert found("噪声") == cases[::-1]
    assert found("噪声", status="signed") == [cases[3], cases[1]]
    by = holder_of(OFFICE)
    rows, lengths = all_pages(lambda after: case_list(by, after, "噪声", limit=2))
    assert ([row.id for row in rows], lengths) == (cases[::-1], [2, 2, 1])


def test_nobody_finds_a_case_of_which_their_units_are_no_part(begin):
    case = begin(title="噪声")
    assert found("噪声", CLERK) == [case.id]
    assert found("噪声", "civil_affairs:liaison") == found("噪声", "tz_whistle_office:dispatcher") == []


def test_what_happens_where_only_holders_of_clues_look_is_found_by_nobody(begin):  # XT-20
    case = begin(title="噪声")
    do(case, "研究线索", opinion="建议立案")
    assert found("立案") == found("立案", CLERK) == found("立案", SUPERVISOR) == []
    assert found("噪声", SUPERVISOR) == [case.id]


@pytest.mark.parametrize("search", [PHONE, "1234", "小明", NAME, "云泉乡3号"])
def test_whose_data_a_form_keeps_apart_is_not_in_the_words_of_forms(begin_reported, search):  # S-04
    case = begin_reported(title="噪声")
    do(case, "办理", who=NAME, phone=PHONE, place="云泉乡3号", result=f"{NAME}说，打{PHONE}找他")
    assert found(search, CLERK) == found(search) == []
    assert found("找他", CLERK) == found("欧某某说", CLERK) == [case.id]


def test_a_name_that_is_given_later_is_left_out_of_what_was_said_before(begin):  # S-04
    named = {"type": "textfield", "key": "who", "label": "反映人", "properties": {"personal": "name"}}
    told = {"type": "textfield", "key": "told", "label": "附言"}
    deploy(
        "secret", FILES | {"F.weigh.form.json": form("F.weigh", named), "F.handle.form.json": form("F.handle", told)}
    )
    case = begin()
    do(case, "办理", told=f"请找{NAME}")
    assert found(NAME) == [case.id]
    do(case, "研究线索", who=NAME)
    assert (found(NAME), found("请找欧某某")) == ([], [case.id])


@pytest.mark.parametrize("search", [NAME, "小明", PHONE, "138123", "0000"])
def test_who_reported_in_confidence_is_found_only_by_who_may_know(begin_reported, search):  # C-09
    facts = {"title": f"{NAME}反映噪声，电话{PHONE}", "reporter": NAME, "confidential": True}
    case = begin_reported("service_hall", **facts)
    do(case, "办理", who=NAME, phone=PHONE, result=f"{NAME}的电话是{PHONE}")
    assert (found(search, CLERK), found("噪声", CLERK), found("电话是", CLERK)) == ([], [case.id], [case.id])
    assert found(search, OFFICE) == found(search, "service_hall:window_clerk") == [case.id]


def test_a_case_that_becomes_confidential_is_found_by_name_no_more(begin_reported):  # C-09
    confidential = {"type": "checkbox", "key": "confidential", "label": "保密"}
    files = {"F.weigh.form.json": form("F.weigh", confidential), "F.handle.form.json": REPORTED}
    deploy("secret", FILES | files)
    case = begin_reported(title=f"{NAME}反映噪声", reporter=NAME)
    assert found("欧某某", CLERK) == [case.id]
    do(case, "研究线索", confidential=True)
    assert (found("欧某某", CLERK), found("噪声", CLERK)) == ([], [case.id])


@pytest.mark.parametrize("search", [NAME, "小明", PHONE, "2340"])
def test_the_names_and_numbers_in_a_title_are_found_only_by_the_office_of_the_case(begin, search):  # S-04
    case = begin("service_hall", title=f"{NAME}反映路灯不亮{PHONE}", reporter=NAME)
    session.add(CaseUnit(case_id=case.id, unit="civil_affairs", role=COPIED))
    session.commit()
    for post in (CLERK, "civil_affairs:liaison"):
        assert (found(search, post), found("路灯不亮138****0000", post)) == ([], [case.id])
    assert found(search, OFFICE) == found(search, "service_hall:window_clerk") == [case.id]


@pytest.mark.parametrize("search", ["夜" * 60_000, "噪声" * 60_000])
def test_a_word_of_any_length_is_searched_for_by_its_beginning(begin, search):
    case = begin(title=search[:60])
    assert found(search) == [case.id]


def test_of_two_tickers_at_once_none_writes_old_words_over_new_ones(begin):  # C-09, P4
    """The first has read the forms and is about to write when a step says more; on SQLite the step waits for it."""
    case = begin()
    if session.connection().dialect.name != "postgresql":
        pytest.skip("one writer at a time")
    session.add(StaleText(case_id=case.id))
    session.commit()
    with TickerStoppedAfter("FROM submission") as ticker:
        do(case, "办理", result="夜间噪声")
        ticker.go_on()
    refresh_words()
    assert found("噪声") == [case.id]
    assert rows_as_made_anew()


class TickerStoppedAfter:
    """A ticker that makes words, and waits after a statement with these words until it may go on."""

    def __init__(self, statement: str):
        self._statement, self._there, self._may = statement, Event(), Event()
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        self._ticker = Thread(target=self._tick, args=[app])

    def go_on(self):
        self._may.set()
        self._ticker.join()

    def __enter__(self):
        event.listen(db.engine, "after_cursor_execute", self._wait)
        self._ticker.start()
        assert self._there.wait(20)
        return self

    def __exit__(self, *_):
        self.go_on()
        event.remove(db.engine, "after_cursor_execute", self._wait)

    def _tick(self, app):
        with app.app_context():
            refresh_words()

    def _wait(self, _connection, _cursor, statement, *_):
        if current_thread() is self._ticker and self._statement in statement:
            self._there.set()
            assert self._may.wait(20)


def test_the_rows_say_at_every_step_what_the_case_says(begin_reported):
    case = begin_reported("service_hall", title=f"{NAME}反映噪声", reporter=NAME, lead_org="housing")
    assert rows_as_made_anew()
    do(case, "办理", who=NAME, result="已办", rows=[{"thing": "围挡"}])
    assert rows_as_made_anew()
    do(case, "研究线索", opinion="无")
    assert rows_as_made_anew()


def test_between_a_step_and_the_ticker_a_case_is_not_found_by_words_that_may_be_untrue(begin_reported):
    """What was said may repeat the name that has just been told (S-04)."""
    case = begin_reported(title="噪声")
    task = open_task(case, "办理")
    complete_task(task.id, {"who": NAME, "result": "已办"}, by=holder_of(task.post.removeprefix("post:")))
    assert found("噪声") == []
    assert (refresh_words(), refresh_words()) == (1, 0)
    assert found("噪声") == found("已办") == [case.id]


def test_a_case_that_is_gone_leaves_nothing_to_find(begin):
    case = begin(title="噪声")
    for row in (session.get_one(CaseText, case.id), session.get_one(CaseUnit, (case.id, "natural_resources"))):
        session.delete(row)
    session.commit()
    assert found("噪声") == []


def test_cases_of_an_older_release_get_their_words_once(begin):
    case, other = begin(title="噪声"), begin(title="路灯")
    session.delete(session.get_one(CaseText, case.id))
    session.commit()
    assert found("噪声") == []
    fill_words()
    fill_words()
    assert (found("噪声"), found("路灯")) == ([case.id], [other.id])
    assert rows_as_made_anew()


TEXTS = st.text(st.sampled_from("噪声扰民aB1２Ｃ .,，%_/\\\"'*-\u3000\n"), max_size=30)


@given(TEXTS, st.data())
def test_the_pieces_lead_to_every_text_in_which_a_word_stands(text, data):
    """Whatever part of a text is searched for, the pieces asked for are pieces it has."""
    for word in one_width(text).split():
        start = data.draw(st.integers(0, len(word) - 1))
        part = word[start : data.draw(st.integers(start + 1, len(word)))]
        assert pieces_of_word(part) <= pieces(text)


@given(TEXTS)
def test_no_piece_is_anything_that_a_tokenizer_splits(text):
    assert all(not char.isascii() or char.isalnum() for piece in pieces(text) for char in piece)
