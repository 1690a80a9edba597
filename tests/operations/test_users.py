"""Signing in (S-01)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import NotAllowed
from models import AuditEvent, User, session
from operations.gate.audit import MOST, note_attempt
from operations.people.users import sign_in
from tests.databases import PASSWORD


def test_the_right_password_tells_who_one_is(county, clock):
    me = sign_in("fenliu", PASSWORD)
    assert (me.name, me.unit_name) == ("李建国", "工作专班（县行政审批局）")
    assert me.can("see_all")
    assert not me.can("operate")


@pytest.mark.parametrize(("username", "password"), [("fenliu", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_guess_tells_nothing(county, clock, username, password):
    with pytest.raises(NotAllowed, match="用户名或密码不正确"):
        sign_in(username, password)


def test_five_wrong_passwords_lock_the_account_for_half_an_hour(county, clock):  # sec.login_fail_lock
    for _ in range(5):
        with pytest.raises(NotAllowed, match="不正确"):
            sign_in("fenliu", "wrong")
    with pytest.raises(NotAllowed, match="锁定"):
        sign_in("fenliu", PASSWORD)
    clock.now += timedelta(minutes=31)
    assert sign_in("fenliu", PASSWORD)


def test_somebody_disabled_cannot_sign_in(county, clock):
    session.query(User).filter_by(username="fenliu").update({"disabled": True})
    session.commit()
    with pytest.raises(NotAllowed):
        sign_in("fenliu", PASSWORD)


def test_guessing_fills_no_more_than_an_hour_s_share_of_the_audit_and_hides_nobody_else(county, clock):  # S-01
    def guess(what, username, user=None):
        note_attempt(what, username, user, "198.51.100.7", hopeless=True)
        session.commit()

    nobody, locked = "登录：没有这个用户名", "登录：账号锁定中"
    for number in range(MOST + 3):
        guess(nobody, f"{number}")
    guess(locked, "chuangkou", session.scalars(select(User).where(User.username == "chuangkou")).one())
    *_, last, other = session.scalars(select(AuditEvent.what).order_by(AuditEvent.id)).all()
    assert last.startswith(f"{nobody}。一小时里已有100次")
    assert other == locked
    assert len(session.scalars(select(AuditEvent)).all()) == MOST + 1
    clock.now += timedelta(hours=1)
    guess(nobody, "x")
    assert session.scalars(select(AuditEvent.what).order_by(AuditEvent.id.desc())).first() == nobody
