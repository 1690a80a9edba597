"""An uploaded file is what its content says, whatever it is called."""

import pytest

from operations.acts import file_kinds
from operations.acts.file_kinds import MAX_NAME, MB, BadFile, check_file, safe_name
from tests.uploads import OLD_WORD, PDF, jpeg, office, png, word, zipped

MOST = 10 * MB


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("照片.jpg", jpeg(), "jpeg"),
        ("照片.JPEG", jpeg(), "jpeg"),
        ("截图.png", png(), "png"),
        ("决定书.pdf", PDF, "pdf"),
        ("申请.docx", word(), "docx"),
        ("清单.xlsx", office("xl/workbook.xml"), "xlsx"),
    ],
)
def test_what_may_be_handed_in(name, content, kind):
    assert check_file(name, content, MOST) == (name, kind)


def test_a_name_without_an_ending_gets_one():
    assert check_file("照片", jpeg(), MOST) == ("照片.jpg", "jpeg")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("空.pdf", b"", "是空的"),
        ("木马.jpg", b"MZ\x90\0" + bytes(100), "不是可以上传的文件"),
        ("网页.jpg", b"<html><script>alert(1)</script></html>", "不是可以上传的文件"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "不是可以上传的文件"),
        ("照片.exe", jpeg(), "文件名以“.exe”结尾，内容却是JPG 图片"),
        ("照片.html", png(), "文件名以“.html”结尾，内容却是PNG 图片"),
        ("决定书.jpg", PDF, "文件名以“.jpg”结尾，内容却是PDF 文件"),
        ("材料.zip", zipped(a=b"1"), "是压缩包"),
        ("材料.docx", zipped(a=b"1"), "是压缩包"),
        ("两样.docx", office("word/document.xml", **{"xl/workbook.xml": b""}), "是压缩包"),
        ("宏.docx", office("word/document.xml", **{"word/vbaProject.bin": b"1"}), "带有宏"),
        ("旧.doc", OLD_WORD, "旧格式的 Office 文件"),
        ("断.docx", word()[:-40], "已损坏"),
        ("断.pdf", PDF[:30], "已损坏"),
        ("断.jpg", jpeg()[:12], "已损坏"),
        ("没有帧.jpg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 2000, "已损坏"),
        ("断.png", png()[:14], "已损坏"),
        ("大图.png", png(100_000, 100_000), "应在1亿像素以内"),
        ("大图.jpg", jpeg(60_000, 60_000), "应在1亿像素以内"),
    ],
)
def test_what_is_refused_in_words(name, content, why):
    with pytest.raises(BadFile, match=f"“{name}”.*{why}|{why}"):
        check_file(name, content, MOST)


def test_a_file_that_is_too_big_is_refused_unread():
    with pytest.raises(BadFile, match=r"“大\.pdf”超过1MB"):
        check_file("大.pdf", PDF + bytes(MB), MB)


def test_a_zip_bomb_is_stopped_while_it_is_read(monkeypatch):
    bomb = office("word/document.xml", **{"word/media/image1.png": bytes(3 * MB)})
    assert len(bomb) < MB / 10
    assert check_file("炸弹.docx", bomb, MOST) == ("炸弹.docx", "docx")
    monkeypatch.setattr(file_kinds, "MAX_UNPACKED", MB)
    with pytest.raises(BadFile, match="已停止读取"):
        check_file("炸弹.docx", bomb, MOST)


def test_a_zip_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(file_kinds, "MAX_PARTS", 2)
    with pytest.raises(BadFile, match="已损坏"):
        check_file("多.docx", office("word/document.xml", **{"word/a.xml": b""}), MOST)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("投诉信.docx", "投诉信.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\用户\\材料.pdf", "材料.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("换\r\n行.pdf", "换行.pdf"),
        ('"<b>|.pdf', "__b__.pdf"),
        ("..", "未命名"),
        ("", "未命名"),
    ],
)
def test_a_name_is_data_and_no_path(sent, kept):
    assert safe_name(sent) == kept


def test_a_long_name_keeps_its_ending():
    name = safe_name("长" * 300 + ".pdf")
    assert (len(name), name[-4:]) == (MAX_NAME, ".pdf")
