"""The record of a case cannot be changed unnoticed (C-02)."""

from models import HistoryEvent, broken_links, session


def test_each_move_is_one_row_and_the_rows_hold_together(start):
    case = start()
    case.do("签收")
    case.do("办理", result="已办")
    rows = session.query(HistoryEvent).filter_by(instance_id=case.id).order_by(HistoryEvent.revision).all()
    assert [row.revision for row in rows] == [1, 2, 3]
    assert case.instance.revision == 3
    assert broken_links(case.id) == []


def test_history_says_who_did_what_and_which_way_the_case_took(start):
    case = start()
    case.do("签收")
    row = session.query(HistoryEvent).filter_by(instance_id=case.id, revision=2).one()
    assert row.actor == "黄志强（县自然资源局）"
    assert [step for step, outcome in row.path if outcome == "completed"] == ["sign", "signed"]


def test_a_word_changed_afterwards_is_found(start):
    case = start()
    case.do("签收")
    session.query(HistoryEvent).filter_by(instance_id=case.id, revision=1).update({"actor": "别人"})
    session.commit()
    assert broken_links(case.id) == [1]


def test_a_row_taken_out_is_found(start):
    case = start()
    case.do("签收")
    case.do("办理", result="已办")
    session.query(HistoryEvent).filter_by(instance_id=case.id, revision=2).delete()
    session.commit()
    assert broken_links(case.id) == [3]
