"""Load, complete, save in one transaction: SpiffWorkflow as its documentation persists it, and our engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    bindparam,
    create_engine,
    select,
)

import models.db  # noqa: F401  sets SQLite's pragmas: WAL, synchronous=FULL
from benchmarks.flows import FORM, PLAIN
from engine import Execution, parse
from tests.engine.case import TestHost

_metadata = MetaData()
_cases = Table("naive_case", _metadata, Column("id", Integer, primary_key=True), Column("state", Text))
_instances = Table("our_instance", _metadata, Column("id", Integer, primary_key=True), Column("state", LargeBinary))
_forms = Table("our_form", _metadata, Column("id", Integer, primary_key=True), Column("values", JSON))


class _Row:
    """The one row of a case, and its three statements, made once."""

    def __init__(self, engine: Engine, table: Table):
        self._engine = engine
        self._id = 0
        mine = table.c.id == bindparam("case")
        self._insert = table.insert()
        self._select = select(table.c.state).where(mine)
        self._update = table.update().where(mine).values(state=bindparam("new_state"))

    def add(self, state: str | bytes) -> None:
        with self._engine.begin() as connection:
            self._id = connection.execute(self._insert, {"state": state}).inserted_primary_key[0]

    def read(self, connection: Connection) -> Any:
        return connection.execute(self._select, {"case": self._id}).scalar_one()

    def write(self, connection: Connection, state: str | bytes) -> None:
        connection.execute(self._update, {"case": self._id, "new_state": state})

    def size(self) -> int:
        with self._engine.connect() as connection:
            state = self.read(connection)
        return len(state.encode() if isinstance(state, str) else state)


Choose = Callable[[str], dict[str, Any]]  # element -> what its form says about the way on


class Persistence(Protocol):
    """One way to keep a case."""

    def start(self) -> None: ...
    def complete(self, choose: Choose) -> bool:
        """Complete the first open task. False when the case has ended."""
        ...

    def size(self) -> int: ...


def database(folder: Path) -> Engine:
    engine = create_engine(f"sqlite:///{folder / uuid4().hex}.db")
    _metadata.create_all(engine)
    return engine


class Naive:
    """`serialize_json` of the whole workflow, specs included, in one row; the form's values in the task data."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._row = _Row(engine, _cases)
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))
        parser = SpiffBpmnParser()
        parser.add_bpmn_str(PLAIN)
        self._specs = parser.get_spec("plain"), parser.get_subprocess_specs("plain")

    def start(self) -> None:
        workflow = BpmnWorkflow(*self._specs)
        workflow.do_engine_steps()
        self._row.add(self._serializer.serialize_json(workflow))

    def complete(self, choose: Choose) -> bool:
        with self._engine.begin() as connection:
            workflow = self._serializer.deserialize_json(self._row.read(connection))
            task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
            task.data.update(form=dict(FORM), **choose(task.task_spec.bpmn_id))
            task.run()
            workflow.do_engine_steps()
            self._row.write(connection, self._serializer.serialize_json(workflow))
        return not workflow.is_completed()

    def size(self) -> int:
        return self._row.size()


class Ours:
    """The engine's compact, pruned state in one row, and the form in a row of its own."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._row = _Row(engine, _instances)
        self._add_form = _forms.insert().inline()
        self._definition = parse("plain", {"plain.bpmn": PLAIN})
        self._host = TestHost()

    def start(self) -> None:
        self._row.add(Execution.start(self._definition, {}, self._host).state)

    def complete(self, choose: Choose) -> bool:
        with self._engine.begin() as connection:
            execution = Execution.load(self._definition, self._row.read(connection), self._host)
            task = execution.open_tasks()[0]
            values = {**FORM, **choose(task.element.id)}
            execution.complete(task.id, values)
            self._row.write(connection, execution.state)
            connection.execute(self._add_form, {"values": values})
        return not execution.ended

    def size(self) -> int:
        return self._row.size()
