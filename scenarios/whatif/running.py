"""The ticker's share of a what-if: real cases are recorded, sent to a process of their own, and what came of each there
is kept one by one.
"""

import base64
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from engine import Definition
from errors import AppError, InvalidDiagram
from models import FlowDraft, Job, ProcessInstance, WhatIfCase, session
from operations.studio.whatif import flow_of, keep_case, next_cases
from reference import definitions, parameters
from reference.flow_drafts import draft_files
from scenarios.child import Child
from scenarios.recording import record
from scenarios.surroundings import surroundings_here
from scenarios.trying import AT_A_TIME, LONGEST, Unplayable
from scenarios.whatif.knowing import Known
from scenarios.whatif.outcomes import outcome_of
from scenarios.whatif.replaying import written

AT_ONCE = 200  # cases that one process is asked about
WHAT_IF = "what_if"


class DraftMovedOn(AppError):
    """推演途中草稿又改了，请重新推演。"""


def play_cases(job: Job, command: Sequence[str], longest: float = LONGEST) -> bool:
    """The next cases of a what-if, for about a minute (a piece of the job). Returns whether they were the last.

    `command` starts the process, see scenarios/whatif/trial.py. `longest`: seconds it may take for one.
    Raises DraftMovedOn, TrialBroken, Unplayable.
    """
    rows, started, job_id = next_cases(job, AT_ONCE), time.monotonic(), job.id
    if not rows:
        return True
    asking, kept = _Asking(job), 0
    cases = [asking.case(row) for row in rows]
    request, ids, known = asking.request(cases), [row.id for row in rows], asdict(asking.known())
    session.rollback()  # nothing is kept waiting while they are played
    with Child(command, longest) as child:
        answers = child.ask(request)
        if "problem" in (first := next(answers)):
            raise Unplayable(f"这样改还不能推演：{first['problem']}")
        for instance_id, case in zip(ids, cases, strict=True):
            child.about = "一件事项"
            if not keep_case(job_id, instance_id, _row(job_id, case, next(answers)), known):
                return False
            kept += 1
            if time.monotonic() - started > AT_A_TIME:
                break
    return kept == len(ids) < AT_ONCE


def _row(job_id: int, case: Mapping[str, Any], answer: Mapping[str, Any]) -> WhatIfCase:
    return WhatIfCase(
        job_id=job_id,
        case_id=case["case"],
        why=answer.get("why", ""),
        before=case["real"],
        after=answer.get("after", {}),
        left=answer.get("left", []),
    )


class _Asking:
    """Puts a request together: versions and parameters that several cases share are in it once."""

    def __init__(self, job: Job):
        self._flow, self._moment = flow_of(job), datetime.fromisoformat(job.asked["at"])
        self._changed: Mapping[str, Any] = job.asked["values"]
        self._draft = session.get(FlowDraft, job.asked["draft"], populate_existing=True) if job.asked["draft"] else None
        if self._draft and self._draft.revision != job.asked["revision"]:
            raise DraftMovedOn
        self._around = surroundings_here()
        self._files: dict[str, dict[str, bytes]] = {}
        self._values: dict[str, dict[str, Any]] = {}
        self._before, self._versions = Known.read(job.result), set[int]()
        if self._draft:
            self._files[WHAT_IF] = draft_files(self._draft)
            self._changed = {**{row.key: row.value for row in self._draft.values}, **self._changed}

    def known(self) -> Known:
        """Of what has been asked about so far. Raises Unplayable."""
        published = [definitions.definition(each) for each in sorted(self._versions)]
        return self._before.with_([*published, *self._drafted()])

    def _drafted(self) -> list[Definition]:
        try:
            return [definitions.parsed(self._flow, self._files[WHAT_IF])] if self._draft else []
        except InvalidDiagram as error:
            raise Unplayable(f"这样改还不能推演：{error}") from error

    def case(self, instance: ProcessInstance) -> dict[str, Any]:
        recording = record(instance)
        self._versions |= {instance.definition_id}  # it may have been migrated
        files, values = self._version(recording.definition_id), self._then(recording.parameter_revision)
        until = recording.until if instance.ended_at else self._moment
        return {
            "case": instance.case_id,
            "flow": self._flow,
            "channel": instance.case.channel,
            "until": until.isoformat(),
            "acts": [written(act) for act in recording.acts],
            "untold": list(recording.kinds_untold),
            "real": outcome_of(instance, until).told(),
            "then": [files, values],
            WHAT_IF: [WHAT_IF if self._draft else files, f"{values}+"],
        }

    def request(self, cases: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "around": asdict(self._around),
            "files": {
                name: {each: base64.b64encode(content).decode() for each, content in files.items()}
                for name, files in self._files.items()
            },
            "values": self._values,
            "cases": cases,
        }

    def _version(self, definition_id: int) -> str:
        name = f"v{definition_id}"
        self._versions.add(definition_id)
        if name not in self._files:
            self._files[name] = definitions.all_files(definition_id)
        return name

    def _then(self, revision: int) -> str:
        """As they stood when the case began; with + behind it, but for what is changed. What others changed since
        is not to be laid to a draft's charge (C-11).
        """
        name = f"p{revision}"
        if name not in self._values:
            then = {key: value for key, value in parameters.values_at(revision).items() if key in self._around.values}
            self._values[name], self._values[f"{name}+"] = then, {**then, **self._changed}
        return name
