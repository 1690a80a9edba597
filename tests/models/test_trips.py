"""What goes past SQLAlchemy fails as the rest does: told apart, whatever stands around it."""

import pytest
from sqlalchemy import bindparam, update
from sqlalchemy.exc import IntegrityError

from errors import AlreadyChanged, StorageUnavailable
from models import USUAL_KIND, Unit, Writes, transactional
from reference.people import identity
from tests.databases import bound

_rename = update(Unit).where(Unit.code == bindparam("unit"))


def add(writes: Writes, code: str) -> None:
    writes.add(Unit, code=code, name=code, handles_cases=True, kind=USUAL_KIND)


@transactional
def send(*steps: tuple[str, str]) -> None:
    """Each step adds a unit or renames one; the kinds of step go in the order in which they are first named."""
    writes = Writes()
    for step, code in steps:
        if step == "add":
            add(writes, code)
        else:
            writes.change(_rename, unit=code, name="新名")
    writes.send()


def test_a_key_that_is_taken_is_no_race_though_later_changes_were_not_made(county):
    send(("add", "a"), ("add", "b"))
    with pytest.raises(IntegrityError):
        send(("add", "a"), ("rename", "b"))
    with pytest.raises(IntegrityError):
        send(("add", "c"), ("add", "a"), ("rename", "a"), ("rename", "b"))


def test_a_row_that_has_gone_is_a_race_alone_and_among_many(county):
    send(("add", "a"))
    with pytest.raises(AlreadyChanged):
        send(("rename", "gone"))
    with pytest.raises(AlreadyChanged):
        send(("rename", "a"), ("rename", "gone"))


def test_a_key_taken_after_a_row_had_gone_is_a_race(county):
    send(("add", "a"))
    with pytest.raises(AlreadyChanged):
        send(("rename", "gone"), ("add", "a"))


def test_who_asks_where_there_is_no_database_reads_that_it_is_away(tmp_path):
    with bound(f"sqlite:///{tmp_path}/gone/county.db"), pytest.raises(StorageUnavailable):
        identity(1)
