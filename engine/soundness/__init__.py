"""Whether every case that begins can end: the control flow of a diagram, each choice taken for possible.

    faults(processes)            what is wrong, for the check
    counter_examples(key, files) the same with the way a case comes there, for whoever looks at the drawing

docs/decisions/soundness.md says what counts as a fault and why.
"""

from collections.abc import Mapping

from engine.diagram import reachable
from engine.reading import read_processes
from engine.soundness.fault import Fault
from engine.soundness.faults import faults
from engine.soundness.traces import Frame

__all__ = ["Fault", "Frame", "counter_examples", "faults"]


def counter_examples(key: str, files: Mapping[str, bytes]) -> list[Fault]:
    """The faults of a flow that has no others. Raises InvalidDiagram."""
    return faults(reachable(key, read_processes(files)))
