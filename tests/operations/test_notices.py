"""Notices reach the post's inbox and are read once (C-04)."""

from operations.acts.notices import mark_notices_read
from queries.boxes.notices import notices, unread
from tests.people import holder_of


def test_a_reminder_is_a_notice_to_the_unit_until_somebody_of_the_post_has_read_it(start, wait):  # XT-18
    case = start()
    case.do("签收")
    wait(days=8)
    liaison = holder_of("natural_resources:liaison")
    [notice] = notices(liaison)
    assert notice.is_new
    assert "催办单〔2026〕1号" in notice.text
    assert unread(liaison) == 1
    assert unread(holder_of("housing:liaison")) == 0
    mark_notices_read(by=liaison)
    assert unread(liaison) == 0
    assert not notices(liaison)[0].is_new
