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


def frames_of(story: Story, definition: Definition, shown: Collection[str], *, all_known: bool) -> list[Frame]:
    """Oldest first. `story`: what the reader may know of; `shown`: the elements on their drawings. A call activity
    waits while something shown waits inside of it. For who may not know `all` that is all there is of it: it looks
    passed as soon as nothing more waits there that they may know of (XT-20).
    """
    calls = _Calls(definition, shown)
    return [calls.around(row, frame, all_known=all_known) for row, frame in _frames(story)]


class _Calls:
    """Inside of which call activities the case waits, row by row."""

    def __init__(self, definition: Definition, shown: Collection[str]):
        self._definition, self._shown = definition, shown
        self._came: dict[str, list[str]] = {}  # process: the calls of it that the case has come to last
        self._waiting: dict[str, list[set[str]]] = {}  # element: the calls around each task that waits there

    def around(self, row: HistoryEvent, frame: Frame, *, all_known: bool) -> Frame:
        """The frame with the call activities in it."""
        before = self._active()
        self._come({id_ for id_, _ in row.path})
        for id_ in frame.ended:
            if waits := self._waiting.get(id_):
                waits.pop(0)
        for id_ in frame.waits:
            if id_ in self._shown:
                self._waiting.setdefault(id_, []).append(self._around(id_))
        entered, left = sorted(self._active() - before), sorted(before - self._active())
        passed, back = frame.passed, frame.back
        if not all_known:
            passed, back = [*self._bare(passed), *left], self._bare(back)
        return replace(
            frame,
            passed=passed,
            back=back,
            waits=[*frame.waits, *entered],
            ended=[*(id_ for id_ in frame.ended if id_ not in self._definition.calls), *left],
        )

    def _active(self) -> set[str]:
        return {call for waits in self._waiting.values() for calls in waits for call in calls}

    def _come(self, passed: set[str]) -> None:
        calls = self._definition.calls.items()
        for process in {call.process for _, call in calls}:
            mine = {id_: call for id_, call in calls if call.process == process}
            came = [id_ for id_, call in mine.items() if call.after & passed]
            self._came[process] = came or self._came.get(process) or list(mine)

    def _around(self, id_: str) -> set[str]:
        """A drawing may call itself."""
        found: set[str] = set()
        inner = [id_]
        while inner:
            calls = {*self._came.get(self._definition.elements[inner.pop()].process, ())} - found
            found |= calls
            inner += calls
        return found

    def _bare(self, ids: Iterable[str]) -> list[str]:
        """Without what has an inside."""
        elements = self._definition.elements  # the history may tell of an older version
        return [id_ for id_ in ids if id_ in elements and elements[id_].kind not in CONTAINERS]


def _frames(story: Story) -> Iterator[tuple[HistoryEvent, Frame]]:
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
        yield row, frame


def _undone(made: Sequence[tuple[HistoryEvent, Frame]], recall: HistoryEvent) -> tuple[HistoryEvent, Frame] | None:
    """The step that was taken back: the last that was completed at this element."""
    steps = (each for each in reversed(made) if each[0].kind == "completed" and each[0].element == recall.element)
    return next(steps, None)


def _about(row: HistoryEvent, kind: str) -> list[str]:
    return [about for what, _, about in row.notes if what == kind and about]
