"""Merging a repeated call into the case that is answered for it (XX-05)."""

import pytest
from sqlalchemy import select

from errors import StorageBusy
from handlers.hotline import merge
from models import SYSTEM, Document, ProcessInstance, db, session
from operations.gate.instances import start_process
from tests.databases import POSTGRES


@pytest.mark.parametrize("template", ["postgresql"] if POSTGRES else [], indirect=True)
def test_nothing_is_merged_into_a_case_while_somebody_answers_it(case):  # P2
    main = start_process("small", {}, by=SYSTEM).instance
    answered = select(ProcessInstance.id).where(ProcessInstance.id == main.id).with_for_update()
    with db.engine.begin() as answering:
        answering.execute(answered)
        with pytest.raises(StorageBusy):
            merge(case, main.case_id)
    session.rollback()
    merge(case, main.case_id)
    assert session.scalars(select(Document.case_id)).all() == [main.case_id]
