"""Whether every case that begins can end: the control flow as a whole (engine/soundness/)."""

from collections.abc import Iterator

from engine.check.flow import CheckedFlow
from engine.soundness import faults
from errors import Problem


def tokens(flow: CheckedFlow) -> Iterator[Problem]:
    """No token waits for ever, runs for ever, is one too many, or never comes."""
    for fault in faults(flow.processes):
        yield Problem(fault.element, fault.message, fault.warning, has_way=bool(fault.frames))
