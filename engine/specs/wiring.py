"""From what SpiffWorkflow's parser made to what we run: one way, for a case that starts and a case that is loaded.

A parsed spec lacks wiring that a restored one has, and the other way round. So every spec is converted and restored
once, and on that way each class is exchanged for ours.
"""

from typing import Any

from SpiffWorkflow.bpmn.serializer.helpers.registry import DefaultRegistry
from SpiffWorkflow.bpmn.specs import defaults as bpmn
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, StartEventSplit, _EndJoin
from SpiffWorkflow.bpmn.specs.event_definitions import MultipleEventDefinition, NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.serializer.task_spec import SpiffBpmnTaskConverter
from SpiffWorkflow.spiff.specs import defaults as spiff
from SpiffWorkflow.spiff.specs import event_definitions as definitions

from engine.specs import events, joins, multi_instance, tasks
from engine.specs.timer import Timer

OURS: dict[type, type] = {
    spiff.UserTask: tasks.UserTask,
    spiff.ManualTask: tasks.ManualTask,
    spiff.NoneTask: tasks.NoneTask,
    spiff.ScriptTask: tasks.ScriptTask,
    spiff.ServiceTask: tasks.ServiceTask,
    spiff.SubWorkflowTask: tasks.SubWorkflowTask,
    spiff.CallActivity: tasks.CallActivity,
    spiff.ReceiveTask: events.ReceiveTask,
    spiff.ParallelMultiInstanceTask: multi_instance.ParallelMultiInstanceTask,
    spiff.SequentialMultiInstanceTask: multi_instance.SequentialMultiInstanceTask,
    bpmn.StartEvent: events.StartEvent,
    bpmn.EndEvent: events.EndEvent,
    bpmn.IntermediateCatchEvent: events.IntermediateCatchEvent,
    bpmn.IntermediateThrowEvent: events.IntermediateThrowEvent,
    bpmn.BoundaryEvent: events.BoundaryEvent,
    bpmn.EventBasedGateway: events.EventBasedGateway,
    bpmn.ExclusiveGateway: joins.ExclusiveGateway,
    bpmn.InclusiveGateway: joins.InclusiveGateway,
    bpmn.ParallelGateway: joins.ParallelGateway,
    BoundaryEventJoin: events.BoundaryEventJoin,
    StartEventSplit: events.OneStart,
    _EndJoin: joins.EndJoin,
    MultipleEventDefinition: events.FirstOf,
    definitions.MessageEventDefinition: events.Message,
    definitions.ErrorEventDefinition: events.ErrorEventDefinition,
    definitions.EscalationEventDefinition: events.EscalationEventDefinition,
}


class DecisionTaskConverter(SpiffBpmnTaskConverter):
    def to_dict(self, spec: tasks.DecisionTask) -> dict[str, Any]:
        return super().to_dict(spec) | {"decision": spec.decision}


def registry() -> DefaultRegistry:
    """A registry that reads SpiffWorkflow's classes and writes ours."""
    made = DefaultRegistry()
    for stock, converter in {**SPIFF_CONFIG, tasks.DecisionTask: DecisionTaskConverter}.items():
        converter(stock, made).target_class = OURS.get(stock, stock)
    return made


def wire(spec: BpmnProcessSpec) -> BpmnProcessSpec:
    """The spec as it will run, safe to be shared by every case of this version."""
    converters = registry()
    wired = converters.restore(converters.convert(spec))
    for task_spec in wired.task_specs.values():
        if hasattr(task_spec, "event_definition"):
            task_spec.event_definition = _event(task_spec)
    return wired


def _event(task_spec: Any) -> Any:
    event = task_spec.event_definition
    if isinstance(task_spec, events.StartEvent):
        return NoneEventDefinition()
    if isinstance(event, TimerEventDefinition):
        return Timer(task_spec.bpmn_id, event.expression)
    if isinstance(event, events.FirstOf):
        event.event_definitions = [
            Timer(after.bpmn_id, one.expression) if isinstance(one, TimerEventDefinition) else one
            for after, one in zip(task_spec.outputs, event.event_definitions, strict=True)
        ]
    return event
