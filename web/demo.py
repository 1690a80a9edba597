"""The accounts of the demonstration county, as its sign-in page lists them."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import current_app

from reference.people import ADMINISTRATORS
from scenarios.demo import PASSWORD

COUNTY = Path(__file__).parent.parent / "seeds" / "demo_county.json"


class Account(NamedTuple):
    username: str
    name: str
    posts: str
    county: str
    password: str = PASSWORD


def accounts() -> dict[str, list[Account]]:
    """By county, as the file has them; nobody's account outside a demonstration."""
    counties: dict[str, list[Account]] = {}
    for account in _accounts() if current_app.config["DEMO"] else []:
        counties.setdefault(account.county, []).append(account)
    return counties


@cache
def _accounts() -> list[Account]:
    county = json.loads(COUNTY.read_text("utf-8"))
    units = {unit["code"]: unit["name"] for unit in county["units"]}

    def named(post: str) -> str:
        unit, role = post.split(":")
        return f"{units[unit]} {county['roles'][role]}"

    tops: dict[str, str] = {}
    for unit in county["units"]:  # whoever stands above is written before
        tops[unit["code"]] = tops.get(unit.get("parent", ""), unit["name"])
    return [
        Account(
            person["username"],
            person["name"],
            "、".join(map(named, person["posts"])) or ADMINISTRATORS[person["administrator"]],
            tops[person["posts"][0].partition(":")[0] if person["posts"] else "system"],
        )
        for person in county["people"]
    ]
