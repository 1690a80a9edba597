"""What the page of a case lets one do to its file, as a browser sends it."""


def test_a_note_is_written_on_the_page_and_what_was_typed_stays_when_it_is_too_long(window):
    address = window.send("/register/small", title="办证难").location
    refused = window.send(f"{address}/notes", address, remark="长" * 501)
    assert refused.status_code == 422
    assert "长" * 501 in refused.text
    assert "最多 500 字" in refused.text
    assert window.send(f"{address}/notes", address, remark="<b>已约周三</b>").location == f"{address}#notes"
    assert "&lt;b&gt;已约周三" in window.get(address).text
