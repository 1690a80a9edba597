"""导入导出: a draft's folder as a zip, and the way back, seen before it is done."""

import base64
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from errors import AlreadyChanged
from operations.studio.drafts import BadDraft
from operations.studio.importing import BadImport, Bundle, import_bundle, read_bundle
from papers.archive import own_parts, write_archive
from queries.studio.drafts import draft_page
from queries.studio.importing import import_preview
from web.login import me

bp = Blueprint("studio_import", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/import")
MOST_TO_SEND = 450_000  # characters: Werkzeug takes no field of more than 500 kB
STALE = "这一页已经失效，没有导入；请重新选择文件、核对后再确认。"


@dataclass(frozen=True)
class Sent:
    """What travels on the page that shows the changes, signed, until it is confirmed."""

    bundle: Bundle
    revision: int


@bp.get("")
def index(draft_id: int) -> ResponseReturnValue:
    return _page(draft_id)


@bp.post("")
def look(draft_id: int) -> ResponseReturnValue:
    """What the files would change."""
    chosen = [(file.filename or "", file.read()) for file in request.files.getlist("files") if file.filename]
    if not chosen:
        return _page(draft_id, "请先选择压缩包（.zip）或文件。"), 422
    try:
        bundle = read_bundle(chosen, whole=request.form.get("whole") == "yes")
        found = import_preview(draft_id, bundle, me())
        sent = _packed(draft_id, Sent(bundle, found.revision))
    except BadDraft as error:
        return _page(draft_id, str(error)), 422
    return render_template("studio/import_look.html", page=draft_page(draft_id, me()), found=found, sent=sent)


@bp.post("/confirm")
def confirm(draft_id: int) -> ResponseReturnValue:
    try:
        sent = _unpacked(draft_id, request.form.get("bundle", ""))
    except BadSignature:
        return _page(draft_id, STALE), 409
    try:
        changed = import_bundle(draft_id, sent.bundle, seen=sent.revision, by=me())
    except AlreadyChanged as error:
        return _page(draft_id, str(error)), 409
    flash(f"已导入，改动 {changed} 个文件。" if changed else "没有不同，什么也没有改。")
    return redirect(url_for("studio_compare.draft", draft_id=draft_id), 303)


def _packed(draft_id: int, sent: Sent) -> str:
    zipped = base64.b64encode(write_archive(dict(sent.bundle.files))).decode()
    packed = _signed().dumps([me().id, draft_id, sent.revision, sent.bundle.whole, zipped])
    text = packed if isinstance(packed, str) else packed.decode()
    if len(text) > MOST_TO_SEND:
        raise BadImport("文件太多、太大，请分几次导入。")
    return text


def _unpacked(draft_id: int, text: str) -> Sent:
    """Raises BadSignature, also for what was meant for somebody else or another draft."""
    who, which, revision, whole, zipped = _signed().loads(text)
    if (who, which) != (me().id, draft_id):
        raise BadSignature("not theirs")
    return Sent(Bundle(own_parts(base64.b64decode(zipped)), whole), revision)


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="flow folder")


def _page(draft_id: int, problem: str = "") -> str:
    return render_template("studio/import.html", page=draft_page(draft_id, me()), problem=problem)
