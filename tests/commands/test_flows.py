"""`flask flow check`."""

from models import db
from operations.house.deployments import deploy
from tests.small_flow import FILES


def flow_folder(parent, name):
    folder = parent / name
    folder.mkdir()
    for file, content in FILES.items():
        (folder / file).write_bytes(content)
    return folder


def test_a_folder_of_flows_is_checked_folder_by_folder(app, flask, tmp_path):
    one = flow_folder(tmp_path, "one")
    flow_folder(tmp_path, "two")
    (tmp_path / "notes").mkdir()
    alone = flask("flow", "check", str(one))
    assert alone.output.startswith("small：")
    assert flask("flow", "check", str(tmp_path)).output == alone.output * 2


def test_a_folder_without_a_flow_is_said_to_have_none(app, flask, tmp_path):
    found = flask("flow", "check", str(tmp_path))
    assert found.output == "没有找到可以启动的流程。\n"
    assert found.exit_code == 1


def test_a_flow_that_is_refused_has_each_problem_on_a_line(app, flask, tmp_path):
    folder = flow_folder(tmp_path, "one")
    for name in ("F.sign.form.json", "F.extend.form.json"):
        (folder / name).unlink()
    refused = flask("flow", "deploy", str(folder))
    assert refused.exit_code == 1
    assert refused.output.startswith("没有成功：")
    assert [line.count("不存在") for line in refused.output.splitlines()] == [1, 1]


def test_a_file_that_cannot_be_read_is_refused_in_words(app, flask, tmp_path):
    folder = flow_folder(tmp_path, "one")
    (folder / "small.bpmn").write_text("no flow")
    assert flask("flow", "check", str(folder)).output.startswith("没有成功：")


def test_a_verb_that_is_mistyped_is_answered_in_chinese(app, flask, tmp_path):
    assert "打不开" in flask("flow", "check", str(tmp_path / "none")).output
    assert "没有“verfy”这个命令" in flask("history", "verfy").output


def test_a_database_without_tables_is_said_to_have_none(app, flask, tmp_path):
    db.drop_all()
    assert "请先运行 flask prepare" in flask("flow", "check", str(flow_folder(tmp_path, "one"))).output


def test_a_flow_is_retired_and_listed_as_such(app, flask):
    deploy("small", FILES)
    assert "停用" not in flask("flow", "list").output
    assert flask("flow", "retire", "small").exit_code == 2  # no reason
    assert flask("flow", "retire", "small", "--reason", "〔2026〕1号").output.startswith("已停用“")
    listed = flask("flow", "list").output.splitlines()
    assert listed[0].startswith("small 第1版：")
    assert listed[0].endswith("【已停用】")
    assert listed[1].endswith(" 命令行停用（〔2026〕1号）")
    refused = flask("flow", "retire", "small", "--reason", "再来")
    assert (refused.exit_code, "已经停用" in refused.stderr) == (1, True)
    assert flask("flow", "resume", "small", "--reason", "复用").exit_code == 0
    assert flask("parameter", "set", "flow.retired", '["nosuch"]').stderr.count("没有流程“nosuch”") == 1


def test_a_process_that_is_not_marked_executable_is_named(app, flask, tmp_path):
    folder = flow_folder(tmp_path, "one")
    off = FILES["small.bpmn"].replace(b'isExecutable="true"', b'isExecutable="false"')
    (folder / "off.bpmn").write_bytes(off.replace(b'process id="small" name="small"', b'process id="off" name="off"'))
    said = flask("flow", "check", str(folder))
    assert said.output.splitlines()[0] == "one：提示：流程“off”没有勾选“可执行”（isExecutable），不会检查，也不会部署。"
    (folder / "small.bpmn").unlink()
    alone = flask("flow", "check", str(folder))
    assert alone.exit_code == 1
    assert "没有勾选“可执行”" in alone.output


def test_a_file_that_is_named_so_that_nothing_reads_it_is_told(app, flask, tmp_path):
    folder = flow_folder(tmp_path, "one")
    for name in ("lights.DMN", "F.handle.json", "README.md"):
        (folder / name).write_text("{}", encoding="utf-8")
    said = flask("flow", "check", str(folder)).output.splitlines()
    assert [line for line in said if "没有读" in line] == [
        "one：提示：文件“F.handle.json”没有读，文件名应以 .bpmn、.dmn 或 .form.json 结尾（小写）。",
        "one：提示：文件“lights.DMN”没有读，文件名应以 .bpmn、.dmn 或 .form.json 结尾（小写）。",
    ]
