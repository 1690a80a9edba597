"""Runs BPMN in memory.

The only package that imports SpiffWorkflow. It knows no database and no HTTP, so everything BPMN promises can be
tested here, fast.
"""

import logging

from engine.check import check
from engine.check.flow import Surroundings
from engine.check.people import lacking_posts
from engine.definition import Definition, parse
from engine.displacing import Displacing
from engine.elements import DeadlineRule, Element
from engine.execution import Execution
from engine.host import Host
from engine.migration import Fitting, Judge, Klass, Running, Standing, Verdict, carry, standing, waits_at
from engine.move import Step
from engine.pending import Failure, OpenTask, PendingMessage, PendingTimer
from engine.sandbox import check_isolated, counter_examples_isolated
from engine.sending_back import SEND_BACK, SendingBack
from engine.soundness import Fault, Frame
from engine.startable import flows_around, startable_processes, switched_off
from engine.successor import differences
from engine.variables import Variable, settable

for _name in ("spiff.task", "spiff.workflow", "spiff.data"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # below, each change of state collects the whole case to log it

__all__ = [
    "SEND_BACK",
    "DeadlineRule",
    "Definition",
    "Displacing",
    "Element",
    "Execution",
    "Failure",
    "Fault",
    "Fitting",
    "Frame",
    "Host",
    "Judge",
    "Klass",
    "OpenTask",
    "PendingMessage",
    "PendingTimer",
    "Running",
    "SendingBack",
    "Standing",
    "Step",
    "Surroundings",
    "Variable",
    "Verdict",
    "carry",
    "check",
    "check_isolated",
    "counter_examples_isolated",
    "differences",
    "flows_around",
    "lacking_posts",
    "parse",
    "settable",
    "standing",
    "startable_processes",
    "switched_off",
    "waits_at",
]
