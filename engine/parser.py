"""SpiffWorkflow's parser, with our decision task and without its deep recursion."""

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.process import SpiffProcessParser
from SpiffWorkflow.spiff.parser.task_spec import BusinessRuleTaskParser

from engine.diagram import Process
from engine.specs.tasks import DecisionTask
from engine.specs.wiring import wire


class _DecisionParser(BusinessRuleTaskParser):
    def create_task(self) -> DecisionTask:
        decision = self.get_decision_ref(self.node)
        return DecisionTask(self.spec, self.bpmn_id, decision=(decision or "").strip(), **self.bpmn_attributes)


class _ProcessParser(SpiffProcessParser):
    """Reads a process from its ends: each node finds the nodes after it already read, however long the chain."""

    def add_tasks(self) -> None:
        for node in reversed(self._from_the_starts()):
            self.parse_node(node)
        super().add_tasks()

    def _from_the_starts(self) -> list[Any]:
        """The nodes that tokens can reach, nearest first."""
        waiting = self.xpath("./bpmn:startEvent")
        found: dict[str, Any] = {}
        while waiting:
            node = waiting.pop(0)
            if node.get("id") not in found:
                found[node.get("id")] = node
                waiting += [self.get_node_by_id(flow.get("targetRef")) for flow in self._leaving(node)]
        return [node for node in found.values() if not node.tag.endswith("boundaryEvent")]

    def _leaving(self, node: Any) -> list[Any]:
        """Its own flows and those of its boundary events."""
        sources = [node, *self.get_boundary_events(node.get("id"))]
        flows = [flow for source in sources for flow in self.get_outgoing_sequence_flows(source.get("id"))]
        return [flow for flow in flows if self.get_node_by_id(flow.get("targetRef")) is not None]


class _Parser(SpiffBpmnParser):
    PROCESS_PARSER_CLASS = _ProcessParser
    OVERRIDE_PARSER_CLASSES = {
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("businessRuleTask"): (_DecisionParser, DecisionTask),
    }


def parse_specs(key: str, processes: list[Process]) -> tuple[BpmnProcessSpec, dict[str, BpmnProcessSpec]]:
    """The wired spec of the main process, and of all that it calls or contains."""
    parser = _Parser()
    roots: dict[int, tuple[str, etree._Element]] = {}
    for process in processes:
        root = process.xml.getroottree().getroot()
        roots[id(root)] = (process.filename, root)
    for filename, root in roots.values():
        parser.add_bpmn_xml(root, filename=filename)
    called = parser.get_subprocess_specs(key)
    return wire(parser.get_spec(key)), {name: wire(spec) for name, spec in called.items()}
