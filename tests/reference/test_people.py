"""What a post lets its holder do."""

import pytest

from models import Post, Unit, User, session
from reference.people import identity_of, permissions_of


def somebody_in(unit: str, role: str):
    """The holder of a new post in a unit that has none of this role."""
    home = session.query(Unit).filter_by(code=unit).one()
    post = Post(key=f"post:{unit}:{role}", unit_id=home.id, role=role, role_name="新设岗位")
    user = User(username=f"{unit}.{role}", name="某人", password_hash="", posts=[post])
    session.add_all([post, user])
    session.commit()
    return identity_of(user)


def test_the_supervision_office_reads_clues():  # XT-20
    assert permissions_of("supervision_office", "supervisor") == {"see_all", "clues"}


@pytest.mark.parametrize("role", ["supervisor", "dispatcher", "verifier", "visitor", "head"])
def test_a_bureau_with_a_post_of_the_same_name_sees_no_more_than_before(county, role):  # XT-20
    assert somebody_in("natural_resources", role).permissions == {"work"}


def test_a_chief_representative_registers_cases_in_whatever_bureau(county):  # XT-07
    assert somebody_in("tax", "chief_rep").permissions == {"work", "register"}
