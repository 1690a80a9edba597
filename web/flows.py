"""The drawings of published flows. A version never changes, so a browser keeps the one that everybody may see."""

from flask import Blueprint, Response

from queries.diagrams import open_drawing, whole_drawing

bp = Blueprint("flows", __name__, url_prefix="/flows")
ONE = "/<int(max=2147483647):definition_id>"


@bp.get(f"{ONE}/<process>.bpmn")
def diagram(definition_id: int, process: str) -> Response:
    return _xml(open_drawing(definition_id, process))


@bp.get(f"{ONE}/whole/<process>.bpmn")
def whole(definition_id: int, process: str) -> Response:
    """With the confidential elements, at an address of its own: no browser shows the one for the other (XT-20)."""
    return _xml(whole_drawing(definition_id, process))


def _xml(content: bytes) -> Response:
    return Response(content, content_type="application/xml; charset=utf-8")
