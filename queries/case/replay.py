"""The way a case has taken over one of its drawings, step by step (步进播放), read from its history."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine import Definition
from models import HistoryEvent
from queries.case.history import Story

#: What has an inside. Whether it has ended tells whether something goes on in there that a reader may not know of.
CONTAINERS = ("callActivity", "subProcess")


@dataclass(frozen=True)
class Frame:
    """One row of the history on one drawing: elements passed by it, passed no more (撤回), that wait since, that wait
    no more.
    """

    at: str
    what: str
    who: str
    passed: list[str]
    back: list[str]
    waits: list[str]
    ended: list[str]

    def on(self, shown: Collection[str]) -> "Frame":
        """What of it is to be seen there."""
        parts = {name: [id_ for id_ in getattr(self, name) if id_ in shown] for name in PARTS}
        return replace(self, **parts)  # type: ignore[arg-type]

    @property
    def says_something(self) -> bool:
        return any(getattr(self, name) for name in PARTS)


PARTS = ("passed", "back", "waits", "ended")


def frames_on(frames: Iterable[Frame], shown: Collection[str]) -> list[Frame]:
    """Those that something happens in on a drawing with these elements."""
    return [frame for frame in (each.on(shown) for each in frames) if frame.says_something]


def frames_of(story: Story) -> list[Frame]:
    """Oldest first. `story`: what the reader may know of."""
    return list(_frames(story))


def replayable(shown: Collection[str], definition: Definition, *, all_known: bool) -> frozenset[str]:
    """The elements of a drawing that are played: for who may not know `all` of a flow with secrets, none that has an
    inside (XT-20).
    """
    if all_known or not definition.secrets:
        return frozenset(shown)
    inside = {each.id for each in definition.elements.values() if each.kind in CONTAINERS}
    return frozenset(shown) - inside


def _frames(story: Story) -> Iterator[Frame]:
    made: list[tuple[HistoryEvent, Frame]] = []
    for row, told in story:
        frame = Frame(
            at=f"{told.at:%Y-%m-%d %H:%M}",
            what=told.what,
            who=told.who,
            passed=[id_ for id_, outcome in row.path if outcome == "completed"],
            back=[],
            waits=_about(row, "opened"),
            ended=[*(id_ for id_, _ in row.path), *_about(row, "withdrawn")],
        )
        if row.kind == "recalled" and (undone := _undone(made, row)):
            step, was = undone
            again = [id_ for id_ in (step.element, *_about(step, "withdrawn")) if id_]
            frame = replace(frame, back=was.passed, waits=[*frame.waits, *again], ended=[*frame.ended, *was.waits])
        made.append((row, frame))
        yield frame


def _undone(made: Sequence[tuple[HistoryEvent, Frame]], recall: HistoryEvent) -> tuple[HistoryEvent, Frame] | None:
    """The step that was taken back: the last that was completed at this element."""
    steps = (each for each in reversed(made) if each[0].kind == "completed" and each[0].element == recall.element)
    return next(steps, None)


def _about(row: HistoryEvent, kind: str) -> list[str]:
    return [about for what, _, about in row.notes if what == kind and about]
