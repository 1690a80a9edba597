"""Units, posts and people as the rows of the Excel file would say them: what says nothing new is left alone."""

import re
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models import Post, PostHolder, Unit, User, session
from operations.people.units import KINDS

#: The columns that are read of each sheet. The first ones, as many as KEYS says, name what the row is about.
UNITS, POSTS, PEOPLE, SUBSTITUTIONS = "单位", "岗位", "人员", "代理"
COLUMNS = {
    UNITS: ("代号", "名称", "上级单位", "类别", "承办事项"),
    POSTS: ("单位", "岗位", "岗位名称"),
    PEOPLE: ("用户名", "姓名", "岗位", "状态"),
    SUBSTITUTIONS: ("岗位", "代谁", "由谁代理", "从", "到"),
}
KEYS = {UNITS: 1, POSTS: 2, PEOPLE: 1, SUBSTITUTIONS: 5}
MAY_BE_EMPTY = {"岗位名称", "状态"}  # that leaves them as they are
SERVES, LEFT = "在用", "停用"

Key = tuple[str, ...]
Standing = Mapping[str, Mapping[Key, Mapping[str, str]]]


def standing() -> Standing:
    """All units, posts and people, by sheet and key: four statements, however many rows. No substitutions: whether one
    still is, other rows of the file decide.
    """
    rows = {UNITS: _units(), POSTS: _posts(), PEOPLE: _people()}
    return {sheet: {key_of(sheet, row): row for row in found} for sheet, found in rows.items()}


def key_of(sheet: str, texts: Mapping[str, str]) -> Key:
    return tuple(texts[column] for column in COLUMNS[sheet][: KEYS[sheet]])


def says_nothing_new(rows: Standing, sheet: str, texts: Mapping[str, str]) -> bool:
    """Whether the row of a file is as it stands already."""
    known = rows.get(sheet, {}).get(key_of(sheet, texts))
    return known is not None and all(_same(column, texts[column], said) for column, said in known.items())


def posts_in(text: str) -> set[str]:
    """unit:role of each post that a cell names."""
    return set(filter(None, re.split(r"[\s,，、;；]+", text)))


def _same(column: str, text: str, known: str) -> bool:
    if column == "岗位" and ":" in known:
        return posts_in(text) == posts_in(known)
    return text == known or (not text and column in MAY_BE_EMPTY)


def _units() -> list[dict[str, str]]:
    above = aliased(Unit)
    found = select(Unit.code, Unit.name, above.code.label("parent"), Unit.kind, Unit.handles_cases)
    return [
        {
            **{"代号": row.code, "名称": row.name, "上级单位": row.parent or ""},
            **{"类别": KINDS[row.kind], "承办事项": "是" if row.handles_cases else "否"},
        }
        for row in session.execute(found.outerjoin(above, above.id == Unit.parent_id))
    ]


def _posts() -> list[dict[str, str]]:
    found = session.execute(select(Unit.code, Post.role, Post.role_name).join(Unit))
    return [{"单位": unit, "岗位": role, "岗位名称": name} for unit, role, name in found]


def _people() -> list[dict[str, str]]:
    held: dict[int, list[str]] = {}
    for user_id, key in session.execute(select(PostHolder.user_id, PostHolder.post_key)):
        held.setdefault(user_id, []).append(key.removeprefix("post:"))
    found = session.execute(select(User.id, User.username, User.name, User.disabled))
    return [
        {
            **{"用户名": row.username, "姓名": row.name},
            **{"岗位": "\n".join(held.get(row.id, ())), "状态": LEFT if row.disabled else SERVES},
        }
        for row in found
    ]
