"""The built front end: from a page's name to the hashed files that Vite made of it."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import Flask, url_for

DIST = Path(__file__).parent / "static" / "dist"


class NotBuilt(RuntimeError):
    """The front end is not built. Run `make install`, or `npm ci && npm run build` in frontend/."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Bundle(NamedTuple):
    scripts: list[str]
    styles: list[str]


def register(app: Flask) -> None:
    app.jinja_env.globals["bundle"] = bundle


def bundle(name: str) -> Bundle:
    """Addresses of one entry's script and styles, those of the chunks it shares included."""
    manifest = _manifest()
    entry = manifest[f"src/pages/{name}.js"]
    styles = dict.fromkeys(style for chunk in _with_imports(manifest, entry) for style in chunk.get("css", []))
    return Bundle([_address(entry["file"])], [_address(style) for style in styles])


def _with_imports(manifest: dict, chunk: dict) -> list[dict]:
    shared = [each for name in chunk.get("imports", []) for each in _with_imports(manifest, manifest[name])]
    return [*shared, chunk]


def _address(file: str) -> str:
    return url_for("static", filename=f"dist/{file}")


@cache
def _manifest() -> dict:
    try:
        return json.loads((DIST / ".vite" / "manifest.json").read_text("utf-8"))
    except FileNotFoundError as error:
        raise NotBuilt from error
