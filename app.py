"""The application: every part, put together. Nothing else happens here."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import commands
import config
import web
from gateways import BadSetting, connected
from models import MALFORMED, db, is_malformed, keep_files_in, seal_with
from operations.gate.outbox import send_through

migrate = Migrate()


def create_app(**settings: object) -> Flask:
    """Build the application. Settings come from config.DEFAULTS, then BIHUAN_* in the environment, then arguments.

    Raises SystemExit for a malformed database address: whatever asked for the application, a command or a WSGI server,
    ends with the sentence. The same for a gateway that is set wrongly.
    """
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.config.from_mapping(config.DEFAULTS)
    app.config.from_prefixed_env("BIHUAN")
    app.config.update(_texts())
    app.config.update(settings)
    if is_malformed(str(app.config["DATABASE_URL"])):
        raise SystemExit(f"没有成功：{MALFORMED}")
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or _kept_secret(config.INSTANCE / "secret_key")
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["DATABASE_URL"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(str(app.config["DATABASE_URL"]))

    seal_with(app.config["SECRET_KEY"])
    keep_files_in(Path(app.config["FILES"]))
    try:
        send_through(connected(app.config))
    except BadSetting as error:
        raise SystemExit(f"没有成功：{error}") from None
    db.init_app(app)
    migrate.init_app(app, db, directory=str(Path(app.root_path) / "migrations"), render_as_batch=True)
    web.register(app)
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0)  # type: ignore[method-assign]
    commands.register(app)
    return app


def _texts() -> dict[str, str]:
    """A setting that is a text is taken as it was typed: a password of digits is no number."""
    texts = (name for name, default in config.DEFAULTS.items() if isinstance(default, str))
    return {name: os.environ[f"BIHUAN_{name}"] for name in texts if f"BIHUAN_{name}" in os.environ}


def _engine_options(url: str) -> dict[str, object]:
    """The connection used last is used next: what it has read and prepared is still at hand.

    A database host that vanishes without a word is noticed in seconds, not when TCP gives up: by what is sent to it,
    and by keepalives while nothing is. models/db.py puts aside a connection that has ended.
    """
    if not url.startswith("postgresql"):
        return {"pool_use_lifo": True}
    keepalives = {"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}
    return {"pool_use_lifo": True, "connect_args": {"connect_timeout": 5, "tcp_user_timeout": 10_000, **keepalives}}


def _kept_secret(path: Path) -> str:
    """A key of this installation's own, made at the first start: sessions and seals outlive a restart."""
    if not path.exists():
        _keep_first(path, secrets.token_hex(32))
    return path.read_text().strip()


def _keep_first(path: Path, secret: str) -> None:
    """Of processes that start together the first one's is kept: it appears whole, and is never replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(whole, path)
    finally:
        whole.unlink(missing_ok=True)
