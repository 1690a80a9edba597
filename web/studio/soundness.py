"""Whether every case of a draft's flows can end, and the way of one that cannot."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from queries.studio.soundness import counter_examples, soundness_page
from web.login import me

bp = Blueprint("studio_soundness", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>")


@bp.get("/sound")
def index(draft_id: int) -> ResponseReturnValue:
    """`element`: whose fault to look at."""
    sound = soundness_page(draft_id, request.args.get("element", ""), me())
    return render_template("studio/sound.html", sound=sound, page=sound.page)


@bp.post("/counterexample")
def counterexample(draft_id: int) -> ResponseReturnValue:
    """With what the editor has not saved yet: its file's name in `file`, its content the body."""
    name = request.args.get("file", "")
    return jsonify(counter_examples(draft_id, by=me(), unsaved={name: request.get_data()} if name else None))
