"""A case of the small flow as a handler meets it."""

import pytest

from handlers import CaseContext
from models import SYSTEM
from models.clock import VirtualClock
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from tests.small_flow import FILES


@pytest.fixture
def case(county: None, clock: VirtualClock) -> CaseContext:
    """Its signing deadline runs from Thursday 2026-03-12 to Monday 2026-03-16."""
    deploy("small", FILES)
    context = start_process("small", {}, by=SYSTEM).host.context
    context.notes.clear()
    return context
