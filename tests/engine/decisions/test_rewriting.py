"""Other rows for a table: what stays the same is left as it was."""

from engine.decisions import parse_decisions
from engine.decisions.rewriting import Changed, Row, pair, rows_of, with_rows
from tests.engine.decisions.dmn import decision, file

FILE = file(decision(["x:number", "y"], ["z"], [["> 1", "-", "1"], ["2", '"a"', "2"], ["-", "-", "3"]], "FIRST"))
ROWS = [Row(("> 1", ""), ("1",), "依据1"), Row(("2", '"a"'), ("2",), "依据2"), Row(("", ""), ("3",), "依据3")]


def test_the_rows_read_as_they_are_written():
    assert rows_of(FILE, "t.dmn", "D-02") == ROWS


def test_a_row_that_changes_keeps_its_id_and_one_in_between_is_new():
    changed = ROWS[1]._replace(outputs=("7",))
    wanted = [ROWS[0], Row(("0", ""), ("9",), ""), changed, ROWS[2]]
    made = with_rows(FILE, "t.dmn", "D-02", wanted)
    assert rows_of(made, "t.dmn", "D-02") == wanted
    [table] = parse_decisions("t.dmn", made)
    first, second, third, last = (rule.id for rule in table.rules)
    assert (first, last) == ("r1", "r3")
    assert "r2" in (second, third)
    assert table.hit_policy == "FIRST"


def test_the_same_rows_leave_the_file_as_it_was():
    assert rows_of(with_rows(FILE, "t.dmn", "D-02", ROWS), "t.dmn", "D-02") == ROWS
    assert with_rows(FILE, "t.dmn", "D-02", ROWS).count(b"<rule ") == 3


def test_rows_that_went_and_came_are_told_apart():
    assert pair(ROWS, ROWS[1:]) == [Changed(1, 0), Changed(2, 1), Changed(3, 2)]
