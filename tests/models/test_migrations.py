"""Migrations make exactly the tables that the models describe, and keep what is there, on every database we run on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import Migrate, downgrade, upgrade
from sqlalchemy import Connection, MetaData, select

from errors import AppError
from models import Base, Case, CaseNumber, CaseText, Document, Post, Submission, Task, Unit, db, session
from models.case import IS_BACK
from models.case_text import INDEX_ON_SQLITE, is_index_of_pieces
from tests.databases import Template, bound

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"
FIRST_DAY = datetime(2026, 3, 12, 1, 30, tzinfo=UTC).replace(tzinfo=None)


@pytest.fixture
def old(template: Template):
    """A database as the first release left it, with a unit, its post, a case and a paper of that case."""
    with template.empty() as url, bound(url) as app:
        Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
        upgrade(revision="0003")
        fill()
        yield


def fill() -> None:
    tables = MetaData()
    tables.reflect(db.engine)
    rows: dict[str, Any] = {
        "unit": {"id": 1, "code": "water", "name": "县水利局", "handles_cases": True},
        "post": {"key": "post:water:liaison", "unit_id": 1, "role": "liaison", "role_name": "联络员"},
        "case": {
            **{"id": 1, "case_no": "XT20260001", "flow": "xt_cannot", "flow_name": "办不成事", "title": "水表"},
            **{"channel": "window", "status": "submitted", "registered_by": "张三", "confidential": False},
            **{"created_at": FIRST_DAY, "parameter_revision": 0},
        },
        "user": [
            {"id": number, "username": f"u{number}", "name": "张三", "password_hash": "", "is_admin": False}
            | {"disabled": False, "failed_logins": 0}
            for number in (1, 2)
        ],
        "process_definition": {
            **{"id": 1, "key": "xt_cannot", "version": 1, "name": "办不成事", "digest": "", "deployed_by": ""},
            "deployed_at": FIRST_DAY,
        },
        "process_instance": {
            **{"id": 1, "case_id": 1, "definition_id": 1, "state": b"", "passed": {}, "started_at": FIRST_DAY},
            **{"attempts": 0, "revision": 2},
        },
        "task": [completed("登记", FIRST_DAY, by=2), completed("答复", FIRST_DAY + timedelta(hours=1), by=1)],
        "submission": [
            handed_in(1, "F-XT-1.register", reporter_name="李四"),
            handed_in(2, "F-C-1.apply"),
            handed_in(3, "F-TZ-1.review", review_decision="fail"),
            handed_in(4, "F-TZ-1.review", review_decision="pass"),
        ],
        "document": {
            **{"id": 1, "case_id": 1, "kind": "督办单", "number": "督办单〔2026〕1号", "to": "县水利局"},
            **{"body": {"要求": "抓紧"}, "raised_at": FIRST_DAY},
        },
    }
    rows["case_number"] = [{"scheme": scheme, "year": 2026, "last": 1} for scheme in ("XT", "督办单")]
    with db.engine.begin() as connection:
        for table, row in rows.items():
            connection.execute(tables.tables[table].insert(), row)


def handed_in(number: int, form: str, **values: str) -> dict[str, object]:
    row = {"id": number, "case_id": 1, "element": "a", "form": form, "values": values}
    return {**row, "by": "窗口", "at": FIRST_DAY}


def completed(name: str, at: datetime, by: int) -> dict[str, object]:
    return {
        **{"id": name, "instance_id": 1, "case_id": 1, "element": "a", "name": name, "form": "", "post": "p"},
        **{"inbox_key": "p", "state": "completed", "due_at": at, "confidential": False, "revision": 2},
        **{"created_at": at, "closed_at": at, "done_by": by},
    }


def test_the_migrations_and_the_models_agree(template: Template):
    with template.empty() as url, bound(url) as app:
        Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_object": is_on_every_database})
            assert compare_metadata(context, Base.metadata) == []
            assert shape_of_the_index(connection) == SHAPE[connection.dialect.name]


def is_on_every_database(_item: Any, name: str | None, *_: Any) -> bool:
    return not is_index_of_pieces(name or "")


ON_POSTGRESQL = ["CREATE INDEX ix_case_text_pieces ON public.case_text USING gin (pieces)"]
SHAPE = {"sqlite": list(INDEX_ON_SQLITE), "postgresql": ON_POSTGRESQL}


def shape_of_the_index(connection: Connection) -> list[str]:
    """How a database looks up pieces, in its own words."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT sql FROM sqlite_master WHERE name = 'case_pieces' OR type = 'trigger' ORDER BY rowid"
    else:
        asked = "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_case_text_pieces'"
    return list(connection.exec_driver_sql(asked).scalars())


def test_an_old_database_keeps_its_rows(old):
    upgrade()
    assert session.scalars(select(Post.unit_id)).all() == session.scalars(select(Unit.id)).all() == [1]
    facts = select(Case.case_no, Case.registrar_id, Case.reporter)
    assert session.execute(facts).all() == [("XT20260001", 2, "李四")]
    paper = session.scalars(select(Document)).one()
    assert (paper.case_id, paper.number, paper.body) == (1, "督办单〔2026〕1号", {"要求": "抓紧"})
    numbers = select(CaseNumber.county, CaseNumber.scheme, CaseNumber.last).order_by(
        CaseNumber.county, CaseNumber.scheme
    )
    assert session.execute(numbers).all() == [("", "XT", 1), ("", "督办单", 1), ("water", "督办单", 1)]
    assert session.scalars(select(Submission.id).where(IS_BACK).order_by(Submission.id)).all() == [2, 3]
    session.remove()
    downgrade(revision="0003")
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT code FROM unit").all() == [("water",)]


def test_what_colleagues_were_asked_about_stands_on_the_tasks_from_then_on(old):
    upgrade(revision="0030")
    tables = MetaData()
    tables.reflect(db.engine)
    case, at = {"case_id": 1}, {"at": FIRST_DAY}
    open_ones = [completed(name, FIRST_DAY, by=1) | {"state": "open"} for name in ("谁也没请", "后请", "请了", "已交")]
    sign = {"question": "", "asked_by": "", "asked_at": FIRST_DAY, "answer": "", "answered_by": "", "post": "p"} | case
    asked = [("登记", "answered"), ("谁也没请", "withdrawn"), ("后请", "later"), ("请了", "asked"), ("请了", "later")]
    signs = [sign | {"task_id": task, "kind": "after", "state": state} for task, state in [*asked, ("已交", "asked")]]
    with db.engine.begin() as connection:
        connection.execute(tables.tables["task"].insert(), open_ones)
        connection.execute(tables.tables["task_sign"].insert(), signs)
        held = {"task_id": "已交", "user_id": 1, "by": "张三", "values": {}} | at
        connection.execute(tables.tables["held_form"].insert(), held)
    upgrade()
    told = {"登记": "", "答复": "", "谁也没请": "", "后请": "later", "请了": "asked", "已交": "held"}
    assert dict(session.execute(select(Task.id, Task.asked)).all()) == told


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_references_hold_again_after_an_upgrade(old):
    upgrade()
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_an_upgrade_that_would_leave_a_reference_to_nothing_changes_nothing(old):
    with db.engine.connect() as connection:
        assert connection.connection.driver_connection is not None
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("UPDATE post SET unit_id = 9")
        connection.commit()
    with pytest.raises(AppError, match="post 里有的行"):
        upgrade()
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "0003"


def test_titles_in_clear_are_not_kept_for_the_search(old):  # S-04
    upgrade(revision="0024")
    row = {"case_id": 1, "mark": "", "words": "李四反映噪声", "clear": "", "pieces": ["噪声"]}
    with db.engine.begin() as connection:
        connection.execute(CaseText.__table__.insert(), row)
    upgrade()
    assert session.scalars(select(CaseText)).all() == []


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_before_colleagues_were_told_no_message_to_one_is_there_as_if_to_the_reporter(old):
    upgrade(revision="0035")
    at, told = "'2026-03-12 01:30:00'", [("reporter", "1", "NULL"), ("colleague", "1", "1"), ("digest", "NULL", "1")]
    with db.engine.begin() as connection:
        for key, instance, user in told:
            connection.exec_driver_sql(
                "INSERT INTO outbox_message (instance_id, user_id, channel, recipient, body, idempotency_key, state,"
                " attempts, next_at, outcome, created_at)"
                f" VALUES ({instance}, {user}, 'sms', '1', '{{}}', '{key}', 'waiting', 0, {at}, '', {at})"
            )
    downgrade(revision="0037")
    with db.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT idempotency_key FROM outbox_message").scalars().all()
    assert kept == ["reporter"]


def test_registers_of_two_counties_cannot_become_one_again(old):
    upgrade()
    first = session.scalars(select(Document)).one()
    session.add(Document(**{**vars_of(first), "id": 2, "county": "water"}))
    session.commit()
    session.remove()
    with pytest.raises(AppError, match="“督办单〔2026〕1号”等文号两个县都发过"):
        downgrade(revision="0011")
    assert session.query(Document).count() == 2


def vars_of(row: Base) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_of_three_administrators_the_system_s_alone_is_one_before_there_were_three(old):
    upgrade(revision="0040")
    with db.engine.begin() as connection:
        for number, kind in ((1, "security"), (2, "system")):
            connection.exec_driver_sql(f"UPDATE \"user\" SET administrator = '{kind}' WHERE id = {number}")
    downgrade(revision="0039a")
    upgrade(revision="0040")
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql('SELECT administrator FROM "user" ORDER BY id').scalars().all()
    assert rows == ["", "system"]
