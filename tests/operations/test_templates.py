"""Templates of official papers: replaced, restored, never lost."""

import pytest

from errors import NotAllowed, NotFound
from models import TemplateEdition, session
from operations.house.seeds import load_reference_data
from operations.house.templates import load_standard_templates, replace_template, restore_template
from papers import TEMPLATES, BadTemplate, standard_template
from papers.archive import read_archive, write_archive
from tests.people import admin, holder_of


def editions(key):
    return session.query(TemplateEdition).filter_by(key=key).order_by(TemplateEdition.id).all()


def mine(key="order"):
    """The standard one with another word on it."""
    parts = read_archive(standard_template(key))
    parts["word/document.xml"] = parts["word/document.xml"].replace("要　　求".encode(), "督办要求".encode())
    return write_archive(parts)


def test_a_new_database_has_every_template_and_a_second_start_adds_none(county):
    load_reference_data()
    assert [len(editions(key)) for key in TEMPLATES] == [1] * len(TEMPLATES)
    assert all(editions(key)[0].of_project for key in TEMPLATES)


def test_a_replaced_template_is_the_newest_and_the_old_one_stays(county):
    edition = replace_template("order", mine(), by=admin())
    assert [each.id for each in editions("order")][-1] == edition.id
    assert (edition.by, edition.of_project) == (admin().name, False)
    assert editions("order")[0].content == standard_template("order")


def test_the_same_file_twice_is_one_edition(county):
    assert replace_template("order", mine(), by=admin()).id == replace_template("order", mine(), by=admin()).id


def test_an_old_edition_is_taken_back_as_the_newest(county):
    replace_template("order", mine(), by=admin())
    restored = restore_template(editions("order")[0].id, by=admin())
    assert [each.of_project for each in editions("order")] == [True, False, True]
    assert restored.content == standard_template("order")


def test_an_upgrade_brings_a_newer_standard_but_leaves_what_an_administrator_put_in(county):
    replace_template("order", mine(), by=admin())
    old = editions("letter")[0]
    old.content, old.digest = b"of an older release", "old"
    session.commit()
    load_standard_templates()
    assert [each.of_project for each in editions("letter")] == [True, True]
    assert editions("letter")[-1].content == standard_template("letter")
    assert len(editions("order")) == 2


def test_only_an_administrator_may(county):
    with pytest.raises(NotAllowed):
        replace_template("order", mine(), by=holder_of("task_force:head"))
    with pytest.raises(NotAllowed):
        restore_template(1, by=holder_of("task_force:head"))


def test_what_is_no_template_is_refused_and_nothing_changes(county):
    with pytest.raises(BadTemplate):
        replace_template("order", b"hello", by=admin())
    with pytest.raises(NotFound):
        replace_template("nothing", mine(), by=admin())
    with pytest.raises(NotFound):
        restore_template(999_999, by=admin())
    assert len(editions("order")) == 1
