"""A template that somebody uploads is used or refused, in words."""

import io
import zipfile

import pytest

from papers import BadTemplate, check_template, compose, fill, standard_template
from papers.archive import MAX_BYTES, read_archive, write_archive
from tests.papers.words import issued, lines_of

DOCUMENT = "word/document.xml"


def changed(parts):
    """The standard notice with some parts replaced or added."""
    return write_archive({**read_archive(standard_template("notice")), **parts})


def edited(part, old, new):
    content = read_archive(standard_template("notice"))[part]
    assert old.encode() in content
    return changed({part: content.replace(old.encode(), new.encode())})


def refused(content, key="notice"):
    with pytest.raises(BadTemplate) as caught:
        check_template(key, content)
    return str(caught.value)


def test_a_template_changed_in_word_is_used_even_if_word_has_cut_a_field_in_pieces():
    mine = edited(DOCUMENT, "{{发文字号}}", "文号 {{发文</w:t></w:r><w:r><w:t>字号 }}")
    check_template("notice", mine)
    lines = lines_of(fill(mine, compose(issued("吹哨报到通知", {"报到地点": "三楼"}))))
    assert "文号 吹哨报到通知〔2026〕3号" in lines


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old .doc"])
def test_what_is_no_docx_is_refused(content):
    assert "不是有效的 Word 文档" in refused(content)


def test_another_kind_of_zip_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("hello.txt", "x")
    assert "不是 Word 文档" in refused(made.getvalue())


def test_a_file_that_is_too_big_is_refused():
    assert "超过2MB" in refused(b"x" * (MAX_BYTES + 1))


def test_a_zip_that_floods_is_stopped_while_it_is_read():
    assert "解开后超过20MB" in refused(changed({"word/media/flood.bin": bytes(30 * 1024 * 1024)}))


def test_a_zip_of_very_many_parts_is_refused():
    assert "超过200个" in refused(changed({f"word/{n}.xml": b"<x/>" for n in range(300)}))


def test_a_path_that_leads_outside_is_refused():
    assert "不是有效的 Word 文档" in refused(changed({"../outside.xml": b"<x/>"}))


def test_macros_are_refused():
    assert "宏" in refused(changed({"word/vbaProject.bin": b"x"}))
    types = edited("[Content_Types].xml", "wordprocessingml.document.main", "wordprocessingml.template.main")
    assert "另存为" in refused(types)


def test_links_to_the_outside_are_refused():
    link = '<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://example.org/a.dotm"'
    link += ' TargetMode="External"/></Relationships>'
    assert "指向外部" in refused(edited("word/_rels/document.xml.rels", "</Relationships>", link))


def test_entities_are_refused():
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><w:document'
    assert "文档类型声明" in refused(edited(DOCUMENT, "<w:document", bomb))


@pytest.mark.parametrize("code", ["INCLUDETEXT C:\\\\secret.txt", "DDEAUTO c:\\\\cmd.exe", 'HYPERLINK "http://x"'])
def test_fields_of_word_that_fetch_something_are_refused(code):
    field = f'<w:fldSimple w:instr="{code.replace(chr(34), "&quot;")}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    content = read_archive(standard_template("notice"))[DOCUMENT].decode().replace("</w:p>", field, 1)
    assert "不允许的域" in refused(changed({DOCUMENT: content.encode()}))


def test_an_unknown_field_is_named_with_those_there_are():
    words = refused(edited(DOCUMENT, "{{送审}}", "{{印章}}"))
    assert "没有名为“{{印章}}”的字段" in words
    assert "发文字号" in words


def test_what_would_be_code_elsewhere_is_only_an_unknown_field():
    words = refused(edited(DOCUMENT, "{{送审}}", "{{ ''.__class__.__mro__ }}"))
    assert "没有名为" in words


def test_a_paper_without_number_or_title_is_refused():
    assert "缺少必有的字段“{{发文字号}}”" in refused(edited(DOCUMENT, "{{发文字号}}", "无号"))
    assert "缺少必有的字段“{{标题}}”" in refused(edited(DOCUMENT, "{{标题}}", "无题"))


def test_a_field_of_another_template_is_unknown_here():
    assert "线索摘要" in refused(standard_template("transfer"), key="notice")


def test_every_problem_is_said_at_once():
    content = read_archive(standard_template("notice"))[DOCUMENT].decode()
    content = content.replace("{{标题}}", "{{甲}}").replace("{{发文字号}}", "{{乙}}")
    words = refused(changed({DOCUMENT: content.encode()}))
    assert all(each in words for each in ("甲", "乙", "{{标题}}", "{{发文字号}}"))
