"""What leads to a secret is one: an answer that decides whether something is reported is read by the holders of clues
alone (XT-20, YL-20, TZ-30), wherever forms are shown.
"""

import pytest

from engine.diagram import Flow, Node, Process
from engine.expressions import compile_expression
from engine.forms import Field, Form
from engine.reading import read_processes
from tests.bpmn.flows import FLOWS, definition

EACH = pytest.mark.parametrize("key", sorted(FLOWS))


def processes(key: str) -> list[Process]:
    drawn = {name: content for name, content in FLOWS[key].items() if name.endswith(".bpmn")}
    return [each for each in read_processes(drawn).values() if each.id in definition(key).diagrams]


def form_of(key: str, node: Node) -> Form | None:
    return definition(key).forms.get(node.element.properties.get("form", ""))


def open_answers(key: str) -> dict[str, list[Field]]:
    """By key, what people answer at elements that everybody may know of."""
    found: dict[str, list[Field]] = {}
    for node in (node for process in processes(key) for node in process.nodes.values()):
        form = form_of(key, node)
        for field in form.inputs if form and node.id not in definition(key).secrets else []:
            if not field.readonly:
                found.setdefault(field.key, []).append(field)
    return found


def ways_in(key: str) -> list[Flow]:
    """The conditions under which something that everybody may know of leads to a secret."""
    secrets = definition(key).secrets
    flows = [flow for process in processes(key) for flow in process.flows]
    return [flow for flow in flows if flow.condition and flow.target in secrets and flow.source not in secrets]


@EACH
def test_an_answer_that_decides_on_a_secret_way_is_confidential(key):
    answers = open_answers(key)
    for flow in ways_in(key):
        asked = [answers[name] for name in compile_expression(flow.condition).names if name in answers]
        assert not asked or any(all(each.confidential for each in fields) for fields in asked), flow.id


@EACH
def test_what_is_asked_only_where_a_confidential_answer_says_so_is_confidential(key):
    for form in definition(key).forms.values():
        kept = {field.key for field in form.inputs if field.confidential}
        for field in form.inputs:
            if field.hidden_when and field.hidden_when.names & kept:
                assert field.confidential, f"{form.key} {field.key}"


@EACH
def test_what_is_written_on_a_button_that_leads_to_secrets_alone_is_confidential(key):
    secrets = definition(key).secrets
    for process in processes(key):
        for node in (each for each in process.nodes.values() if each.element.attached_to and each.id not in secrets):
            out, form = process.outgoing(node.id), form_of(key, node)
            if form and out and all(flow.target in secrets for flow in out):
                assert all(field.confidential for field in form.inputs), node.id


def test_the_flows_that_report_something_ask_about_it():
    """So that the rules above are about something. 萧县's button 批示追责 is a secret as a whole (test_clues.py)."""
    kept = {key for key in FLOWS if any(each.confidential for fields in open_answers(key).values() for each in fields)}
    assert {"yl_whistle", "tz_quarterly"} <= kept
