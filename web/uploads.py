"""Files that come with a form: how many bytes a request may bring, and the files as operations take them."""

from collections.abc import Sequence

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue

from operations.acts.attachments import Upload, max_bytes, max_files
from operations.acts.file_kinds import ALLOWED, KINDS, MB
from operations.gate.guessing import TooManyGuesses
from operations.public.visitors import TooMany
from web.questions import require_leave

#: The requests that may bring files. All others are bounded by MAX_CONTENT_LENGTH.
BRING_FILES = {"attachments.add", "portal.submit", "query.supplement"}
#: Those of them that anybody may send.
OPEN_TO_ALL = BRING_FILES - {"attachments.add"}


def register(app: Flask) -> None:
    """Before anything reads the form."""
    app.before_request(allow_files)
    app.teardown_request(let_go)
    app.jinja_env.globals["uploads"] = uploads_in_words
    app.jinja_env.globals["upload_endings"] = ",".join(ending for kind in KINDS.values() for ending in kind.endings)


def allow_files() -> ResponseReturnValue | None:
    """An address that has to wait is told so before the files it brings are read; without files, beside its form."""
    if request.endpoint not in BRING_FILES:
        return None
    if request.endpoint in OPEN_TO_ALL and (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        try:
            require_leave(request.remote_addr or "")
        except (TooMany, TooManyGuesses) as error:
            return render_template("error.html", message=str(error), status=429, typed=[]), 429
    request.max_content_length = current_app.config["UPLOAD_LENGTH"]
    return None


def let_go(_error: BaseException | None) -> None:
    """A file of some size lay on the disk while it was read."""
    request.close()


def uploaded(name: str = "files") -> Sequence[Upload]:
    """The files chosen in this field, none of them read further than it may be long; one too many tells that."""
    chosen = [file for file in request.files.getlist(name) if file.filename]
    most = max_bytes()
    return [Upload(file.filename or "", file.stream.read(most + 1)) for file in chosen[: max_files() + 1]]


def uploads_in_words() -> str:
    """What may be handed in, under the field."""
    return f"{ALLOWED}每个不超过{max_bytes() // MB}MB，一次最多{max_files()}个。"
