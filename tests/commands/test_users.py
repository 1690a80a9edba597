"""`flask user …` (S-01)."""

import pytest
from sqlalchemy import select

from errors import NotAllowed
from models import SYSTEM, HistoryEvent, Identity, Task, User, session
from operations.acts.tasks import claim_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.people.accounts import add_user, disable_user, enable_user, give_post, set_password
from operations.people.administrators import appoint
from operations.people.users import sign_in
from reference.people import identity_of
from tests.databases import PASSWORD
from tests.faults.together import at_once
from tests.people import holder_of
from tests.small_flow import FILES

GOOD = "Guan-li-2026"


def told(output: str) -> str:
    return output.strip().rpartition("：")[2]


def test_a_new_person_signs_in_with_the_password_that_was_shown(flask):
    result = flask("user", "add", "xiaowang", "小王", "--post", "tax:liaison", "--post", "tax:handler")
    assert result.exit_code == 0
    assert "县税务局联络员" in result.output
    me = sign_in("xiaowang", told(result.output))
    assert me.post_keys == {"post:tax:liaison", "post:tax:handler"}
    assert not me.can("manage")


def test_an_administrator_can_be_added_with_a_password_of_ones_own(flask):
    result = flask("user", "add", "guanli2", "二号", "--administrator", "system", "--password-stdin", stdin=f"{GOOD}\n")
    assert GOOD not in result.output
    assert sign_in("guanli2", GOOD).can("administer")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ziran", "某人"], "已有用户名"),
        (["x", "某人"], "用户名“x”"),
        (["xiaowang", " "], "姓名"),
        (["xiaowang", "某人", "--post", "tax:king"], "没有岗位“tax:king”"),
    ],
)
def test_what_cannot_be_added_is_refused_in_words(flask, arguments, words):
    result = flask("user", "add", *arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert session.query(User).filter_by(username="xiaowang").count() == 0


@pytest.mark.parametrize(
    ("weak", "words"), [("Ab1-", "至少10位"), ("abcdefgh1234", "三种"), ("ABCDEFGHIJKL", "三种"), ("", "没有密码")]
)
def test_a_weak_password_is_refused_in_words(flask, weak, words):  # sec.pwd_min_len
    for verb in (["add", "xiaowang", "小王"], ["password", "ziran"]):
        result = flask("user", *verb, "--password-stdin", stdin=f"{weak}\n")
        assert (result.exit_code, words in result.output) == (1, True)
    assert sign_in("ziran", PASSWORD)


def test_the_length_is_a_parameter(flask):
    flask("parameter", "set", "sec.pwd_min_len", 20)
    assert flask("user", "password", "ziran", "--password-stdin", stdin=f"{GOOD}\n").exit_code == 1
    assert len(told(flask("user", "password", "ziran").output)) >= 20


def test_a_new_password_ends_the_old_one_and_a_lock(flask):
    for _ in range(5):
        with pytest.raises(NotAllowed):
            sign_in("ziran", "wrong")
    new = told(flask("user", "password", "ziran").output)
    assert sign_in("ziran", new)
    with pytest.raises(NotAllowed):
        sign_in("ziran", PASSWORD)


def test_somebody_disabled_leaves_no_task_behind_in_their_own_inbox(flask):
    deploy("small", FILES)
    start_process("small", {}, by=SYSTEM)
    task = session.query(Task).one()
    claim_task(task.id, by=identity_of(session.query(User).filter_by(username="ziran").one()))
    result = flask("user", "disable", "ziran")
    assert "1 个已认领的任务放回岗位" in result.output
    with pytest.raises(NotAllowed):
        sign_in("ziran", PASSWORD)
    session.expire_all()
    assert (session.query(Task).one().inbox_key, session.query(Task).one().claimed_by) == (task.post, None)
    last = session.query(HistoryEvent).order_by(HistoryEvent.revision.desc()).first()
    assert (last.kind, last.actor) == ("given_back", "命令行")


def test_somebody_disabled_can_be_let_in_again(flask):
    flask("user", "disable", "ziran")
    assert flask("user", "enable", "ziran").exit_code == 0
    assert sign_in("ziran", PASSWORD)


@pytest.mark.parametrize("verb", ["password", "disable", "enable"])
def test_nobody_of_that_name_is_told(flask, verb):
    result = flask("user", verb, "nobody")
    assert result.exit_code == 1
    assert "没有用户名为“nobody”的人员" in result.output


@pytest.mark.parametrize("post", ["task_force:head", "natural_resources:leader"])
def test_only_administrators_manage_people(county, post):
    me = holder_of(post)
    for attempt in (
        lambda: add_user("xiaowang", "小王", [], password=GOOD, by=me),
        lambda: set_password("guanli", GOOD, by=me),
        lambda: disable_user("guanli", by=me),
        lambda: enable_user("guanli", by=me),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_post_is_given_and_taken_and_both_are_remembered(flask):
    flask("user", "add", "xiaowang", "小王", "--post", "tax:liaison")
    given = flask("user", "post", "add", "xiaowang", "tax:handler")
    assert "xiaowang（小王）担任县税务局经办人" in given.output
    taken = flask("user", "post", "remove", "xiaowang", "tax:liaison")
    assert "xiaowang（小王）不再担任县税务局联络员。" in taken.output
    user = session.scalars(select(User).where(User.username == "xiaowang")).one()
    assert identity_of(user).post_keys == {"post:tax:handler"}
    lines = flask("user", "post", "history", "xiaowang").output.splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == [
        "命令行给予县税务局联络员",  # the post that the person was added with
        "命令行给予县税务局经办人",
        "命令行收回县税务局联络员",
    ]


def test_what_was_claimed_of_a_post_goes_back_to_it_when_it_is_taken(flask):
    deploy("small", FILES)
    instance = start_process("small", {}, by=SYSTEM).instance
    task = session.scalars(select(Task).where(Task.instance_id == instance.id)).one()
    ziran = session.scalars(select(User).where(User.username == "ziran")).one()
    claim_task(task.id, by=identity_of(ziran))
    result = flask("user", "post", "remove", "ziran", "natural_resources:liaison")
    assert "1 个已认领的任务放回岗位" in result.output
    session.expire_all()
    assert not session.get_one(Task, task.id).is_claimed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "nobody", "tax:liaison"], "没有用户名为“nobody”"),
        (["add", "ziran", "tax:king"], "没有岗位“tax:king”"),
        (["add", "ziran", "natural_resources:liaison"], "已经担任县自然资源局联络员"),
        (["remove", "ziran", "tax:liaison"], "没有担任县税务局联络员"),
    ],
)
def test_a_post_that_cannot_be_given_or_taken_is_refused_in_words(flask, arguments, words):
    result = flask("user", "post", *arguments)
    assert result.exit_code == 1
    assert words in result.stderr


def test_only_an_administrator_gives_posts(county):
    with pytest.raises(NotAllowed):
        give_post("ziran", "tax:liaison", by=holder_of("natural_resources:liaison"))


def test_the_only_administrator_cannot_be_disabled(flask):
    refused = flask("user", "disable", "guanli")
    assert refused.exit_code == 1
    assert "guanli是唯一在用的系统管理员" in refused.stderr
    assert sign_in("guanli", PASSWORD)
    flask("user", "add", "guanli2", "二号", "--administrator", "system")
    assert flask("user", "disable", "guanli").exit_code == 0
    assert flask("user", "disable", "guanli2").exit_code == 1


def test_of_two_administrators_disabled_at_once_one_stays(flask):
    flask("user", "add", "guanli2", "二号", "--administrator", "system")
    me = admin_named("anquan")
    answers = at_once(lambda: disable_user("guanli", by=me), lambda: disable_user("guanli2", by=me))
    assert sorted(type(answer).__name__ for answer in answers) == ["NotAllowed", "int"]
    assert session.query(User).filter_by(administrator="system", disabled=False).count() == 1


def test_a_fresh_installation_gets_its_three_administrators_by_command(flask):  # S-01 三员分立
    assert "没有添加" in flask("user", "administrators").output
    for name in ("guanli", "anquan", "shenji"):
        session.query(User).filter_by(username=name).update({"disabled": True, "username": f"{name}.old"})
    session.commit()
    output = flask("user", "administrators").output
    made = dict(line.split()[1:] for line in output.splitlines() if line.startswith("  "))
    assert list(made) == ["xitong", "anquan", "shenji"]
    rights = ("administer", "accounts", "audit")
    held = [[right for right in rights if sign_in(name, word).can(right)] for name, word in made.items()]
    assert held == [["administer"], ["accounts"], ["audit"]]


def test_nobody_is_two_of_the_three_administrators_and_the_two_that_watch_hold_no_post(flask):  # S-01
    refused = flask("user", "appoint", "guanli", "security")
    assert (refused.exit_code, "已是系统管理员，一人不能兼任两员" in refused.stderr) == (1, True)
    for attempt in (("appoint", "ziran", "audit"), ("post", "add", "anquan", "tax:liaison")):
        assert "不办理业务，不能担任、代理岗位" in flask("user", *attempt).stderr
    assert "唯一在用的审计管理员" in flask("user", "dismiss", "shenji").stderr
    flask("user", "add", "xin", "新人")
    assert flask("user", "appoint", "xin", "audit").exit_code == 0
    assert flask("user", "dismiss", "shenji").exit_code == 0
    assert not sign_in("shenji", PASSWORD).can("audit")


def test_on_the_pages_nobody_makes_an_administrator_or_takes_their_password(county):  # S-01
    me = admin_named("anquan")
    for attempt in (
        lambda: add_user("xin", "新人", [], password=GOOD, by=me, administrator="system"),
        lambda: appoint("ziran", "system", by=me),
        lambda: set_password("shenji", GOOD, by=me),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def admin_named(username: str) -> Identity:
    return identity_of(session.scalars(select(User).where(User.username == username)).one())
