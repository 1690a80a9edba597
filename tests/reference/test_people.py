"""What a post lets its holder do."""

import pytest

from models import Post, Unit, User, session
from reference.people import PERMISSIONS_OF_ADMINISTRATOR, identity_of, permissions_of


def somebody_in(unit: str, role: str):
    """The holder of a new post in a unit that has none of this role."""
    home = session.query(Unit).filter_by(code=unit).one()
    post = Post(key=f"post:{unit}:{role}", unit_id=home.id, role=role, role_name="新设岗位")
    user = User(username=f"{unit}.{role}", name="某人", password_hash="", posts=[post])
    session.add_all([post, user])
    session.commit()
    return identity_of(user)


def test_the_supervision_office_reads_clues_and_has_the_desk():  # XT-20
    assert permissions_of("supervision_office", "supervisor") == {"see_all", "supervise", "clues"}


@pytest.mark.parametrize("post", ["task_force:head", "xx_data:supervisor_l1", "tz_whistle_office:dispatcher"])
def test_an_office_that_urges_or_supervises_has_the_desk_and_no_clues(post):  # XT-18, XX-10, TZ-19, XT-20
    granted = permissions_of(*post.split(":"))
    assert granted >= {"see_all", "supervise"}
    assert "clues" not in granted


def test_who_looks_after_the_installation_supervises_nobody():
    assert all("supervise" not in granted for granted in PERMISSIONS_OF_ADMINISTRATOR.values())


def test_what_one_of_the_three_administrators_may_do_besides_working_no_other_may():  # S-01 三员分立
    rights = {kind: granted - {"work", "organisation"} for kind, granted in PERMISSIONS_OF_ADMINISTRATOR.items()}
    assert rights["security"] == {"accounts"}
    assert rights["audit"] == {"audit"}
    assert rights["system"].isdisjoint({"accounts", "audit"})


@pytest.mark.parametrize("role", ["supervisor", "dispatcher", "verifier", "visitor", "head"])
def test_a_bureau_with_a_post_of_the_same_name_sees_no_more_than_before(county, role):  # XT-20
    assert somebody_in("natural_resources", role).permissions == {"work"}


def test_a_chief_representative_registers_cases_in_whatever_bureau(county):  # XT-07
    assert somebody_in("tax", "chief_rep").permissions == {"work", "register"}
