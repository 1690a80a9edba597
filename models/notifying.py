"""Where a person is told of notices outside the house, and which of them (docs/decisions/notifications.md)."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

#: From choice_key() to a way of operations/people/notify_choices.py; what is not there, somebody else decides.
Choices = dict[str, str]


class PersonNotify(Base):
    """Personal data: only this person and the administrator see the addresses."""

    __tablename__ = "notify_person"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    addresses: Mapped[dict[str, str]] = mapped_column(JSON)  # by channel
    choices: Mapped[Choices] = mapped_column(JSON)
    #: When the last digest was put together; at first, when the person left an address.
    digested_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PostNotify(Base):
    """What holds for whoever is at the post and has chosen nothing."""

    __tablename__ = "notify_post"

    post_key: Mapped[str] = mapped_column(ForeignKey("post.key"), primary_key=True)
    choices: Mapped[Choices] = mapped_column(JSON)


class AddressCode(Base):
    """What somebody has typed as their number or mailbox and not yet confirmed with the code that was sent there. The
    row stays when nothing waits: `times` codes were sent since `since`.
    """

    __tablename__ = "notify_code"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]  # "": nothing waits
    nonce: Mapped[str]  # of the last code (operations/gate/address_codes.py)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    wrong: Mapped[int]  # answers to the last code
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    times: Mapped[int]
