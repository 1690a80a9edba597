"""The screenshots in docs/screenshots/ are of every screen there is. `make screenshots` takes them."""

import re

from flask import Flask

from screenshots.index import FOLDER, PAGE, WIDTHS, index, left_over, picture
from screenshots.screens import screens
from web.access import ACCESS

#: What answers to GET and is no screen of its own: files, a word to a script.
FILES = re.compile(
    r"\.(export|download|download_draft|template|diagram|whole|dossier|now|alive|static|read|file|progress)$|^static$|^attachments\.show$"
)
#: Forms like another one that is shown, and what leads on to a page that is shown; a migration that has begun leaves
#: nothing to be shown before it. What a what-if comes to takes minutes to play.
ALIKE = {
    "migrating.cases",
    "migrating.job",
    "what_if.show",
    "studio_operating.suspend_form",
    "studio_operating.resume_form",
    "studio_operating.variable_form",
    "studio_operating.move_form",
    "organisation.put_in",
    "organisation.notify_post",
    "organisation.notify_person",
    "inbox.open_copy",
}


def test_each_screen_has_its_pictures_and_each_picture_its_screen():
    missing = [
        screen.name for screen in screens() for width in WIDTHS if not (FOLDER / picture(screen, width)).exists()
    ]
    assert not missing, "run `make screenshots`"
    assert not left_over(), "run `make screenshots`"
    assert PAGE.read_text("utf-8") == index(), "run `make screenshots`"
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 9_000_000  # bytes


def test_no_screen_is_left_out():
    from app import create_app

    app: Flask = create_app(DATABASE_URL="sqlite:///none.db", SECRET_KEY="x", TESTING=True)
    asked = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    shown = {screen.endpoint for screen in screens()}
    assert shown - {""} <= set(ACCESS)
    assert {each for each in asked - shown - ALIKE if not FILES.search(each)} == set()
