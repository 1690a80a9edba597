"""Running cases on the drawing of their flow, and those that stand at one element."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from queries.studio.running import RunningMap, running_map
from queries.studio.standing_list import standing_at
from web.access import may_open
from web.login import me

bp = Blueprint("running", __name__, url_prefix="/studio/flows/<flow>/running")


@bp.get("")
def index(flow: str) -> ResponseReturnValue:
    found = running_map(flow, me(), request.args.get("version", type=int))
    return render_template("studio/running.html", map=found, drawn=_drawn(found))


@bp.get("/<int(max=2147483647):version>/<element>")
def at(flow: str, version: int, element: str) -> ResponseReturnValue:
    place, page = standing_at(flow, version, element, me(), request.args.get("after"))
    return render_template("studio/standing.html", flow=flow, version=version, place=place, page=page)


def _drawn(found: RunningMap) -> dict[str, Any]:
    """What the script paints: the drawings, and by element what stands there."""
    drawing = "flows.whole" if may_open("flows.whole") else "flows.diagram"
    return {
        "diagrams": [url_for(drawing, definition_id=found.version.id, process=process) for process in found.processes],
        "places": {
            place.element: {
                "waiting": place.waiting,
                "late": place.late,
                "incidents": place.incidents,
                "days": place.took.mean if place.took else None,
                "address": _address(found, place.element) if place.waiting else "",
            }
            for place in found.places
        },
    }


def _address(found: RunningMap, element: str) -> str:
    return url_for(".at", flow=found.flow, version=found.version.number, element=element)
