"""What a change of the calendar would move is counted without what whoever asks may not know of (XT-20)."""

from datetime import timedelta

from models import Identity
from operations.house.calendar_edits import with_day
from queries.studio.calendar import outlook
from tests.people import holder_of, person


def test_the_limits_of_clues_are_counted_for_their_holders_alone(begin, clock):
    begin()  # 办理 within five working days, 研究线索 within three

    tomorrow = (clock.now + timedelta(days=1)).date()

    def moved(by: Identity) -> int:
        return outlook(with_day(tomorrow, False, "停工"), by).count

    assert moved(person("liucheng")) == 1
    assert moved(holder_of("supervision_office:supervisor")) == 2
