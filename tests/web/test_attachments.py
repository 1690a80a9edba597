"""附件 on the page of a case: added, previewed, taken home; what is wrong stands at the field."""

import io
import re
from urllib.parse import unquote

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from tests.uploads import PDF, jpeg, word


@pytest.fixture
def case(window, liaison):
    return window.send("/register/small", title="不动产登记").location


def upload(browser, case, *files, **values):
    """The body is made here: the test client would leave a big one in a file that nobody closes."""
    sent = [(key, value) for key, value in (browser.hidden(case) | values).items()]
    sent += [("files", FileStorage(io.BytesIO(content), name)) for name, content in files]
    boundary, body = encode_multipart(MultiDict(sent))
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.client.post(f"{case}/attachments", data=body, content_type=kind, headers=browser.origin)


def links(browser, case):
    return re.findall(r'href="(/attachments/\d+)"', browser.get(case).text)


def test_a_file_is_added_shown_and_taken(case, window, liaison):
    assert upload(liaison, case, ("现场 照片.jpg", jpeg()), note="勘验时拍的").status_code == 303
    page = window.get(case).text
    assert "现场 照片.jpg" in page
    assert "勘验时拍的" in page
    [address] = links(window, case)
    taken = window.get(address)
    assert taken.data == jpeg()
    assert taken.headers["Content-Disposition"].startswith("attachment;")
    assert taken.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in taken.headers["Cache-Control"]
    assert "下载附件" in window.get(case).text


def test_a_preview_is_alone_in_a_sandbox(case, liaison):
    upload(liaison, case, ("决定书.pdf", PDF))
    [address] = links(liaison, case)
    shown = liaison.get(f"{address}/view")
    assert shown.mimetype == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("inline;")
    [policy] = shown.headers.getlist("Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "sandbox" in policy.split("; ")
    assert "查看附件" in liaison.get(case).text


def test_a_word_file_has_no_preview(case, liaison):
    upload(liaison, case, ("方案.docx", word()))
    [address] = links(liaison, case)
    assert f"{address}/view" not in liaison.get(case).text
    assert liaison.get(f"{address}/view").status_code == 404


def test_a_disguised_file_is_refused_at_its_field_and_the_note_stays(case, liaison):
    answer = upload(liaison, case, ("木马.jpg", b"MZ\x90\0"), note="请看附件")
    assert answer.status_code == 422
    assert "“木马.jpg”：不是可以上传的文件" in answer.text
    assert 'value="请看附件"' in answer.text
    assert links(liaison, case) == []


def test_an_oversize_file_is_refused_at_its_field_and_the_note_stays(case, liaison):
    answer = upload(liaison, case, ("大.pdf", PDF + bytes(11 * 1024 * 1024)), note="请看附件")
    assert answer.status_code == 422
    assert "“大.pdf”超过10MB" in answer.text
    assert 'value="请看附件"' in answer.text


def test_no_other_form_takes_that_many_bytes(case, liaison):
    data = liaison.hidden(case) | {"words": "长" * 3_000_000}
    assert liaison.client.post(f"{case}/urge", data=data, headers=liaison.origin).status_code == 413


def test_what_is_taken_is_called_as_the_list_calls_it(window, liaison):  # S-04
    case = window.send("/register/small", title="不动产登记，请打13812340000").location
    upload(liaison, case, ("来信13812340000.pdf", PDF))
    [address] = links(window, case)
    assert "来信138****0000.pdf" in window.get(case).text
    for taken in (window.get(address), window.get(f"{address}/view")):
        name = unquote(taken.headers["Content-Disposition"])
        assert "来信138****0000.pdf" in name
        assert "13812340000" not in name


def test_for_another_unit_there_is_no_file(case, liaison, browser):
    upload(liaison, case, ("现场.jpg", jpeg()))
    [address] = links(liaison, case)
    stranger = browser("minzheng")
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/view").status_code == 404
    assert browser().get(address).status_code == 303


def test_script_in_a_name_is_text(case, liaison):
    upload(liaison, case, ("x'onload='alert(1).jpg", jpeg()), note="<script>alert(1)</script>")
    page = liaison.get(case).text
    assert "<script>alert(1)" not in page
    assert "x&#39;onload=&#39;alert(1).jpg" in page
