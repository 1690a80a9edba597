"""A NUL is no part of anything people write, and PostgreSQL keeps none: whoever sends one is refused at the door."""

from flask import Flask, abort, request


def register(app: Flask) -> None:
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    sent = (request.path, *request.args.values(), *(text for texts in request.form.listvalues() for text in texts))
    if any("\0" in text for text in sent):
        abort(400)
