"""Every table, and the session. Import from here."""

from models.address import MALFORMED, is_malformed
from models.alone import alone
from models.asking import PublicAct, WrongQuery
from models.attachment import Attachment
from models.audit import AuditEvent
from models.caller_look import CallerLook
from models.case import Case, CaseNumber, CaseUnit, Clue, Document, RecalledForm, Submission, TemplateEdition
from models.case_text import CaseText, StaleText
from models.clock import ClockShift, clock_of, moment_of, now, now_and, virtual_clock
from models.db import Base, db, session, transactional
from models.deadline import Deadline
from models.dispatch_model import DispatchModel
from models.dispute import DeadlineDispute
from models.draft import Draft
from models.files import drop_file, keep_files_in, put_file, read_file
from models.history import HistoryEvent, broken_links, broken_links_of, previous_seal
from models.identity import SYSTEM, HeldPost, Identity
from models.job import Job
from models.knowledge import KnowledgeEntry, KnowledgeVersion, Phrase
from models.link import CaseLink
from models.meeting import AgendaItem, Meeting, MeetingSeat, SignIn
from models.migration import CaseMigration
from models.notifying import AddressCode, PersonNotify, PostNotify
from models.organisation import (
    UNIT_KINDS,
    USUAL_KIND,
    OrganisationChange,
    Post,
    PostChange,
    PostHolder,
    Substitution,
    Unit,
    User,
    beneath,
    post_key,
    unit_of,
)
from models.outbox import Notice, OutboxMessage
from models.process import DefinitionFile, ProcessDefinition, ProcessInstance, StartTimer
from models.recheck import Recheck, RecheckDraw
from models.reference import CalendarEdition, HandledRequest, Parameter, ParameterValue
from models.saved_view import SavedView
from models.secret import keyed, mark_of_phone, seal_with
from models.sign import HeldForm, TaskSign
from models.studio import (
    FlowDraft,
    FlowDraftEvent,
    FlowDraftFile,
    FlowDraftValue,
    FlowPublication,
    ScenarioMend,
    TrialOutcome,
)
from models.task import Task
from models.waiting import Incident, Timer
from models.whatif import WhatIfCase
from models.writes import Writes

__all__ = [
    "MALFORMED",
    "SYSTEM",
    "UNIT_KINDS",
    "USUAL_KIND",
    "AddressCode",
    "AgendaItem",
    "Attachment",
    "AuditEvent",
    "Base",
    "CalendarEdition",
    "CallerLook",
    "Case",
    "CaseLink",
    "CaseMigration",
    "CaseNumber",
    "CaseText",
    "CaseUnit",
    "ClockShift",
    "Clue",
    "Deadline",
    "DeadlineDispute",
    "DefinitionFile",
    "DispatchModel",
    "Document",
    "Draft",
    "FlowDraft",
    "FlowDraftEvent",
    "FlowDraftFile",
    "FlowDraftValue",
    "FlowPublication",
    "HandledRequest",
    "HeldForm",
    "HeldPost",
    "HistoryEvent",
    "Identity",
    "Incident",
    "Job",
    "KnowledgeEntry",
    "KnowledgeVersion",
    "Meeting",
    "MeetingSeat",
    "Notice",
    "OrganisationChange",
    "OutboxMessage",
    "Parameter",
    "ParameterValue",
    "PersonNotify",
    "Phrase",
    "Post",
    "PostChange",
    "PostHolder",
    "PostNotify",
    "ProcessDefinition",
    "ProcessInstance",
    "PublicAct",
    "RecalledForm",
    "Recheck",
    "RecheckDraw",
    "SavedView",
    "ScenarioMend",
    "SignIn",
    "StaleText",
    "StartTimer",
    "Submission",
    "Substitution",
    "Task",
    "TaskSign",
    "TemplateEdition",
    "Timer",
    "TrialOutcome",
    "Unit",
    "User",
    "WhatIfCase",
    "Writes",
    "WrongQuery",
    "alone",
    "beneath",
    "broken_links",
    "broken_links_of",
    "clock_of",
    "db",
    "drop_file",
    "is_malformed",
    "keep_files_in",
    "keyed",
    "mark_of_phone",
    "moment_of",
    "now",
    "now_and",
    "post_key",
    "previous_seal",
    "put_file",
    "read_file",
    "seal_with",
    "session",
    "transactional",
    "unit_of",
    "virtual_clock",
]
