"""An Excel file with units, posts, people and substitutions is taken over: looked at first, then all of it or nothing.

Each row goes through the same operation as the page for it, so that each rule is said once. Looking is doing it and
rolling back. What the file does not name stays as it is. The same file goes to both administrators: units and posts are
the one's, people and substitutions the other's (三员分立), and each reads their own sheets.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from errors import AlreadyChanged, AppError, InvalidForm, StorageUnavailable
from models import Identity, Post, Substitution, Unit, User, post_key, session, transactional
from operations.people import accounts, units
from operations.people.accounts import BadAccount
from operations.people.organisation_standing import (
    COLUMNS,
    LEFT,
    PEOPLE,
    POSTS,
    SERVES,
    SUBSTITUTIONS,
    UNITS,
    Key,
    key_of,
    posts_in,
    says_nothing_new,
    standing,
)
from operations.people.passwords import random_password
from operations.people.substitution import period, set_substitution
from operations.people.substitution import told as told_of_substitution
from operations.people.units import KINDS, add_post, add_unit, change_unit, told
from operations.people.users import hash_password
from papers.sheets import BadSheets, Line, read_sheets
from reference.people import post_name, post_names

PERMISSION = {UNITS: "administer", POSTS: "administer", PEOPLE: "accounts", SUBSTITUTIONS: "accounts"}
MOST_NEW = 200  # people: making up and hashing a password takes long on purpose
LABELS = {
    **{"code": "代号", "name": "名称", "parent": "上级单位", "kind": "类别", "role": "岗位", "new_role": "岗位"},
    **{"new_name": "岗位名称", "holder": "代谁", "person": "由谁代理", "since": "从", "until": "到"},
}
KIND_OF_CHANGE = {"名称": "改名", "上级单位": "移动"}

Book = Mapping[str, Sequence[Line]]
Row = tuple[str, Line, int]  # sheet, row, the row before that is about the same or 0
Told = list[tuple[str, str]]  # kind of change, sentence


@dataclass(frozen=True)
class Change:
    sheet: str
    row: int  # as Excel counts
    kind: str
    words: str


@dataclass(frozen=True)
class Refused:
    sheet: str
    row: int
    why: str


@dataclass
class Outcome:
    """What a file changes, and the rows that cannot be. `passwords` are those made up for people, by username; `unread`
    the sheets that are another administrator's.
    """

    changes: list[Change] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    passwords: Mapping[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr((self.changes, self.refused)).encode()).hexdigest()


def read_book(content: bytes) -> dict[str, list[Line]]:
    """The sheets of ours in it. Raises BadSheets, also for one without a column that is read."""
    book = {name: lines for name, lines in read_sheets(content).items() if name in COLUMNS}
    if not book:
        raise BadSheets(f"没有找到“{'”“'.join(COLUMNS)}”中的任何一张表，请用导出的文件或模板填写。")
    for name, lines in book.items():
        lacking = [column for column in COLUMNS[name] if lines and column not in lines[0].texts]
        if lacking:
            raise BadSheets(f"“{name}”表缺少这些列：{'、'.join(lacking)}。请用导出的文件或模板填写。")
    return book


def look_at(book: Book, *, by: Identity) -> Outcome:
    """What taking it over would change; nothing is written. Raises BadSheets."""
    _new_people(book, by)
    return _run(*_to_do(book, by), {}, by, seen="")


def take_over(book: Book, seen: str, *, by: Identity) -> Outcome:
    """All that look_at() said, whose digest is `seen`, in one transaction.

    Raises AlreadyChanged when the file would now change something else, and for one with refused rows; BadSheets.
    """
    passwords = {username: random_password() for username in _new_people(book, by)}
    hashes = {username: hash_password(password) for username, password in passwords.items()}
    outcome = _run(*_to_do(book, by), hashes, by, seen)
    outcome.passwords = passwords
    return outcome


def _to_do(book: Book, by: Identity) -> tuple[list[Row], list[str]]:
    """The rows that say something new, in the order they are taken, and the sheets that are another's. Before the
    transaction: a county of thousands goes through it, and on SQLite everybody else would wait.
    """
    unread = [sheet for sheet in book if not by.can(PERMISSION[sheet])]
    rows = standing()
    todo = [
        (sheet, line, twice)
        for sheet in COLUMNS
        if sheet not in unread
        for line, twice in _in_order(sheet, book.get(sheet, ()))
        if twice or not says_nothing_new(rows, sheet, line.texts)
    ]
    return todo, unread


@transactional
def _run(todo: Sequence[Row], unread: list[str], hashes: Mapping[str, str], by: Identity, seen: str) -> Outcome:
    outcome = Outcome(unread=unread)
    for sheet, line, twice in todo:
        try:
            if twice:
                raise InvalidForm({"": f"与第{twice}行重复。"})
            with session.begin_nested():
                changes = TAKE[sheet](line.texts, hashes, by)
        except (StorageUnavailable, AlreadyChanged):
            raise
        except AppError as error:
            outcome.refused.append(Refused(sheet, line.number, _why(error)))
        else:
            outcome.changes += [Change(sheet, line.number, kind, words) for kind, words in changes]
    if not seen:
        session.rollback()
    elif outcome.refused or outcome.digest != seen:
        raise AlreadyChanged(
            "核对以后组织有了变动（也可能是这份文件已经导入），这一次没有导入；请看组织页，要导入的重新上传、核对。"
        )
    return outcome


def _why(error: AppError) -> str:
    if isinstance(error, InvalidForm):
        named = ((LABELS.get(key, ""), text) for key, text in error.problems.items())
        return "；".join(f"{label}：{text}" if label else text for label, text in named)
    return str(error)


def _in_order(sheet: str, lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Each row, and the row that already says something of the same, or 0. Units come after the one they stand under,
    should the file have it.
    """
    first: dict[Key, int] = {}
    for line in _parents_first(lines) if sheet == UNITS else lines:
        key = key_of(sheet, line.texts)
        yield line, first.get(key, 0)
        first.setdefault(key, line.number)


def _parents_first(lines: Sequence[Line]) -> Iterator[Line]:
    todo = list(lines)
    while todo:
        later = {line.texts["代号"] for line in todo}
        ready = [line for line in todo if line.texts["上级单位"] not in later - {line.texts["代号"]}]
        yield from ready or todo  # a circle: the operation says so
        done = {line.number for line in ready or todo}
        todo = [line for line in todo if line.number not in done]


def _new_people(book: Book, by: Identity) -> list[str]:
    lines = book.get(PEOPLE, ()) if by.can(PERMISSION[PEOPLE]) else ()
    named = {line.texts["用户名"] for line in lines}
    new = sorted(named - set(session.scalars(select(User.username))))
    if len(new) > MOST_NEW:
        raise BadSheets(f"一次最多新增{MOST_NEW}人，文件里有{len(new)}人；请分成几个文件。")
    return new


def _take_unit(texts: Mapping[str, str], _hashes: Mapping[str, str], by: Identity) -> Told:
    code, handles = texts["代号"], texts["承办事项"]
    if handles not in ("是", "否"):
        raise InvalidForm({"": "承办事项应填“是”或“否”。"})
    kind = next((key for key, name in KINDS.items() if name == texts["类别"]), texts["类别"])
    values = {"name": texts["名称"], "parent": texts["上级单位"], "kind": kind}
    values |= {"handles_cases": "true"} if handles == "是" else {}
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        made = add_unit({"code": code} | values, by=by)
        return [("新增", f"新增单位{made.name}（{code}），上级单位：{told(made)['上级单位']}")]
    above = session.get(Unit, unit.parent_id) if unit.parent_id else None
    same = (unit.name, above.code if above else "", unit.kind, unit.handles_cases)
    if same == (texts["名称"], texts["上级单位"], kind, handles == "是"):
        return []
    before = told(unit)
    after = told(change_unit(code, values, by=by))
    return [
        (KIND_OF_CHANGE.get(label, "修改"), f"{before['名称']}：{label}“{was}”改为“{after[label]}”")
        for label, was in before.items()
        if after[label] != was
    ]


def _take_post(texts: Mapping[str, str], _hashes: Mapping[str, str], by: Identity) -> Told:
    unit, role, name = (texts[column] for column in COLUMNS[POSTS])
    post = session.get(Post, post_key(unit, role))
    named = select(Post.role_name).where(Post.role == role).order_by(Post.key).limit(1)
    known = post.role_name if post else session.scalar(named)
    if known and name not in ("", known):
        raise InvalidForm({"new_name": f"代号“{role}”的岗位叫“{known}”；岗位的名称不在这里改。"})
    if post:
        return []
    new = {"role": units.ANOTHER, "new_role": role, "new_name": name}
    made = add_post(unit, {"role": role} if known else new, by=by)
    return [("新增", f"设岗：{made.unit.name}{made.role_name}（{unit}:{role}）")]


def _take_person(texts: Mapping[str, str], hashes: Mapping[str, str], by: Identity) -> Told:
    username, name, posts, state = (texts[column] for column in COLUMNS[PEOPLE])
    if state not in ("", SERVES, LEFT):
        raise InvalidForm({"": f"状态应填“{SERVES}”或“{LEFT}”。"})
    wanted = posts_in(posts)
    user = session.scalar(select(User).where(User.username == username))
    if user is None:
        if state == LEFT:
            raise BadAccount(f"没有用户名为“{username}”的人员，不能停用。")
        made = accounts.take_on(username, name, wanted, password_hash=hashes.get(username, ""), by=by)
        held = "、".join(sorted(post_names(post.key for post in made.posts).values())) or "没有岗位"
        return [("新增", f"添加人员{made.name}（{username}）：{held}")]
    return [*_rename(user, name, by), *_posts_of(user, wanted, by), *_serving(user, state, by)]


def _rename(user: User, name: str, by: Identity) -> Told:
    old = user.name
    if name == old:
        return []
    return [("改名", f"{old}（{user.username}）改名为{accounts.rename_user(user.username, name, by=by).name}")]


def _posts_of(user: User, wanted: set[str], by: Identity) -> Told:
    """All posts that they hold afterwards."""
    held = {post.key.removeprefix("post:") for post in user.posts}
    told_: Told = []
    for post in sorted(wanted - held):
        accounts.give_post(user.username, post, by=by)
        told_.append(("任职", f"{user.name}（{user.username}）担任{post_name(f'post:{post}')}"))
    for post in sorted(held - wanted):
        _, _, tasks = accounts.take_post(user.username, post, by=by)
        words = f"{user.name}（{user.username}）不再担任{post_name(f'post:{post}')}{_given_back(tasks)}"
        told_.append(("免去", words))
    return told_


def _serving(user: User, state: str, by: Identity) -> Told:
    if state == LEFT and not user.disabled:
        tasks = accounts.disable_user(user.username, by=by)
        return [("停用", f"{user.name}（{user.username}）停用{_given_back(tasks)}")]
    if state == SERVES and user.disabled:
        return [("启用", f"{accounts.enable_user(user.username, by=by).name}（{user.username}）启用")]
    return []


def _given_back(tasks: int) -> str:
    return f"，认领的{tasks}件任务放回岗位" if tasks else ""


def _take_substitution(texts: Mapping[str, str], _hashes: Mapping[str, str], by: Identity) -> Told:
    post, holder, person, since, until = (texts[column] for column in COLUMNS[SUBSTITUTIONS])
    ids = dict(iter(session.execute(select(User.username, User.id).where(User.username.in_((holder, person))))))
    here = Substitution.post_key == f"post:{post}"
    theirs = (Substitution.holder_id == ids.get(holder)) & (Substitution.user_id == ids.get(person))
    known = session.scalars(select(Substitution).where(here, theirs, ~Substitution.is_over))
    if any(period(row.from_at, row.to_at) == f"{since} 至 {until}" for row in known):
        return []
    values = {"holder": str(ids.get(holder, "")), "person": person, "since": since, "until": until}
    row = set_substitution(post, values, by=by)
    return [("代理", f"{told_of_substitution(row)}，{period(row.from_at, row.to_at)}")]


TAKE: Mapping[str, Callable[[Mapping[str, str], Mapping[str, str], Identity], Told]] = {
    UNITS: _take_unit,
    POSTS: _take_post,
    PEOPLE: _take_person,
    SUBSTITUTIONS: _take_substitution,
}
