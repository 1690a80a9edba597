"""A flow goes out as its folder and comes back from outside; nothing hostile comes along."""

import io
import zipfile

import pytest

from errors import AlreadyChanged
from operations.house.deployments import deploy
from operations.house.folders import deploy_folder
from operations.studio.drafts import begin_draft, save_file
from operations.studio.importing import BadImport, import_bundle, read_bundle
from papers.archive import own_parts
from queries.studio.importing import import_preview
from queries.studio.versions import draft_archive, version_archive
from reference import definitions
from reference.flow_files import read_files
from tests.operations.publishing import SURVEYED
from tests.people import person
from tests.small_flow import FILES

BOMB = b"\0" * (21 * 1024 * 1024)


def zipped_as(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def read(content: bytes, whole: bool = True):
    return read_bundle([("流程.zip", content)], whole=whole)


def test_a_version_goes_out_as_its_folder_and_comes_back_without_a_difference(county, clock, bpmn):
    deploy_folder(bpmn / "xt_cannot")
    newest, designer = definitions.newest("xt_cannot"), person("sheji")
    name, content = version_archive(newest.id, designer)
    assert name == "xt_cannot_v1.zip"
    assert own_parts(content) == read_files(bpmn / "xt_cannot")
    draft = begin_draft("xt_cannot", "导入", by=designer)
    assert import_bundle(draft.id, read(content), seen=0, by=designer) == 0


def test_a_folder_within_a_thousand_others_is_no_flow(county, clock):
    with pytest.raises(BadImport):
        read(zipped_as({f"{'a/' * 3000}x.exe": b""}))


def test_what_is_imported_stands_in_the_draft_and_what_is_missing_goes(county, clock):
    deploy("small", FILES)
    designer = person("sheji")
    draft = begin_draft("small", "导入", by=designer)
    content = zipped_as({"bpmn/small/small.bpmn": SURVEYED, "bpmn/small/.DS_Store": b"x"})
    found = import_preview(draft.id, read(content), designer)
    assert (found.files[0].name, {each.change for each in found.files[1:]}) == ("small.bpmn", {"删除"})
    assert import_bundle(draft.id, read(content), seen=found.revision, by=designer) == 4
    assert own_parts(draft_archive(draft.id, designer)[1]) == {"small.bpmn": SURVEYED}


def test_files_alone_leave_the_others_and_what_others_saved_meanwhile_is_not_lost(county, clock):
    deploy("small", FILES)
    designer = person("sheji")
    draft = begin_draft("small", "导入", by=designer)
    one = read_bundle([("small.bpmn", SURVEYED)], whole=False)
    assert [each.name for each in import_preview(draft.id, one, designer).files] == ["small.bpmn"]
    save_file(draft.id, "README.md", "说明".encode(), seen=0, by=person("liucheng"))
    with pytest.raises(AlreadyChanged, match="没有导入"):
        import_bundle(draft.id, one, seen=0, by=designer)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"not a zip", "有效的压缩包"),
        (zipped_as({"small.bpmn": b"<a/>", "x/bomb.bpmn": BOMB}), "解开后超过"),
        (zipped_as({"../../app.py": b"x", "small.bpmn": b"<a/>"}), "“../../app.py”要放到文件夹外面去"),
        (zipped_as({"..\\app.py": b"x", "small.bpmn": b"<a/>"}), "文件名"),
        (zipped_as({"run.exe": b"x", "small.bpmn": b"<a/>"}), "run.exe"),
        (zipped_as({"small.bpmn": b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}), "DOCTYPE"),
        (zipped_as({"README.md": b"x"}), "没有流程图"),
        (zipped_as({"small.bpmn": b"<a/>", "F-1.form.json": b'{"id": '}), "表单“F-1.form.json”读不懂"),
        (zipped_as({"small.bpmn": b"<a/>", "d.dmn": b"<definitions/>"}), "“d.dmn”不是 DMN 决策文件"),
        (zipped_as({f"f{n}.bpmn": b"<a/>" for n in range(201)}), "超过200个"),
        (zipped_as({}), "没有文件"),
    ],
)
def test_a_hostile_zip_is_refused_in_words(content, why):
    with pytest.raises(BadImport, match=why):
        read(content)


def test_a_scenario_chosen_alone_goes_where_scenarios_are():
    assert set(read_bundle([("甲.feature", b"f")], whole=False).files) == {"scenarios/甲.feature"}
    with pytest.raises(BadImport, match="场景放在 scenarios/ 下"):
        read_bundle([("甲.txt", b"f")], whole=False)


def test_a_zip_from_windows_keeps_the_names_of_its_scenarios():
    gbk = "scenarios/受理.feature".encode("gbk").decode("cp437")
    content = zipped_as({"small.bpmn": b"<a/>", "scenarios/xxxx.feature": b"f"})
    made = content.replace(b"scenarios/xxxx.feature", gbk.encode("cp437"))
    assert set(read(made).files) == {"small.bpmn", "scenarios/受理.feature"}
