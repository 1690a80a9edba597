"""`flask flow check`."""

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
