"""What changes: a draft beside a version of its flow, or two versions, all files on one page."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from queries.studio.comparing import Comparison, Side, draft_against, version_file, versions_against
from queries.studio.drafts import draft_page
from queries.studio.versions import versions
from web.login import me

bp = Blueprint("studio_compare", __name__, url_prefix="/studio")
BIG = "int(max=2147483647)"


@bp.get(f"/drafts/<{BIG}:draft_id>/compare")
def draft(draft_id: int) -> ResponseReturnValue:
    """`old` names a version of the flow; without it, the one that the draft began with."""
    page = draft_page(draft_id, me())
    found = draft_against(draft_id, request.args.get("old", type=int), me())
    return _page(found, page=page, versions=versions(page.draft.flow, me()))


@bp.get("/flows/<flow>/compare")
def two_versions(flow: str) -> ResponseReturnValue:
    """`old` and `new`; without them the newest and the one before."""
    every = versions(flow, me())
    old, new = every[min(1, len(every) - 1)].id, every[0].id
    asked = request.args.get
    found = versions_against(flow, asked("old", old, type=int), asked("new", new, type=int), me())
    return _page(found, flow=flow, versions=every)


@bp.get(f"/versions/<{BIG}:version_id>/files/<path:name>")
def file(version_id: int, name: str) -> Response:
    return Response(version_file(version_id, name, me()), content_type="application/octet-stream")


def _page(found: Comparison, **shown: object) -> str:
    pairs = [_pair(found, number) for number, each in enumerate(found.files) if each.is_drawn]
    return render_template("studio/compare.html", found=found, pairs=pairs, **shown)


def _pair(found: Comparison, number: int) -> dict[str, object]:
    """What the browser draws side by side: addresses, and what is marked with which words."""
    each = found.files[number]
    return {
        "number": number,
        "old": _address(found.old, each.name),
        "new": _address(found.new, each.name),
        "marks": {change.id: change.kind for change in each.changes} | dict.fromkeys(each.moved, "moved"),
    }


def _address(side: Side, name: str) -> str | None:
    if name not in side.files:
        return None
    if side.draft:
        return url_for("studio_files.read", draft_id=side.draft.id, name=name)
    return url_for(".file", version_id=side.version.id, name=name) if side.version else None
