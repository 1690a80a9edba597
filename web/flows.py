"""The drawings of published flows. A browser keeps the one that a whole county sees and asks whether it is the same."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from queries.case.diagrams import open_drawing, whole_drawing
from queries.house.flow_map import flow_map
from web.login import me

bp = Blueprint("flows", __name__, url_prefix="/flows")
ONE = "/<int(max=2147483647):definition_id>"


@bp.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """A flow as it is in force. `process` opens one of its drawings; the fragment names the element to look at."""
    return render_template("flow.html", file=flow_map(key, me()), opened=request.args.get("process", ""))


@bp.get(f"{ONE}/<process>.bpmn")
def diagram(definition_id: int, process: str) -> Response:
    answer = _xml(open_drawing(definition_id, process, me()))
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@bp.get(f"{ONE}/whole/<process>.bpmn")
def whole(definition_id: int, process: str) -> Response:
    """With the confidential elements, at an address of its own: no browser shows the one for the other (XT-20)."""
    return _xml(whole_drawing(definition_id, process, me()))


def _xml(content: bytes) -> Response:
    return Response(content, content_type="application/xml; charset=utf-8")
