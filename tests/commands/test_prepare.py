"""`flask prepare`: several processes that start at once make one database."""

import multiprocessing
import os
import sqlite3
import sys
from contextlib import closing
from multiprocessing.synchronize import Barrier

import pytest
from sqlalchemy import func, make_url, select

from app import create_app
from commands.serve import prepare
from models import CalendarEdition, Parameter, ParameterValue, Post, ProcessDefinition, Unit, User, db, session
from operations.house.deployments import deploy
from operations.house.folders import deploy_all
from tests.databases import Template, bound
from tests.engine.diagrams import diagram, end, start, user

PATIENCE = 120  # seconds, far more than it takes
AT_ONCE = 2

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.commands.test_prepare"])


def _prepare(url: str, barrier: Barrier) -> None:
    app = create_app(DATABASE_URL=url, SECRET_KEY="test")
    with app.app_context():
        barrier.wait(PATIENCE)
        prepare(demo=False)
        session.remove()
        db.engine.dispose()
    os._exit(0)


def test_processes_that_start_together_make_one_database(template: Template):
    barrier = context.Barrier(AT_ONCE)
    with template.empty() as url:
        starting = [context.Process(target=_prepare, args=(url, barrier)) for _ in range(AT_ONCE)]
        for process in starting:
            process.start()
        for process in starting:
            process.join(PATIENCE)
            process.kill()
        assert [process.exitcode for process in starting] == [0] * AT_ONCE
        with bound(url):
            assert session.query(Parameter).count() == session.query(ParameterValue).count() > 100
            assert session.query(CalendarEdition).count() == 1
            versions = select(ProcessDefinition.key, func.count()).group_by(ProcessDefinition.key)
            assert set(dict(session.execute(versions).all()).values()) == {1}
            assert session.query(User).count() == 0


def test_whoever_prepares_reads_of_a_post_that_does_not_exist(template: Template, tmp_path, monkeypatch):  # P7
    """Before it stands in the way of a case."""
    monkeypatch.setattr("operations.house.folders.BPMN", tmp_path)
    with template.empty() as url:
        app = create_app(DATABASE_URL=url, SECRET_KEY="test")
        with app.app_context():
            prepare()
            session.add(Unit(id=1, code="office", name="办公室"))
            session.flush()
            session.add(Post(key="post:office:head", unit_id=1, role="head", role_name="主任"))
            session.commit()
            (tmp_path / "p").mkdir()
            (tmp_path / "p" / "p.bpmn").write_bytes(
                diagram("p", start(), user("A", candidates='post("office", "hed")'), end(), flows="start A end")
            )
            (tmp_path / "p" / "F.form.json").write_text('{"id": "F", "type": "default", "components": []}')
            said = app.test_cli_runner().invoke(args=["prepare"]).output
            session.remove()
            db.engine.dispose()
    assert "p：提示：「A」 的办理岗位用到的岗位“office:hed”不存在，最接近的是“office:head”。" in said


def test_what_a_county_has_deployed_stays_when_the_service_starts_again(county, tmp_path, monkeypatch):
    """What the checkout carries comes once; another edition of it comes again, and is named."""
    monkeypatch.setattr("operations.house.folders.BPMN", tmp_path)

    def carry(name: str) -> bytes:
        (tmp_path / "p").mkdir(exist_ok=True)
        content = diagram("p", start(), user("A", name=name), end(), flows="start A end")
        (tmp_path / "p" / "p.bpmn").write_bytes(content)
        return content

    form = {"F.form.json": b'{"id": "F", "type": "default", "components": []}'}
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "F.form.json").write_bytes(form["F.form.json"])
    carry("办理")
    assert [row.version for row in deploy_all()] == [1]
    deploy("p", {"p.bpmn": diagram("p", start(), user("A", name="本县办理"), end(), flows="start A end")} | form)
    assert deploy_all() == []
    carry("新的办理")
    assert [row.version for row in deploy_all()] == [3]


@pytest.mark.parametrize("verb", ["prepare", "serve", "demo"])
@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("postgresql+psycopg://bihuan:geheim@127.0.0.1:1/county", "127.0.0.1:1/county"),
        ("sqlite:////nowhere/county.db", "/nowhere/county.db"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(verb, url, where):
    result = create_app(DATABASE_URL=url, SECRET_KEY="test").test_cli_runner().invoke(args=[verb])
    assert (result.exit_code, result.stderr.splitlines()) == (
        1,
        [f"没有成功：数据库连接不上（{where}）。请核对 BIHUAN_DATABASE_URL，看数据库是否建好、正在运行。"],
    )
    assert "geheim" not in result.output


@pytest.mark.parametrize(
    "address",
    [
        "",
        "postgres:/county",
        "sqlite:/county.db",
        "oracle://u:geheim@h/county",
        "postgresql+nobody://u:geheim@h/county",
        "postgresql+psycopg://u:geheim@h:five/county",
        "postgresql+psycopg://u:geheim@h/county?sslmod=require",
    ],
)
def test_an_address_that_no_database_has_is_told_in_one_sentence(address):
    with pytest.raises(SystemExit) as told:
        create_app(DATABASE_URL=address, SECRET_KEY="test")
    assert str(told.value).startswith("没有成功：BIHUAN_DATABASE_URL 不是能用的数据库地址")
    assert "geheim" not in str(told.value)


def test_a_command_that_finds_the_database_locked_says_so_and_not_that_it_is_away(template: Template, monkeypatch):
    if template.backend != "sqlite":
        pytest.skip("PostgreSQL waits, unless a county sets a lock_timeout: tests/faults")
    monkeypatch.setattr(sys.modules["models.alone"], "PATIENCE", 0.1)
    with template.empty() as url, closing(sqlite3.connect(f"{make_url(url).database}-starting")) as other:
        other.isolation_level = None
        other.execute("BEGIN EXCLUSIVE")
        result = create_app(DATABASE_URL=url, SECRET_KEY="test").test_cli_runner().invoke(args=["prepare"])
    assert (result.exit_code, result.stderr) == (1, "没有成功：数据库正忙，别的进程一直占着，请稍后再试。\n")
