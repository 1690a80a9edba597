"""What whoever approves a draft is told of its scenarios: that they pass says nothing of those that are gone, or that
say less than they did.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models import FlowDraft, Job
from models.job import DONE
from operations.studio.trials import trial_of_version
from reference.flow_drafts import base_files, draft_files
from scenarios.bench import outcomes_now
from scenarios.coverage import left
from scenarios.features import COMMON_FILE, parse_text, scenarios_of
from scenarios.mistakes import UnreadableFeature
from scenarios.walking import Walked
from scenarios.ways import Spot, drawn_now, spots_of

Told = Mapping[str, list[tuple[str, ...]]]  # by name of a scenario, its steps; of an outline those of each example


@dataclass(frozen=True)
class Coverage:
    """How many of the `total` spots that there are to be walked some scenario has."""

    walked: int
    total: int


@dataclass(frozen=True)
class Weighed:
    """Names of scenarios, against the version in force. `background`: whether what all begin with has changed.

    `before` is None until the scenarios of that version have been played (`trial` is on it, or was not asked for);
    `lost`: what they walked, is still drawn, and no scenario walks now.
    """

    removed: list[str]
    changed: list[str]
    added: list[str]
    background: bool
    before: Coverage | None
    after: Coverage | None
    lost: list[str]
    trial: Job | None


def weighed(draft: FlowDraft) -> Weighed:
    before, after = base_files(draft), draft_files(draft)
    old, new = _told(before, unlike=after), _told(after, unlike=before)
    trial, drawn = trial_of_version(draft.base_id), drawn_now(draft)
    was = [_sets(trial.result.get("walked", {}))] if trial and trial.state == DONE else None
    now = [_sets(row.walked) for row in outcomes_now(draft)]
    return Weighed(
        removed=[name for name in old if name not in new],
        changed=[name for name in old if name in new and old[name] != new[name]],
        added=[name for name in new if name not in old],
        background=before.get(COMMON_FILE) != after.get(COMMON_FILE),
        before=_coverage(was, trial.progress) if trial and was else None,
        after=_coverage(now, drawn) if drawn else None,
        lost=_lost(was, now, drawn) if drawn and was else [],
        trial=trial,
    )


def _told(files: Mapping[str, bytes], unlike: Mapping[str, bytes]) -> Told:
    """Of the files that are not the same there. What cannot be read says nothing."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for file in sorted(name for name in files if name.endswith(".feature") and files[name] != unlike.get(name)):
        with suppress(UnicodeDecodeError, UnreadableFeature):
            for scenario in scenarios_of(parse_text(file, files[file].decode()), Path(file)):
                steps = tuple(f"{step.text} {step.table}" for step in scenario.steps)
                found.setdefault(scenario.name, []).append(steps)
    return found


def _coverage(walked: Iterable[Walked], drawn: Mapping[str, Any]) -> Coverage:
    everything = {spot for each in spots_of(drawn).values() for spot in each}
    return Coverage(len(everything) - len(_unwalked(walked, drawn)), len(everything))


def _lost(was: Iterable[Walked], now: Iterable[Walked], drawn: Mapping[str, Any]) -> list[str]:
    passed = {id_ for each in was for ids in each.values() for id_ in ids}
    return sorted(spot.words for spot in _unwalked(now, drawn) if spot.id in passed)


def _unwalked(walked: Iterable[Walked], drawn: Mapping[str, Any]) -> set[Spot]:
    return {spot for each in left(walked, spots_of(drawn)).values() for spot in each}


def _sets(walked: Mapping[str, Iterable[str]]) -> Walked:
    return {flow: set(ids) for flow, ids in walked.items()}
