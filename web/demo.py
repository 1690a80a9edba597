"""The accounts of the demonstration county, as its sign-in page lists them."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import current_app

from scenarios.demo import PASSWORD

COUNTY = Path(__file__).parent.parent / "seeds" / "demo_county.json"


class Account(NamedTuple):
    username: str
    name: str
    posts: str
    password: str = PASSWORD


def accounts() -> list[Account]:
    """Nobody's account outside a demonstration."""
    return _accounts() if current_app.config["DEMO"] else []


@cache
def _accounts() -> list[Account]:
    county = json.loads(COUNTY.read_text("utf-8"))
    units = {unit["code"]: unit["name"] for unit in county["units"]}

    def named(post: str) -> str:
        unit, role = post.split(":")
        return f"{units[unit]} {county['roles'][role]}"

    return [
        Account(person["username"], person["name"], "、".join(named(post) for post in person["posts"]))
        for person in county["people"]
    ]
