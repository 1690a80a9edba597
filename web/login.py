"""Signing in and out, and how long a sign-in lasts (S-01)."""

import time
from urllib.parse import urlsplit

from flask import Blueprint, Flask, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFProtect, generate_csrf

from errors import NotAllowed
from models import Identity
from operations.people import users
from reference import parameters, people
from web import demo, kept

IDLE = 30  # minutes without a request, where no parameter says otherwise
LONGEST = 12 * 3600  # seconds after signing in, whatever happens
NOTED_EVERY = 60  # seconds: not every request needs a new cookie
MUST_CHANGE = "must_change"
BY_ITSELF = "badge.now"  # what an open page asks without anybody there

bp = Blueprint("login", __name__)
manager = LoginManager()


class SignedIn(UserMixin):
    """What Flask-Login keeps: the person as they are at this request, posts and permissions included."""

    def __init__(self, identity: Identity):
        self.id, self.identity = identity.id, identity

    def get_id(self) -> str:
        """With the stamp of the password: a sign-in made with an older one is none."""
        return f"{self.id}.{self.identity.stamp}"


def register(app: Flask) -> None:
    app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", WTF_CSRF_TIME_LIMIT=None)
    app.before_request(_end_stale_session)
    manager.session_protection = None  # it asks for a sign-in anew where a page wants a fresh one: none does
    manager.init_app(app, add_context_processor=False)  # an error page must not ask the database who it is
    app.register_blueprint(bp)
    app.jinja_env.globals["me"] = me


def protect_forms(app: Flask) -> None:
    """Every POST needs the token of its session."""
    CSRFProtect(app)


def me() -> Identity:
    """Whoever is signed in. Only for pages that are not public."""
    return current_user.identity


def somebody_is_signed_in() -> bool:
    return current_user.is_authenticated


@manager.user_loader
def _load(user_id: str) -> SignedIn | None:
    number, _, stamp = user_id.partition(".")
    identity = people.identity(int(number))
    return SignedIn(identity) if identity and identity.stamp == stamp else None


@bp.get("/login")
def form() -> ResponseReturnValue:
    if somebody_is_signed_in():
        return redirect(url_for("inbox.index"), 303)
    return _form()


@bp.post("/login")
def sign_in() -> ResponseReturnValue:
    try:
        identity = users.sign_in(request.form.get("username", "").strip(), request.form.get("password", ""), _address())
    except NotAllowed as error:
        return _form(str(error)), 401
    session.clear()  # nothing that was there before the sign-in stays valid after it
    login_user(SignedIn(identity))
    session.pop("_id")  # of session_protection; signing a cookie costs by its length
    session["since"] = session["seen"] = int(time.time())
    session["idle"] = _idle_minutes() * 60
    if users.must_change(identity):
        session[MUST_CHANGE] = True  # until then web/access.py opens nothing else; a new password ends this sign-in
    inside = _inside(request.args.get("next", ""))
    return kept.offer(inside, by=identity) or redirect(inside, 303)


@bp.post("/logout")
def sign_out() -> ResponseReturnValue:
    if somebody_is_signed_in():
        users.sign_out(by=me(), address=_address())
    logout_user()
    session.clear()
    return redirect(url_for(".form"), 303)


@bp.get("/alive")
def alive() -> ResponseReturnValue:
    """A person who types is not idle; the page says so from time to time. One that was opened before they signed in
    anew goes on with the token of now.
    """
    return jsonify(user=me().username, token=generate_csrf())


def _form(problem: str = "") -> str:
    return render_template("login.html", problem=problem, along=kept.still_along(), accounts=demo.accounts())


def _address() -> str:
    return request.remote_addr or ""


def _inside(address: str) -> str:
    """An address of our own to go on to; anything else leads to the inbox."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if ours else url_for("inbox.index")


def _idle_minutes() -> int:
    return int(parameters.in_force("sec.session_idle", IDLE))


def _end_stale_session() -> None:
    if "seen" not in session:
        return
    now = int(time.time())
    if now - session["seen"] > session["idle"] or now - session["since"] > LONGEST:
        session.clear()
    elif now - session["seen"] > NOTED_EVERY and request.endpoint != BY_ITSELF:
        session["seen"] = now
