"""A template that somebody uploads is used or refused, in words."""

import io
import tracemalloc
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


@pytest.mark.parametrize(
    "broken", ["{{ 发文字号", "发文字号}}", "{{发文字号}", "{{}}", "{{发文</w:t></w:r><w:r><w:t>字号"]
)
def test_a_field_that_is_not_closed_is_refused_and_quoted(broken):
    """It would be printed as it stands, on every paper."""
    words = refused(edited(DOCUMENT, "{{发文字号}}", f"{{{{发文字号}}}} {broken}"))
    assert "里的字段没有写完整" in words
    assert "{{发文字号}} " in words


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


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_word_does_not_pack_with_is_refused_before_it_is_unpacked(packing):
    """A kilobyte of bzip2 becomes a gigabyte in one read."""
    made = io.BytesIO(standard_template("notice"))
    with zipfile.ZipFile(made, "a", packing) as archive:
        archive.writestr("word/flood.xml", bytes(40 * 1024 * 1024))
    tracemalloc.start()
    try:
        assert "不是有效的 Word 文档" in refused(made.getvalue())
        assert tracemalloc.get_traced_memory()[1] < 10 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_damage_to_what_word_does_not_pack_with_is_said_as_any_other():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", b"x" * 1000)
    content = bytearray(made.getvalue())
    content[57:70] = b"\xff" * 13  # in the packed data, behind the member's header
    assert "不是有效的 Word 文档" in refused(bytes(content))


def test_very_many_elements_are_refused_while_they_are_counted():
    words = refused(changed({f"word/{n}.xml": b"<x>" + b"<y/>" * 30_000 + b"</x>" for n in range(3)}))
    assert words.count("50000个元素") == 1


def test_a_zip_of_very_many_parts_is_refused():
    assert "超过200个" in refused(changed({f"word/{n}.xml": b"<x/>" for n in range(300)}))


def test_a_path_that_leads_outside_is_refused():
    assert "“../outside.xml”要放到文件夹外面去" in refused(changed({"../outside.xml": b"<x/>"}))


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


FOOTER, FETCHING = "word/footer1.xml", "INCLUDETEXT C:\\\\secret.txt"


@pytest.mark.parametrize("name", ["word/footer1.dat", "word/footer1.XML", "word/media/footer1.png"])
def test_a_part_is_looked_at_whatever_its_name_says(name):
    parts = read_archive(standard_template("notice"))
    field = f'<w:fldSimple w:instr="{FETCHING}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    parts[name] = parts.pop(FOOTER).replace(b"</w:p>", field.encode(), 1)
    for part in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        assert b"footer1.xml" in parts[part]
        parts[part] = parts[part].replace(b"footer1.xml", name.removeprefix("word/").encode())
    words = refused(write_archive(parts))
    assert "不允许的域" in words or f"不能用的部件（{name}）" in words


def test_a_picture_may_be_in_a_template():
    types = read_archive(standard_template("notice"))["[Content_Types].xml"]
    types = types.replace(b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1)
    check_template("notice", changed({"word/media/image1.png": b"\x89PNG", "[Content_Types].xml": types}))


def cut(*pieces):
    """A field whose code stands in several runs, as Word leaves it."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    field = f"{marks[0]}{code}{marks[1]}<w:r><w:t>1</w:t></w:r>{marks[2]}</w:p>"
    return edited(DOCUMENT, "</w:p>", field)


@pytest.mark.parametrize("pieces", [("PAGE ", "\\* MERGEFORMAT"), (" NUM", "PAGES "), ("PAGE  \\* ", "Arabic")])
def test_a_page_number_that_word_has_cut_in_pieces_is_used(pieces):
    check_template("notice", cut(*pieces))


@pytest.mark.parametrize("pieces", [("INCLUDE", "TEXT C:\\x"), ("PAGE ", "INCLUDETEXT x"), ("PAGE", "REF x")])
def test_pieces_that_only_together_fetch_something_are_refused(pieces):
    assert "不允许的域" in refused(cut(*pieces))


def test_a_field_inside_the_code_of_another_is_looked_at_by_itself():
    inner = (
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE x</w:instrText></w:r>'
    )
    inner += '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText>'
    assert "不允许的域“DDE x”" in refused(cut("PAGE", inner, ""))


@pytest.mark.parametrize("key", ["bulletin", "sheet"])
def test_a_template_of_papers_with_tables_has_a_place_for_them(key):
    content = read_archive(standard_template(key))
    content[DOCUMENT] = content[DOCUMENT].replace("{{附表}}".encode(), b"")
    assert "缺少必有的字段“{{附表}}”" in refused(write_archive(content), key)


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
