"""The pictures in docs/diagrams/ show the diagrams as they are. `make diagrams` draws what is stale."""

from pathlib import Path

import pytest

from drawings.index import PAGE, index
from drawings.pictures import Picture, all_pictures, fingerprint, left_over

PICTURES = all_pictures()
EXTEND = next(each for each in PICTURES if each.diagram.stem == "ca03_extend")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.diagram.stem)
def test_each_picture_shows_its_diagram(picture: Picture):
    assert not picture.is_stale, "run `make diagrams`"


def test_each_picture_has_a_diagram():
    assert not left_over(), "run `make diagrams`"


def test_the_page_lists_them_all():
    assert PAGE.read_text("utf-8") == index(), "run `make diagrams`"


@pytest.fixture
def changed(tmp_path: Path):
    """The fingerprint of a diagram in which words were replaced."""
    text = EXTEND.diagram.read_text("utf-8")

    def replaced(old: str, new: str) -> str:
        assert old in text
        (tmp_path / "changed.bpmn").write_text(text.replace(old, new), "utf-8")
        return fingerprint(tmp_path / "changed.bpmn")

    return replaced


def test_a_picture_is_stale_when_a_name_or_a_place_changed(changed):
    same = fingerprint(EXTEND.diagram)
    assert changed("审批延期", "批准延期") != same
    assert changed('<dc:Bounds x="', '<dc:Bounds x="1') != same


def test_a_picture_stays_when_only_properties_or_indents_changed(changed):
    same = fingerprint(EXTEND.diagram)
    assert (
        changed('<spiffworkflow:property name="clauses" value="', '<spiffworkflow:property name="clauses" value="X')
        == same
    )
    assert changed("\n  ", "\n    ") == same
