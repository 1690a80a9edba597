"""What the security administrator's forms ask of accounts: a person named by name, a post chosen from a list."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, NotFound
from models import Identity, Post, PostHolder, Unit, User, session, transactional
from operations.people import accounts
from operations.people.accounts import BadAccount
from operations.people.passwords import random_password
from operations.people.people_named import WHO, person_named

PERSON = Field("person", "textfield", "由谁担任", WHO, required=True, max_length=60)
PUT_IN = Form("put_in", "任职", (PERSON,), {})
GIVE_POST = Form("give_post", "任职", (Field("post", "select", "岗位", required=True, choices_key="posts"),), {})
NEW_PERSON = Form(
    "new_person",
    "添加人员",
    (
        Field(
            "username",
            "textfield",
            "用户名",
            "登录用，2至40个字母、数字或 . _ -。",
            required=True,
            max_length=40,
        ),
        Field("name", "textfield", "姓名", required=True, max_length=accounts.LONGEST_NAME),
        Field("post", "select", "岗位", "可以以后再给；担任几个岗位的，添加以后再给其余的。", choices_key="posts"),
    ),
    {},
)


@transactional
def add_by_form(values: Mapping[str, Any], *, by: Identity) -> tuple[User, str]:
    """A new person, and the password made up for them, which nobody keeps. Raises NotAllowed, InvalidForm."""
    given, password = clean(NEW_PERSON, values, {"posts": posts_to_give()}), random_password()
    posts = [given["post"]] if given["post"] else []
    with _beside_its_field():
        user = accounts.add_user(given["username"], given["name"], posts, password=password, by=by)
    return user, password


@transactional
def put_in_post(post: str, values: Mapping[str, Any], *, by: Identity) -> User:
    """Let whoever `values["person"]` names hold the post `unit:role`. Raises NotAllowed, NotFound, InvalidForm."""
    user = person_named(clean(PUT_IN, values)["person"], "person")
    with _beside_its_field("person"):
        return accounts.give_post(user.username, post, by=by)[0]


@transactional
def give_post_by_form(username: str, values: Mapping[str, Any], *, by: Identity) -> Post:
    """Let somebody hold the post `values["post"]`. Raises NotAllowed, NotFound, InvalidForm."""
    given = clean(GIVE_POST, values, {"posts": posts_to_give(username)})
    with _beside_its_field():
        return accounts.give_post(username, given["post"], by=by)[1]


def posts_to_give(username: str = "") -> list[Choice]:
    """Posts of units that serve, without those this person holds."""
    held = select(PostHolder.post_key).join(User, User.id == PostHolder.user_id).where(User.username == username)
    which = Unit.successor_id.is_(None) & Post.key.not_in(held)
    rows = session.execute(
        select(Post.key, Unit.name, Post.role_name).join(Unit).where(which).order_by(Unit.name, Post.key)
    )
    return [Choice(row.key.removeprefix("post:"), f"{row.name}{row.role_name}") for row in rows]


@contextmanager
def _beside_its_field(field: str = "") -> Iterator[None]:
    """What is wrong with an account stands beside what was typed for it."""
    try:
        yield
    except BadAccount as error:
        raise InvalidForm({field or error.field: str(error)}) from None
    except NotFound as error:
        raise InvalidForm({field or "post": str(error)}) from None
