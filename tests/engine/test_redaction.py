"""A drawing without its secrets (XT-20): neither named nor to be guessed from what is drawn."""

from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from engine.reading import read_processes
from engine.redaction import redacted
from tests.engine.diagrams import boundary, diagram, end, service, start, timer, user, xor

BPMN = Path(__file__).parents[2] / "bpmn"
FILES = sorted(BPMN.glob("*/*.bpmn"))
#: 办理 late → 到期 → 督办 → 办结了吗？ yes: 解除, no: 线索 → 问责 → 完.
DRAWN = diagram(
    "p",
    start("begin"),
    user("handle", name="办理", candidates='post("a", "b")'),
    boundary("late", "handle", timer('due("handle")'), interrupting=False, name="到期"),
    service("watch", "notify.post", parameters={"to": '"x"', "text": '"count of clue"'}, clauses="XT-19"),
    xor("settled", name="办结了吗？", default="clue"),
    end("lifted"),
    service("clue", "clue.raise", confidential="yes"),
    user("blame", name="问责", confidential="yes"),
    xor("more"),
    end("blamed"),
    end("dropped"),
    end("done"),
    flows="begin handle done; late watch settled; settled -> lifted: count('blame') > 0; settled clue blame more; "
    "more -> blamed: x; more -> dropped: else",
)


def secrets_of(content):
    nodes = [node for each in read_processes({"a.bpmn": content}).values() for node in each.nodes.values()]
    return {node.id for node in nodes if node.element.properties.get("confidential")}, {node.id for node in nodes}


def left_of(content):
    """Nodes, and flows as pairs, of the redacted file."""
    xml, left = redacted(content, secrets_of(content)[0])
    [process] = read_processes({"a.bpmn": xml}).values()
    assert set(process.nodes) == left
    return left, {(flow.source, flow.target) for flow in process.flows}


def test_what_is_secret_goes_and_so_does_what_only_makes_sense_beside_it():
    left, _ = left_of(DRAWN)
    assert left == {"begin", "handle", "late", "watch", "lifted", "done"}


def test_a_choice_between_one_open_and_one_secret_way_is_no_choice_any_more():
    _, flows = left_of(DRAWN)
    assert ("watch", "lifted") in flows


def test_the_file_names_no_secret_in_conditions_scripts_or_posts():
    text = redacted(DRAWN, secrets_of(DRAWN)[0])[0].decode()
    for word in ("clue", "blame", "问责", "candidates", "due("):
        assert word not in text, word
    assert "XT-19" in text


#: The same with a note on each, one on both, one on nothing, a datum and a frame of the secret, and pools outside.
BESIDE = (
    DRAWN.decode()
    .replace(
        '<bpmn:serviceTask id="clue">',
        '<bpmn:textAnnotation id="n1"><bpmn:text>告知县纪委</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:textAnnotation id="n2"><bpmn:text>五日办结</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:textAnnotation id="n3"><bpmn:text>移送以前</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:textAnnotation id="n4"><bpmn:text>谈话提醒</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:association id="a1" sourceRef="blame" targetRef="n1"/>'
        '<bpmn:association id="a2" sourceRef="handle" targetRef="n2"/>'
        '<bpmn:association id="a3" sourceRef="handle" targetRef="n3"/>'
        '<bpmn:association id="a4" sourceRef="n3" targetRef="clue"/>'
        '<bpmn:dataObject id="d0"/><bpmn:dataObjectReference id="d1" name="卷宗甲" dataObjectRef="d0"/>'
        '<bpmn:dataObject id="d2"/><bpmn:dataObjectReference id="d3" name="申请表" dataObjectRef="d2"/>'
        '<bpmn:group id="g1" categoryValueRef="v1"/><bpmn:serviceTask id="clue">'
        '<bpmn:dataInputAssociation id="i1"><bpmn:sourceRef>d1</bpmn:sourceRef></bpmn:dataInputAssociation>',
    )
    .replace(
        '<bpmn:userTask id="handle"',
        '<bpmn:userTask id="handle" name="办理"><bpmn:dataInputAssociation id="i3"><bpmn:sourceRef>d3</bpmn:sourceRef>'
        '</bpmn:dataInputAssociation></bpmn:userTask><bpmn:userTask id="unused"',
    )
)


def beside(collaboration="", content=BESIDE):
    """The redacted text of the drawing with what stands beside."""
    content = content.replace("</bpmn:definitions>", f"{collaboration}</bpmn:definitions>").encode()
    return redacted(content, {"clue", "blame"})[0].decode()


@pytest.mark.parametrize("word", ["告知县纪委", "移送以前", "谈话提醒", "卷宗甲", "阶梯之末", '"d0"', '"i1"', '"g1"'])
def test_notes_data_and_frames_of_a_secret_go_with_it(word):
    category = '<bpmn:category id="c1"><bpmn:categoryValue id="v1" value="阶梯之末"/></bpmn:category>'
    assert word in BESIDE + category
    assert word not in beside(category)


@pytest.mark.parametrize("word", ["五日办结", '"a2"', "申请表", '"d2"', '"i3"'])
def test_notes_and_data_of_what_is_open_stay(word):
    assert word in beside()


def test_a_pool_that_only_hears_of_secrets_is_not_drawn():
    pools = "".join(
        f'<bpmn:participant id="{id}" name="{name}"{process}/>'
        for id, name, process in (
            ("own", "本方案", ' processRef="p"'),
            ("party", "县纪委监委", ""),
            ("citizen", "反映人", ""),
            ("mute", "谁", ""),
        )
    )
    told = '<bpmn:messageFlow id="m1" name="移送" sourceRef="blame" targetRef="party"/>'
    told += '<bpmn:messageFlow id="m2" sourceRef="handle" targetRef="citizen"/>'
    text = beside(f'<bpmn:collaboration id="c">{pools}{told}</bpmn:collaboration>')
    assert {word: word in text for word in ("本方案", "县纪委监委", "反映人", "移送", '"mute"')} == {
        "本方案": True,
        "县纪委监委": False,
        "反映人": True,
        "移送": False,
        '"mute"': False,
    }


def test_a_pool_all_of_which_is_secret_goes_with_its_process():
    other = '<bpmn:process id="q" name="问责程序"><bpmn:userTask id="blame2" name="问"/></bpmn:process>'
    other += (
        '<bpmn:collaboration id="c"><bpmn:participant id="q1" name="问责机关" processRef="q"/></bpmn:collaboration>'
    )
    content = DRAWN.decode().replace("</bpmn:definitions>", f"{other}</bpmn:definitions>").encode()
    assert "问责" not in redacted(content, {"clue", "blame", "blame2"})[0].decode()


def test_a_drawing_without_secrets_keeps_its_notes():
    assert "谈话提醒" in redacted(BESIDE.encode(), set())[0].decode()


def test_a_file_all_of_which_is_secret_leaves_nothing():
    content = (BPMN / "shared" / "ca12_clue.bpmn").read_bytes()
    assert redacted(content, secrets_of(content)[0])[1] == frozenset()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_of_every_diagram_only_what_is_left_is_drawn_and_every_reference_leads_somewhere(path):
    content = path.read_bytes()
    secrets, _ = secrets_of(content)
    xml, left = redacted(content, secrets)
    root = etree.fromstring(xml)
    ids = {each.get("id") for each in root.iter() if each.get("id")}
    assert not secrets & left
    for each in root.iter(etree.Element):
        assert each.get("bpmnElement", next(iter(ids))) in ids
        for name in ("sourceRef", "targetRef", "attachedToRef"):
            assert each.get(name, next(iter(ids))) in ids, each.attrib
        if etree.QName(each).localname in ("incoming", "outgoing", "flowNodeRef"):
            assert each.text in ids
    assert not [secret for secret in secrets if f'"{secret}"' in xml.decode()]


def test_a_line_through_where_a_gateway_stood_has_no_slanted_part():
    content = (BPMN / "xt_cannot" / "xt_cannot.bpmn").read_bytes()
    root = etree.fromstring(redacted(content, secrets_of(content)[0])[0])
    edges = [each for each in root.iter("{*}BPMNEdge") if each.get("bpmnElement").endswith("from_N16_supervise")]
    points = [(float(one.get("x")), float(one.get("y"))) for one in edges[0].iter("{*}waypoint")]
    assert len(edges) == 1
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points)), points
