"""Every setting: name, default, one line of meaning. Set one by the environment variable BIHUAN_<NAME>."""

from pathlib import Path
from zoneinfo import ZoneInfo

INSTANCE = Path(__file__).parent / "instance"

# Every moment a user reads is in this zone; the database keeps UTC.
ZONE = ZoneInfo("Asia/Shanghai")

DEFAULTS: dict[str, object] = {
    # Where the data lives: sqlite:///… or postgresql+psycopg://…
    "DATABASE_URL": f"sqlite:///{INSTANCE / 'bihuan.db'}",
    # Signs sessions and the history's hash chain. Without one, a key is made and kept in instance/secret_key.
    "SECRET_KEY": "",
    # Demonstration mode: demo accounts on the sign-in page, the time machine; what would be sent by a way that is not
    # connected is only shown. Never in production.
    "DEMO": False,
    # Run the ticker inside this process. Set to false where `flask clock` runs on its own.
    "CLOCK": True,
    # Seconds between two looks at the due timers and the outbox; no deadline here is finer than a minute.
    "TICK_SECONDS": 10,
    # Address and port that `make run` serves on.
    "HOST": "127.0.0.1",
    "PORT": 8000,
    # How many reverse proxies of our own stand in front, each adding to X-Forwarded-For; 0 believes no such header.
    "TRUSTED_PROXIES": 0,
    # Bytes of one request, 4 MB: a form or an uploaded template. What is larger is refused unread.
    "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
    # Where attachments lie: outside of what the web serves. Machines that share a database share this folder.
    "FILES": str(INSTANCE / "files"),
    # Bytes of one request that brings attachments, 64 MB: more than attach.max_mb times attach.max_files may be
    # (REQUEST_MB in operations/house/parameter_kinds.py), so that what is too big is refused beside its field: a
    # request of more is refused whole, and what was typed with it is not read.
    "UPLOAD_LENGTH": 64 * 1024 * 1024,
    # Session cookies travel over HTTPS only. Set to true behind TLS.
    "SESSION_COOKIE_SECURE": False,
    # SMS: the gateway's address, "" where there is none; the JSON to send it, with {phone}, {text} and {key} in its
    # texts; headers, such as its key; what an answer of 200 must hold when it went well, such as {"code": 0}.
    "SMS_URL": "",
    "SMS_BODY": {"phone": "{phone}", "text": "{text}"},
    "SMS_HEADERS": {},
    "SMS_SUCCESS": {},
    # E-mail: the server, "" where there is none; starttls, tls or none; user "" where it asks for none; who writes.
    "SMTP_HOST": "",
    "SMTP_PORT": 587,
    "SMTP_SECURITY": "starttls",
    "SMTP_USER": "",
    "SMTP_PASSWORD": "",
    "SMTP_FROM": "",
    # The robots of groups, 企业微信 and 钉钉: their webhooks, "" where there is none; the secret of 钉钉's 加签.
    "WECOM_WEBHOOK": "",
    "DINGTALK_WEBHOOK": "",
    "DINGTALK_SECRET": "",
}
