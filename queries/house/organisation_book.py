"""The organisation as an Excel file, to keep, to fill in and to bring back (operations/people/organisation_book.py)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models import Post, Substitution, Unit, User, now, session
from operations.people.organisation_standing import COLUMNS, LEFT, PEOPLE, POSTS, SERVES, SUBSTITUTIONS, UNITS
from operations.people.substitution import period, told
from operations.people.units import KINDS
from papers.sheets import Sheet, write_sheets
from reference.people import post_names

#: Columns that only say in words what the others say in codes.
TO_READ = {UNITS: ("备注",), POSTS: ("单位名称",), PEOPLE: ("岗位名称",), SUBSTITUTIONS: ("说明",)}
WIDTHS = {
    UNITS: (24, 34, 24, 14, 10, 30),
    POSTS: (24, 20, 20, 34),
    PEOPLE: (18, 16, 40, 8, 50),
    SUBSTITUTIONS: (34, 16, 16, 14, 14, 50),
}
HOW = (
    "先导出（或用空模板），改好后在同一页上传；先列出会有哪些变动，确认以后才导入，要么全部导入，要么一项也不改。",
    "单位、岗位两张表由系统管理员导入，人员、代理两张表由安全管理员导入；同一个文件两人各导入一次，先单位、岗位。",
    "文件里没有写的单位、岗位、人员、代理都不变；什么都不删除。",
    "“备注”“单位名称”“岗位名称”（人员表）“说明”各列只供查看，导入时不读。",
    "单位：代号定了不改；上级单位写代号，不写的是一个县的最上级；"
    + f"类别写{'、'.join(f'“{name}”' for name in KINDS.values())}；承办事项写“是”或“否”。撤并单位用命令。",
    "岗位：单位写代号；代号是已有岗位的，岗位名称可以不写。没有写的岗位不撤。",
    "人员：岗位写“单位代号:岗位代号”，几个岗位每行写一个，写的就是他的全部岗位，没有写的免去；"
    + f"状态写“{SERVES}”或“{LEFT}”。新增的人员，初始密码在导入以后的页上显示一次。",
    "代理：人员写用户名，日期写作 2026-03-12，到的那一天也算。提前结束代理在单位页上办。",
    "以 = + - @ 开头的文字前面有一个 '，使它不被当成公式；导入时会去掉。",
)


def organisation_file() -> bytes:
    """All units, posts, people and the substitutions that are not over."""
    return _book({UNITS: _units(), POSTS: _posts(), PEOPLE: _people(), SUBSTITUTIONS: _substitutions()})


def empty_template() -> bytes:
    return _book({})


def _book(rows: dict[str, Iterable[Sequence[str]]]) -> bytes:
    sheets = [Sheet(name, [*COLUMNS[name], *TO_READ[name]], rows.get(name, ()), WIDTHS[name]) for name in COLUMNS]
    return write_sheets([*sheets, Sheet("填写说明", ["填写说明"], [[line] for line in HOW], [100])])


def _units() -> list[list[str]]:
    above, heir = aliased(Unit), aliased(Unit)
    found = select(Unit, above.code, heir.name).outerjoin(above, above.id == Unit.parent_id)
    found = found.outerjoin(heir, heir.id == Unit.successor_id).order_by(Unit.id)
    return [
        [
            *(unit.code, unit.name, parent or "", KINDS[unit.kind], "是" if unit.handles_cases else "否"),
            f"已撤并，由{successor}承接" if successor else "",
        ]
        for unit, parent, successor in session.execute(found)
    ]


def _posts() -> list[list[str]]:
    found = select(Unit.code, Post.role, Post.role_name, Unit.name).join(Unit).order_by(Unit.id, Post.role)
    return [list(row) for row in session.execute(found)]


def _people() -> list[list[str]]:
    names = post_names(session.scalars(select(Post.key)))
    rows = []
    for user in session.scalars(select(User).order_by(User.username)):
        keys = sorted(post.key for post in user.posts)
        posts, words = "\n".join(key.removeprefix("post:") for key in keys), "\n".join(names[key] for key in keys)
        rows.append([user.username, user.name, posts, LEFT if user.disabled else SERVES, words])
    return rows


def _substitutions() -> list[list[str]]:
    holder, user = aliased(User), aliased(User)
    found = select(Substitution, holder.username, user.username)
    found = found.join(holder, holder.id == Substitution.holder_id).join(user, user.id == Substitution.user_id)
    found = found.where(~Substitution.is_over, Substitution.to_at > now()).order_by(Substitution.id)
    return [
        [row.post_key.removeprefix("post:"), instead_of, who, *period(row.from_at, row.to_at).split(" 至 "), told(row)]
        for row, instead_of, who in session.execute(found)
    ]
