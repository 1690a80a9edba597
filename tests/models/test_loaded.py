"""What was read past the session is in it as if it had been loaded by it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from models import Unit, session
from models.loaded import columns_of, take

_unit = select(*columns_of(Unit)).where(Unit.code == "housing")


@pytest.fixture
def row(county):
    found = session.execute(_unit).one()
    session.rollback()
    return found


def test_an_object_is_made_that_the_session_keeps_and_changes_as_its_own(row):
    unit = take(Unit, iter(row))
    assert not session.dirty
    assert not session.new
    assert session.get(Unit, unit.id) is unit
    unit.name = "新名"
    session.commit()
    assert session.scalar(select(Unit.name).where(Unit.code == "housing")) == "新名"


def test_one_that_the_session_has_already_says_then_what_the_row_says(row):
    unit = session.get_one(Unit, row.id)
    set_committed_value(unit, "name", "读得早的名字")
    assert take(Unit, iter(row)) is unit
    assert unit.name == row.name
    assert not session.is_modified(unit)


def test_what_has_been_changed_and_not_flushed_is_never_overwritten(row):
    unit = session.get_one(Unit, row.id)
    unit.name = "没有存的名字"
    with pytest.raises(AssertionError, match="flushed first"):
        take(Unit, iter(row))
    assert unit.name == "没有存的名字"
