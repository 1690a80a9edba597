"""`flask organisation load`."""

import re
from copy import deepcopy

import pytest

from app import create_app
from models import Post, Unit, User, db, session
from operations.house.deployments import deploy
from operations.people.users import sign_in
from tests.engine.diagrams import diagram, end, start, user

COUNTY = {
    "roles": {"liaison": "联络员", "operator": "运维人员"},
    "units": [
        {"code": "water", "name": "县水利局", "handles_cases": True, "posts": ["liaison"]},
        {"code": "pumps", "name": "泵站", "parent": "water", "handles_cases": False, "posts": ["liaison"]},
    ],
    "people": [
        {"username": "shuili", "name": "江河", "posts": ["water:liaison"]},
        {"username": "guan", "name": "管理", "administrator": "system", "posts": []},
    ],
}


def changed(**parts: object) -> dict:
    return deepcopy(COUNTY) | parts


def passwords(output: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\S+)  (\S+)$", output, re.MULTILINE))


def test_people_get_passwords_that_are_shown_once_and_open_the_door(flask, write):  # S-01
    result = flask("organisation", "load", write(COUNTY))
    assert result.exit_code == 0
    assert "新增单位 2 个、岗位 2 个、人员 2 名" in result.output
    made_up = passwords(result.output)
    assert len(set(made_up.values())) == 2
    assert sign_in("shuili", made_up["shuili"]).unit_name == "县水利局"
    assert sign_in("guan", made_up["guan"]).can("manage")
    assert "还没有人的岗位：泵站联络员（pumps:liaison）" in result.output


def test_loading_again_adds_what_is_new_and_leaves_people_alone(flask, write):
    made_up = passwords(flask("organisation", "load", write(COUNTY)).output)
    more = deepcopy(COUNTY)
    more["units"][0]["name"] = "县水利和湖泊局"
    more["units"][1]["posts"].append("operator")
    more["people"].append({"username": "xinren", "name": "新人", "posts": ["pumps:operator"]})
    result = flask("organisation", "load", write(more))
    assert "新增单位 0 个、岗位 1 个、人员 1 名" in result.output
    assert list(passwords(result.output)) == ["xinren"]
    assert sign_in("shuili", made_up["shuili"]).unit_name == "县水利和湖泊局"


def test_one_password_for_all_can_be_given(flask, write):
    result = flask("organisation", "load", write(COUNTY), "--password-stdin", stdin="Xian-2026-shuili\n")
    assert passwords(result.output) == {}
    assert "Xian-2026-shuili" not in result.output
    assert sign_in("shuili", "Xian-2026-shuili")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "不是有效的 JSON"),
        (changed(roles={}), "没有写在 roles 里"),
        (changed(people=[{"username": "a b", "name": "甲"}]), "用户名“a b”"),
        (changed(people=[{"username": "a1", "name": " "}]), "姓名"),
    ],
)
def test_a_file_that_is_wrong_is_told_in_words_and_changes_nothing(flask, write, content, words):
    before = [session.query(each).count() for each in (Unit, Post, User)]
    result = flask("organisation", "load", write(content))
    assert result.exit_code == 1
    assert words in result.output
    assert [session.query(each).count() for each in (Unit, Post, User)] == before


def test_abolishing_a_unit_says_which_posts_of_its_successor_nobody_holds(flask, write):  # XT-23
    flask("organisation", "load", write(COUNTY))
    result = flask("organisation", "abolish", "water", "--to", "pumps")
    assert (result.exit_code, "移交在办任务 0 件" in result.output) == (0, True)
    assert result.output.count("还没有人的岗位") == 1
    assert "还没有人的岗位：泵站联络员（pumps:liaison）" in result.output


def test_a_weak_password_is_refused(flask, write):  # sec.pwd_min_len
    result = flask("organisation", "load", write(COUNTY), "--password-stdin", stdin="short-1A\n")
    assert (result.exit_code, "至少10位" in result.output) == (1, True)
    assert session.query(Unit).filter_by(code="water").count() == 0


def test_a_database_without_tables_is_told_in_words(template, write):
    with template.empty() as url:
        app = create_app(DATABASE_URL=url, SECRET_KEY="test")
        result = app.test_cli_runner().invoke(args=["organisation", "load", str(write(COUNTY))])
        with app.app_context():
            db.engine.dispose()
    assert (result.exit_code, "flask prepare" in result.output) == (1, True)


def test_posts_that_the_flows_need_and_nobody_has_are_named(flask, write):  # P7
    head, boss = 'post("water", "head")', 'post(unit, "boss")'
    flow = diagram(
        "p",
        start(),
        user("A", candidates='post("water", "liaison")'),
        user("B", name="签批", candidates=head),
        user("C", name="再签", candidates=head),
        user("D", name="转办", candidates=boss),
        end(),
        flows="start A B C D end",
    )
    form = b'{"id": "F", "type": "default", "components": []}'
    elsewhere = diagram("q", start(), user("X", candidates='post("nowhere", "head")'), end(), flows="start X end")
    deploy("p", {"p.bpmn": flow, "F.form.json": form})
    deploy("q", {"q.bpmn": elsewhere, "F.form.json": form})  # of a county that is not here
    lines = flask("organisation", "load", write(COUNTY)).output.splitlines()
    assert [line for line in lines if line.startswith("流程要用")] == [
        "流程要用、组织里没有的岗位：boss（各单位都没有）：“p”「转办」（D） 的办理岗位",
        "流程要用、组织里没有的岗位：water:head：“p”「签批」（B） 的办理岗位等2处",
    ]
