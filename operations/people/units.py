"""Units and posts, one at a time: add, rename, move, set up a post. A county file does the same with many at once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from engine.feel import compile_expression
from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, NotAllowed, NotFound
from models import USUAL_KIND, Identity, Post, Unit, beneath, post_key, session, transactional
from operations.people.county_file import CODE
from operations.people.organisation_log import note_change
from reference.counties import county_of

KINDS = {"department": "部门", "township": "乡镇、街道", "park": "园区"}
ANOTHER = "another"  # no code of a role begins so: it is chosen to write a new one
_ABOUT = (
    Field("name", "textfield", "名称", required=True, max_length=100),
    Field("parent", "select", "上级单位", choices_key="parents"),
    Field(
        "kind",
        "radio",
        "类别",
        required=True,
        default=USUAL_KIND,
        choices=tuple(Choice(value, label) for value, label in KINDS.items()),
    ),
    Field("handles_cases", "checkbox", "承办事项（派单时可以选它）", default=True),
)
_HOW = "小写字母开头，只用小写字母、数字、下划线。"
_CODE = Field("code", "textfield", "代号", f"{_HOW}流程图用它，定了不改。", required=True, max_length=60)


def _of_new_role(key: str, label: str, longest: int, how: str = "") -> Field:
    return Field(
        key,
        "textfield",
        label,
        how,
        required=True,
        max_length=longest,
        hide=f'role != "{ANOTHER}"',
        visible_when=compile_expression(f'role = "{ANOTHER}"').tree(),
    )


NEW_UNIT = Form("new_unit", "新增单位", (_CODE, *_ABOUT), {})
CHANGE_UNIT = Form("change_unit", "修改单位", _ABOUT, {})
NEW_POST = Form(
    "new_post",
    "设岗",
    (
        Field("role", "select", "岗位", required=True, choices_key="roles"),
        _of_new_role("new_role", "新岗位的代号", 60, _HOW),
        _of_new_role("new_name", "新岗位的名称", 40),
    ),
    {},
)


@transactional
def add_unit(values: Mapping[str, Any], *, by: Identity) -> Unit:
    """A new unit under `values["parent"]`; without one it is the top of a county. Raises NotAllowed, InvalidForm."""
    _require_administrator(by)
    given = clean(NEW_UNIT, values, {"parents": parents_for(None)})
    if not CODE.fullmatch(given["code"]):
        raise InvalidForm({"code": "代号应以小写字母开头，由小写字母、数字和下划线组成。"})
    if session.scalar(select(Unit.id).where(Unit.code == given["code"])) is not None:
        raise InvalidForm({"code": f"代号“{given['code']}”已经有单位用了。"})
    unit = put_unit(None, given["code"], given["name"], given["parent"], given["kind"], bool(given["handles_cases"]))
    note_change(f"新增单位{unit.name}（{unit.code}）", by, unit=unit)
    return unit


@transactional
def change_unit(code: str, values: Mapping[str, Any], *, by: Identity) -> Unit:
    """Rename a unit, move it within its county, say what it is. Raises NotAllowed, NotFound, InvalidForm."""
    _require_administrator(by)
    # One move at a time: of two at once each could put its unit under the other.
    session.execute(select(Unit.id).order_by(Unit.id).with_for_update(key_share=True))
    unit = unit_called(code)
    if unit.successor_id:
        raise NotAllowed(f"{unit.name}已经撤并，不再修改。")
    given = clean(CHANGE_UNIT, values, {"parents": parents_for(unit)})
    if not given["parent"] and unit.parent_id:
        raise InvalidForm({"parent": "请选择上级单位：没有上级，它就成了另一个县。"})
    before = told(unit)
    put_unit(unit, code, given["name"], given["parent"], given["kind"], bool(given["handles_cases"]))
    pairs = zip(before.items(), told(unit).values(), strict=True)
    if changes := [f"{label}“{was}”改为“{new}”" for (label, was), new in pairs if was != new]:
        note_change("；".join(changes), by, unit=unit)
    return unit


@transactional
def add_post(code: str, values: Mapping[str, Any], *, by: Identity) -> Post:
    """Set up a post in a unit, of a role that is known or a new one. Raises NotAllowed, NotFound, InvalidForm."""
    _require_administrator(by)
    unit = unit_called(code)
    if unit.successor_id:
        raise NotAllowed(f"{unit.name}已经撤并，不再设岗。")
    given = clean(NEW_POST, values, {"roles": roles_for(unit)})
    role, name = _role(given)
    if session.get(Post, post_key(code, role)):
        raise InvalidForm({"new_role": f"{unit.name}已经有代号为“{role}”的岗位。"})
    post = put_post(unit, role, name)
    note_change(f"设岗：{name}（{role}）", by, unit=unit)
    return post


def put_unit(unit: Unit | None, code: str, name: str, parent: str | None, kind: str, handles_cases: bool) -> Unit:
    """The row. For callers that have a transaction and have checked who asks. What is abolished handles no cases."""
    above = session.scalar(select(Unit).where(Unit.code == parent)) if parent else None
    unit = unit or Unit(code=code)
    unit.name, unit.kind, unit.parent_id = name, kind, above.id if above else None
    unit.handles_cases = handles_cases and unit.successor_id is None
    session.add(unit)
    session.flush()
    return unit


def put_post(unit: Unit, role: str, name: str) -> Post:
    """The row, as put_unit()."""
    post = session.get(Post, post_key(unit.code, role))
    if post is None:
        post = Post(key=post_key(unit.code, role), unit_id=unit.id, role=role)
        session.add(post)
    post.role_name = name
    session.flush()
    return post


def parents_for(unit: Unit | None) -> list[Choice]:
    """Units that one may stand under: for a new one all that serve; else those of its county, none beneath itself. The
    top of a county stays that: moved, its whole county would see another's cases.
    """
    which: ColumnElement[bool] = Unit.successor_id.is_(None)
    if unit and unit.parent_id is None:
        return []
    if unit:
        which &= Unit.code.in_(county_of([unit.code])) & Unit.code.not_in(_beneath(unit))
    rows = session.execute(select(Unit.code, Unit.name).where(which).order_by(Unit.name, Unit.code))
    return [Choice(row.code, f"{row.name}（{row.code}）") for row in rows]


def roles_for(unit: Unit) -> list[Choice]:
    """Roles that posts have anywhere and none has in this unit, and the way to a new one."""
    taken = select(Post.role).where(Post.unit_id == unit.id)
    known = select(Post.role, Post.role_name).where(Post.role.not_in(taken)).distinct()
    names: dict[str, list[str]] = {}
    for role, name in session.execute(known.order_by(Post.role, Post.role_name)):
        names.setdefault(role, []).append(name)
    return [
        *(Choice(role, f"{'、'.join(found)}（{role}）") for role, found in names.items()),
        Choice(ANOTHER, "其他岗位……"),
    ]


def unit_called(code: str) -> Unit:
    """Raises NotFound."""
    unit = session.scalar(select(Unit).where(Unit.code == code).execution_options(populate_existing=True))
    if unit is None:
        raise NotFound(f"没有代号为“{code}”的单位。")
    return unit


def _beneath(unit: Unit) -> Select[Any]:
    return beneath(select(Unit.__table__.c.id, Unit.__table__.c.code).where(Unit.__table__.c.id == unit.id))


def _role(given: Mapping[str, Any]) -> tuple[str, str]:
    """Code and name. A role is called the same in all units that have it, by the name most of them use."""
    role = given["role"]
    if role != ANOTHER:
        return role, session.scalars(select(Post.role_name).where(Post.role == role).order_by(Post.key)).first() or role
    if not CODE.fullmatch(given["new_role"]) or given["new_role"] == ANOTHER:
        raise InvalidForm({"new_role": "代号应以小写字母开头，由小写字母、数字和下划线组成。"})
    if name := session.scalars(select(Post.role_name).where(Post.role == given["new_role"])).first():
        raise InvalidForm({"new_role": f"代号“{given['new_role']}”已经是{name}，请在上面选它，或者另取一个代号。"})
    return given["new_role"], given["new_name"]


def told(unit: Unit) -> dict[str, str]:
    """What a unit is, in words by what they are about."""
    above = session.get(Unit, unit.parent_id) if unit.parent_id else None
    return {
        "名称": unit.name,
        "上级单位": above.name if above else "无",
        "类别": KINDS[unit.kind],
        "承办事项": "是" if unit.handles_cases else "否",
    }


def _require_administrator(by: Identity) -> None:
    if not by.can("administer"):
        raise NotAllowed("只有系统管理员可以管理单位和岗位。")
