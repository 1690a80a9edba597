"""A fault of the control flow, as a designer reads it and sees it replayed."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.soundness.net import Net
from engine.soundness.traces import Frame


@dataclass(frozen=True)
class Fault:
    """A sentence about an element, and how a case comes there: `frames` on the drawing of `process`."""

    element: str
    message: str
    process: str
    frames: tuple[Frame, ...] = ()  # none where no case comes
    warning: bool = False


def fault(net: Net, name: str, words: str, frames: Sequence[Frame] = ()) -> Fault:
    """Of an element of this scope, which the designer finds by name or id."""
    return Fault(name, f"{net.nodes[name].element}{words}。", net.process.id, tuple(frames))
