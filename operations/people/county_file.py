"""A county file, such as seeds/demo_county.json: roles, units with their posts, people. Checked before it is taken."""

import re
from collections.abc import Iterator
from typing import Any

from errors import AppError
from models import UNIT_KINDS, USUAL_KIND
from reference.people import ADMINISTRATORS

_KINDS = "、".join(f"{key}（{name}）" for key, name in ADMINISTRATORS.items())
CODE = re.compile(r"[a-z][a-z0-9_]*")


class BadCountyFile(AppError):
    """组织文件有误。"""


def check_county(county: Any) -> None:
    """Raises BadCountyFile with everything that is wrong."""
    try:
        problems = list(_problems(county))
    except (AttributeError, KeyError, TypeError) as error:
        raise BadCountyFile("组织文件的内容与 seeds/demo_county.json 的格式不一致。") from error
    if problems:
        raise BadCountyFile("组织文件有误：\n" + "\n".join(f"  {problem}" for problem in problems))


def _problems(county: dict[str, Any]) -> Iterator[str]:
    roles, posts, codes = county["roles"], set(), set()
    for role in roles:
        if not CODE.fullmatch(role):
            yield f"角色代号“{role}”应由小写字母、数字和下划线组成。"
    for unit in county["units"]:
        code = unit["code"]
        if not CODE.fullmatch(code):
            yield f"单位代号“{code}”应由小写字母、数字和下划线组成。"
        if code in codes:
            yield f"单位“{code}”写了两次。"
        if not unit.get("name"):
            yield f"单位“{code}”没有名称。"
        if not isinstance(unit.get("handles_cases", True), bool):
            yield f"单位“{code}”的 handles_cases 应为 true 或 false。"
        if unit.get("kind", USUAL_KIND) not in UNIT_KINDS:
            yield f"单位“{code}”的 kind 应为 {'、'.join(UNIT_KINDS)} 之一。"
        if (parent := unit.get("parent")) and parent not in codes:
            yield f"单位“{code}”的上级“{parent}”没有写在它前面。"
        for role in unit.get("posts", ()):
            if role not in roles:
                yield f"单位“{code}”的岗位“{role}”没有写在 roles 里。"
        codes.add(code)
        posts |= {f"{code}:{role}" for role in unit.get("posts", ())}
    yield from _problems_of_people(county.get("people", ()), posts)


def _problems_of_people(people: list[dict[str, Any]], posts: set[str]) -> Iterator[str]:
    seen: set[str] = set()
    for person in people:
        username = person["username"]
        if username in seen:
            yield f"用户名“{username}”写了两次。"
        if "password" in person:
            yield f"“{username}”写了密码；文件里不写密码，装入时会生成。"
        if "admin" in person:
            yield f"“{username}”的 admin 现在写作 administrator：{_KINDS}。"
        if person.get("administrator", "") not in ("", *ADMINISTRATORS):
            yield f"“{username}”的 administrator 应为 {_KINDS} 之一。"
        for post in person.get("posts", ()):
            if post not in posts:
                yield f"“{username}”的岗位“{post}”不在文件的单位里。"
        seen.add(username)
