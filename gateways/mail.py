"""E-mail, through the county's own server (SMTP)."""

import hashlib
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Any

from errors import BadSetting, DeliveryRefused, NoAnswer, NotDelivered
from gateways.posting import TIMEOUT

WHOSE = "邮件服务器"
#: ASCII and unquoted: what every server takes.
ADDRESS = re.compile(r"[!#-'*+./0-9=?A-Z^-~-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z0-9-]{2,60}")
WAYS = ("starttls", "tls", "none")


def gateway(settings: Mapping[str, Any]) -> Callable[[str, Mapping[str, Any], str], str] | None:
    """None without SMTP_HOST; raises BadSetting."""
    host, port, way = str(settings["SMTP_HOST"]), settings["SMTP_PORT"], str(settings["SMTP_SECURITY"])
    user, password, sender = (str(settings[f"SMTP_{name}"]) for name in ("USER", "PASSWORD", "FROM"))
    if not host:
        return None
    if not isinstance(port, int) or way not in WAYS or "@" not in parseaddr(sender)[1]:
        raise BadSetting("BIHUAN_SMTP_PORT 应为数，SMTP_SECURITY 应为 starttls、tls 或 none，SMTP_FROM 应为邮箱地址。")

    def send(recipient: str, body: Mapping[str, Any], key: str) -> str:
        if not ADDRESS.fullmatch(recipient):
            raise DeliveryRefused("收件人不是能发的邮箱地址。")
        message = _message(sender, recipient, body, key)
        try:
            with _connection(host, port, way) as server:
                if user:
                    server.login(user, password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _failed(*next(iter(error.recipients.values()))) from None
        except smtplib.SMTPResponseException as error:
            raise _failed(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError:
            raise DeliveryRefused(f"{WHOSE}不支持所设的加密或登录方式。") from None
        except (smtplib.SMTPException, OSError):
            raise NoAnswer(f"{WHOSE}没有应答。") from None
        return "邮件服务器已收下"

    return send


def _connection(host: str, port: int, way: str) -> smtplib.SMTP:
    if way == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    if way == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _message(sender: str, recipient: str, body: Mapping[str, Any], key: str) -> EmailMessage:
    """One key, one Message-ID: what is sent twice is one letter in the mailbox."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, recipient, body.get("subject", "闭环通知")
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
    message["Date"] = formatdate()
    message.set_content(str(body["text"]))
    return message


def _failed(code: int, said: bytes | str) -> NotDelivered | DeliveryRefused:
    """Of SMTP it is 4xx that passes, 5xx that stays."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    told = f"（{code}）：{' '.join(words.split())[:120]}"
    if code in (530, 534, 535):
        return DeliveryRefused(f"{WHOSE}不认所设的用户名或密码{told}")
    return DeliveryRefused(f"{WHOSE}拒收{told}") if code >= 500 else NotDelivered(f"{WHOSE}暂时不收{told}")
