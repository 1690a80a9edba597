"""The files of a draft, as the editors in the browser load and save them.

Errors are JSON: `message` is what to show.
"""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, AppError
from operations.studio.checking import check_draft
from operations.studio.drafts import FileChanged, remove_file, restore_file, save_file
from operations.studio.opening import DraftClosed
from queries.studio.drafts import draft_file
from web.errors import STATUS
from web.login import me

bp = Blueprint("studio_files", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>")
FILE = "/files/<path:name>"
#: Which edition of a file was read, and which one a save began with.
REVISION = "X-Revision"


@bp.get(FILE)
def read(draft_id: int, name: str) -> Response:
    file = draft_file(draft_id, name, me())
    return Response(file.content, content_type="application/octet-stream", headers={REVISION: str(file.revision)})


@bp.put(FILE)
def save(draft_id: int, name: str) -> ResponseReturnValue:
    return asdict(save_file(draft_id, name, request.get_data(), seen=_seen(), by=me()))


@bp.delete(FILE)
def remove(draft_id: int, name: str) -> ResponseReturnValue:
    return asdict(remove_file(draft_id, name, seen=_seen(), by=me()))


@bp.post(f"{FILE}/restore")
def restore(draft_id: int, name: str) -> ResponseReturnValue:
    restore_file(draft_id, name, by=me())
    return {}


@bp.post("/check")
def check(draft_id: int) -> ResponseReturnValue:
    """With what the editor has not saved yet: its file's name in `file`, its content the body.

    Of a diagram one flow that leads to it: it is asked while somebody draws; with `every` all that do.
    """
    name = request.args.get("file", "")
    around = name if name.endswith(".bpmn") else ""
    found = check_draft(
        draft_id,
        by=me(),
        unsaved={name: request.get_data()} if name else None,
        around=around,
        every="every" in request.args,
    )
    return jsonify([asdict(each) for each in found])


@bp.errorhandler(AppError)
def refuse(error: AppError) -> ResponseReturnValue:
    answer: dict[str, object] = {"message": str(error)}
    if isinstance(error, FileChanged):
        answer["revision"] = error.revision
    if isinstance(error, DraftClosed):
        answer["closed"] = True  # trying again is of no use
    return jsonify(answer), 409 if isinstance(error, AlreadyChanged) else STATUS.get(type(error), 422)


def _seen() -> int:
    """0 for who does not say: they mean to begin with the version's."""
    return request.headers.get(REVISION, 0, type=int)
