"""Whether every case that begins can end: the control flow of a diagram, each choice taken for possible.

docs/decisions/soundness.md says what counts as a fault and why.
"""

from engine.soundness.fault import Fault
from engine.soundness.faults import faults
from engine.soundness.traces import Frame

__all__ = ["Fault", "Frame", "faults"]
