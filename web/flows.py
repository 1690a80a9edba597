"""The drawings of published flows. A version never changes, so a browser keeps them."""

from flask import Blueprint, Response

from errors import NotFound
from reference import definitions

bp = Blueprint("flows", __name__, url_prefix="/flows")


@bp.get("/<int(max=2147483647):definition_id>/<process>.bpmn")
def diagram(definition_id: int, process: str) -> Response:
    diagrams = definitions.definition(definition_id).diagrams
    if process not in diagrams:
        raise NotFound
    return Response(diagrams[process], content_type="application/xml; charset=utf-8")
