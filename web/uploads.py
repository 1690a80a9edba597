"""Files that come with a form: how many bytes a request may bring, and the files as operations take them."""

from collections.abc import Sequence

from flask import Flask, current_app, request

from operations.attachments import Upload, max_bytes, max_files
from operations.file_kinds import ALLOWED, KINDS, MB

#: The requests that may bring files. All others are bounded by MAX_CONTENT_LENGTH.
BRING_FILES = {"attachments.add", "portal.submit", "query.supplement"}


def register(app: Flask) -> None:
    """Before anything reads the form."""
    app.before_request(allow_files)
    app.teardown_request(let_go)
    app.jinja_env.globals["uploads"] = uploads_in_words
    app.jinja_env.globals["upload_endings"] = ",".join(ending for kind in KINDS.values() for ending in kind.endings)


def allow_files() -> None:
    if request.endpoint in BRING_FILES:
        request.max_content_length = current_app.config["UPLOAD_LENGTH"]


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
