"""Real cases played again where nothing is lost by it: inside the process that commands/trials.py starts.

A request is {"around", "files", "values", "cases"}: a Surroundings; by name the files of a version in base64; by name
values of parameters; and of each case {"case", "flow", "channel", "until", "acts", "untold", "real", "then",
"what_if"}: `untold` the kinds of what else was done, `real` its Outcome, the last two names of [files, values].
What is answered are the lines of Answer, in the order of the cases.
"""

import base64
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from errors import AppError, InvalidDiagram
from models import session, virtual_clock
from reference import definitions
from reference.flow_files import own
from scenarios.databases import OpenDatabase, SQLiteTemplate
from scenarios.names import plain
from scenarios.runner import BEGIN
from scenarios.surroundings import Surroundings, settle, settle_values
from scenarios.trial import write_files
from scenarios.whatif.outcomes import Outcome, difference, outcome_of
from scenarios.whatif.replaying import LeftOut, in_short, read_act, replay
from scenarios.world import World

#: First {"ready": True}, or {"problem"} alone when the files to be asked about cannot be deployed. Then of each case
#: {"case", "why"}, where playing it as it was does not come to what really happened, or {"case", "after", "left"}.
Answer = dict[str, Any]


class NotReplayed(AppError):
    """不能重演。"""


def answers(request: Mapping[str, Any], open_database: OpenDatabase) -> Iterator[Answer]:
    with TemporaryDirectory() as place:
        counties = _Counties(request, open_database, Path(place).resolve())
        try:
            for files in {case["what_if"][0] for case in request["cases"]}:
                counties.with_files(files)
        except (AppError, InvalidDiagram) as error:
            yield {"problem": str(error)}
            return
        yield {"ready": True}
        for case in request["cases"]:
            yield {"case": case["case"], **_answer(case, counties)}


class _Counties:
    """One a version of the files, deployed when it is first asked for."""

    def __init__(self, request: Mapping[str, Any], open_database: OpenDatabase, place: Path):
        self._request, self._open, self._place = request, open_database, place
        self._made: dict[str, SQLiteTemplate] = {}

    def with_files(self, name: str) -> SQLiteTemplate:
        """Raises AppError, InvalidDiagram for files that cannot be deployed here."""
        if name not in self._made:
            files = {each: base64.b64decode(content) for each, content in self._request["files"][name].items()}
            folder = self._place / f"v{len(self._made)}"
            write_files(own(files), folder)
            around = Surroundings(**self._request["around"])
            self._made[name] = SQLiteTemplate(self._open, folder, lambda: settle(around))
        return self._made[name]

    def values(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._request["values"][name]
        return found


def _answer(case: Mapping[str, Any], counties: _Counties) -> Answer:
    real = Outcome.read(case["real"])
    try:
        if why := _as_it_was(case, counties, real):
            return {"why": f"办理中有{'、'.join(case['untold'])}，重演不了：{why}" if case["untold"] else why}
    except Exception as error:
        return {"why": in_short(error)}
    try:
        after, left, _ = _played(case, case["what_if"], counties)
    except Exception as error:
        return {"why": f"照新的办法推演不下去：{in_short(error)}"}
    return {"after": after.told(), "left": [vars(each) for each in left]}


def _as_it_was(case: Mapping[str, Any], counties: _Counties, real: Outcome) -> str:
    """ "" when playing the case as it was comes to what really happened."""
    control, left, names = _played(case, case["then"], counties)
    if left:
        return f"{left[0].at[:16].replace('T', ' ')} “{names.get(left[0].element, left[0].name)}”：{left[0].why}"
    return difference(real, control, names)


def _played(
    case: Mapping[str, Any], against: tuple[str, str], counties: _Counties
) -> tuple[Outcome, list[LeftOut], Mapping[str, str]]:
    """What came of it, what was left out, what elements are called. Raises NotReplayed where it does not even begin."""
    (files, values), until = against, datetime.fromisoformat(case["until"])
    with counties.with_files(files).fresh(), virtual_clock(BEGIN) as clock:
        settle_values(counties.values(values))
        world = World(clock, BEGIN)
        left = replay([read_act(each) for each in case["acts"]], case["flow"], case["channel"], until, world)
        if world.instance_id is None:
            raise NotReplayed(left[0].why)
        session.rollback()
        elements = definitions.definition(world.instance().definition_id).elements
        return (
            outcome_of(world.instance(), until),
            left,
            {key: plain(each.name) or key for key, each in elements.items()},
        )
