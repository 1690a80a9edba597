"""附件：添加、版本、下载留痕，谁看得到。"""

import io
import resource
import zipfile

import pytest
from docx import Document
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound, StorageUnavailable
from models import Attachment, CaseUnit, Writes, keep_files_in, now, session, transactional
from models.case import COPIED
from operations.acts.attachments import Upload, add_attachments, attach, kept_on_disk, take_attachment
from operations.gate.moves import locked
from operations.house.parameters import set_parameter
from queries.case.cases import case_file
from queries.case.dossier import dossier
from tests.people import admin, holder_of
from tests.uploads import PDF, jpeg, png, word

OFFICE, LIAISON = "task_force:dispatcher", "natural_resources:liaison"
PHOTO = Upload("现场.jpg", jpeg())


@pytest.fixture
def folder(tmp_path):
    keep_files_in(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def case(start, folder):
    return start()


def add(case, *files, by=LIAISON, note="", request=None):
    attach(case.case.id, files or [PHOTO], note, by=holder_of(by), request=request)


def files_of(case, by=OFFICE):
    return case_file(case.case.id, holder_of(by)).attachments


def on_disk(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def by_reporter(case, *files):
    """As the portal hands them in."""

    @transactional
    def keep():
        instance, writes = locked(case.id), Writes()
        with kept_on_disk(files) as kept:
            add_attachments(writes, instance, kept, "", by=holder_of(LIAISON), at=now(), from_reporter=True)
        writes.send()

    keep()


def test_a_file_lies_under_a_name_that_says_nothing_and_is_told_of(case, folder):  # C-02
    add(case, note="勘验时拍的")
    [file] = files_of(case)
    assert (file.newest.name, file.newest.version, file.newest.kind, file.newest.note) == (
        *("现场.jpg", 1, "JPG 图片"),
        "勘验时拍的",
    )
    [path] = on_disk(folder)
    assert path.read_bytes() == PHOTO.content
    assert "现场" not in path.name
    newest = case_file(case.case.id, holder_of(OFFICE)).timeline[0]
    assert (newest.what, newest.details) == ("添加附件", ["现场.jpg", "说明：勘验时拍的"])


def test_the_same_name_again_is_the_next_version(case):
    add(case, Upload("方案.docx", word()))
    add(case, Upload("方案.docx", word()), Upload("方案.docx", word()), by=OFFICE)
    [file] = files_of(case)
    assert file.newest.version == 3
    assert [each.version for each in file.older] == [2, 1]


def test_taking_and_looking_stand_in_the_history_each_time(case):  # S-04
    add(case)
    [file] = files_of(case)
    attachment, content = take_attachment(file.newest.id, by=holder_of(OFFICE))
    assert (attachment.name, content) == ("现场.jpg", PHOTO.content)
    take_attachment(file.newest.id, by=holder_of(OFFICE), to_look=True)
    looked, taken = case_file(case.case.id, holder_of(OFFICE)).timeline[:2]
    assert (taken.what, looked.what) == ("下载附件", "查看附件")
    assert taken.details == looked.details == ["现场.jpg（第1版）"]


def test_what_no_browser_shows_is_only_taken(case):
    add(case, Upload("方案.docx", word()))
    [file] = files_of(case)
    assert not file.newest.may_show
    with pytest.raises(NotFound):
        take_attachment(file.newest.id, by=holder_of(OFFICE), to_look=True)


def test_for_who_does_not_see_the_case_there_is_no_file(case):
    add(case)
    [file] = files_of(case)
    with pytest.raises(NotFound):
        take_attachment(file.newest.id, by=holder_of("housing:liaison"))
    with pytest.raises(NotFound):
        add(case, by="housing:liaison")


def test_of_a_confidential_case_the_unit_sees_no_file_of_the_reporter(case):  # C-09
    case.case.reporter = "欧阳锋"
    session.commit()
    add(case, Upload("答复.pdf", PDF))
    by_reporter(case, Upload("身份证.png", png()))
    assert [each.newest.name for each in files_of(case, LIAISON)] == ["答复.pdf", "身份证.png"]
    case.case.confidential = True
    session.commit()
    assert [each.newest.name for each in files_of(case, LIAISON)] == ["答复.pdf"]
    [_, card] = files_of(case)
    with pytest.raises(NotFound):
        take_attachment(card.newest.id, by=holder_of(LIAISON))
    assert take_attachment(card.newest.id, by=holder_of(OFFICE))[1] == png()
    _, content = dossier(case.case.id, holder_of(LIAISON))
    assert not any("身份证" in name for name in zipfile.ZipFile(io.BytesIO(content)).namelist())


def test_who_may_not_have_a_reporter_s_file_is_not_told_its_name_either(case):  # C-09
    case.case.reporter, case.case.confidential = "欧阳锋", True
    session.commit()
    by_reporter(case, Upload("王小丽的举报信.pdf", PDF))  # a name on no form
    take_attachment(files_of(case)[0].newest.id, by=holder_of(OFFICE))
    told = {by: case_file(case.case.id, holder_of(by)).timeline[:2] for by in (LIAISON, OFFICE)}
    assert [each.details for each in told[LIAISON]] == [["反映人的附件"], ["反映人的附件"]]
    assert [each.details for each in told[OFFICE]] == [["王小丽的举报信.pdf（第1版）"], ["王小丽的举报信.pdf"]]


@pytest.mark.parametrize(("reporter", "post", "has"), [("欧阳锋", LIAISON, True), ("", LIAISON, False)])
def test_of_who_gave_no_name_the_unit_has_no_file(case, reporter, post, has):  # C-09
    case.case.reporter = reporter
    session.commit()
    by_reporter(case, PHOTO)
    assert bool(files_of(case, post)) is has
    assert len(files_of(case, OFFICE)) == 1


def test_who_may_not_ask_for_the_reporter_has_none_of_their_files(case):  # S-04
    """A unit that was sent a copy sees the case, and works on nothing."""
    case.case.reporter = "欧阳锋"
    session.add(CaseUnit(case_id=case.case.id, unit="housing", role=COPIED))
    session.commit()
    by_reporter(case, PHOTO)
    [file] = files_of(case, LIAISON)
    assert files_of(case, "housing:liaison") == []
    with pytest.raises(NotFound):
        take_attachment(file.newest.id, by=holder_of("housing:liaison"))


def test_the_reporter_s_file_is_no_version_of_the_unit_s(case):
    add(case)
    case.case.reporter = "欧阳锋"
    session.commit()
    by_reporter(case, PHOTO)
    assert [each.newest.version for each in files_of(case)] == [1, 1]


def test_the_name_of_a_file_is_masked_as_any_text(case):  # S-04
    case.case.reporter = "欧阳锋"
    session.commit()
    add(case, Upload("欧阳锋13800001234.jpg", jpeg()))
    file = case_file(case.case.id, holder_of(LIAISON))
    for text in (file.attachments[0].newest.name, *file.timeline[0].details):
        assert "欧阳锋" not in text
        assert "13800001234" not in text


def test_who_was_only_sent_a_copy_adds_nothing(case):
    session.add(CaseUnit(case_id=case.case.id, unit="housing", role=COPIED))
    session.commit()
    with pytest.raises(NotAllowed, match="只有登记、办理或统管"):
        add(case, by="housing:liaison")
    with pytest.raises(NotAllowed):
        attach(case.case.id, [PHOTO], "", by=admin())


def test_a_closed_case_takes_no_more_files_but_gives_those_it_has(case, folder):  # C-10
    add(case)
    case.case.closed_at, case.case.result = now(), "completed"
    session.commit()
    with pytest.raises(MessageNotAccepted, match="归档"):
        add(case)
    assert len(on_disk(folder)) == 1
    [file] = files_of(case)
    assert take_attachment(file.newest.id, by=holder_of(LIAISON))[1] == PHOTO.content


def test_the_same_request_twice_adds_it_once(case, folder):  # P3
    add(case, request="r1")
    add(case, request="r1")
    assert session.scalars(select(Attachment.version)).all() == [1]
    assert len(on_disk(folder)) == 1


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([], "请选择文件"),
        ([Upload("木马.jpg", b"MZ")], "不是可以上传的文件"),
        ([PHOTO] * 6, "一次最多上传5个文件，现在是6个"),
        ([Upload("大.pdf", PDF + bytes(10 * 1024 * 1024))], "“大.pdf”超过10MB"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_at_its_field_and_nothing_is_kept(case, folder, files, why):
    with pytest.raises(InvalidForm) as error:
        attach(case.case.id, files, "", by=holder_of(LIAISON))
    assert why in error.value.problems["files"]
    assert on_disk(folder) == []


def test_a_note_is_no_essay(case):
    with pytest.raises(InvalidForm) as error:
        add(case, note="长" * 201)
    assert error.value.problems == {"note": "说明最多 200 字，现在 201 字。"}


def test_a_case_has_room_for_so_much(case, folder):
    set_parameter("attach.case_mb", 1, by=admin())
    add(case, Upload("大.pdf", PDF[:-6] + bytes(900_000) + b"%%EOF\n"))
    with pytest.raises(InvalidForm) as error:
        add(case, Upload("又一个.pdf", PDF[:-6] + bytes(900_000) + b"%%EOF\n"))
    assert error.value.problems == {"files": "本件附件合计不能超过1MB，已有1MB。"}
    assert len(on_disk(folder)) == 1


def test_what_was_changed_on_the_disk_is_not_given_out(case, folder):
    add(case)
    [file] = files_of(case)
    [path] = on_disk(folder)
    path.write_bytes(PDF)
    with pytest.raises(StorageUnavailable, match="与上传时的不一致"):
        take_attachment(file.newest.id, by=holder_of(OFFICE))
    path.unlink()
    with pytest.raises(StorageUnavailable, match="读不到"):
        take_attachment(file.newest.id, by=holder_of(OFFICE))
    assert case_file(case.case.id, holder_of(OFFICE)).timeline[0].what == "添加附件"


def test_a_disk_that_cannot_be_written_says_so_and_leaves_no_row(case, tmp_path):
    (tmp_path / "blocked").write_text("a file where the folder should be")
    keep_files_in(tmp_path / "blocked")
    with pytest.raises(StorageUnavailable, match="文件没有存下"):
        add(case)
    assert session.scalars(select(Attachment)).all() == []


def test_of_several_files_a_full_disk_keeps_none(case, folder):
    few, many = Upload("小.pdf", PDF), Upload("大.pdf", PDF[:-6] + bytes(300_000) + b"%%EOF\n")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, usual[1]))
    try:
        with pytest.raises(StorageUnavailable, match="文件没有存下"):
            add(case, few, many)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert on_disk(folder) == []


def test_the_dossier_has_every_version_with_its_fingerprint(case):  # CA-08
    add(case, PHOTO)
    add(case, Upload("现场.jpg", jpeg(3, 3)))
    with zipfile.ZipFile(io.BytesIO(dossier(case.case.id, holder_of(OFFICE))[1])) as archive:
        assert archive.read("附件/01 现场.jpg") == PHOTO.content
        assert archive.read("附件/02 现场（第2版）.jpg") == jpeg(3, 3)
        [first, _] = session.scalars(select(Attachment.digest).order_by(Attachment.id))
        tables = Document(io.BytesIO(archive.read("卷宗.docx"))).tables
        assert any(first in cell.text for row in tables[-1].rows for cell in row.cells)
