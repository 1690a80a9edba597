"""The yearly notice of the State Council as people paste it, and a list of days, into the JSON of a calendar (C-03)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from worktime.announcements import BadCalendar

_YEAR = re.compile(r"(\d{4})年")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
#: 一、元旦：…; the number before it is not always there.
_HOLIDAY = re.compile(r"^(?:[一二三四五六七八九十]+、)?\s*([^：:，。0-9]{2,12})[：:](.+)$")
_SPAN = re.compile(
    r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\s*(?:至|到|—|-|－|~)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?"
)
_COUNT = re.compile(r"(?:共|放假)\s*(\d{1,2})\s*天")
OFF, WORKED = "放假", "上班"
LONGEST = 15  # days of one holiday


def read_notice(text: str, year: int | None = None) -> dict[str, Any]:
    """The announcements in a text like “春节：2月15日至23日放假调休，共9天。2月14日、28日上班。”, a line a holiday.

    `year`: where the text does not say it. What it announces for the neighbouring year's weekends is left out. Raises
    BadCalendar with the holiday that cannot be read.
    """
    year = year or _year_of(text)
    holidays = [found for line in text.splitlines() if (found := _HOLIDAY.match(_ASIDE.sub("", line).strip()))]
    holidays = [found for found in holidays if OFF in found[2]]
    if not holidays:
        raise BadCalendar("没有读到放假安排。每个节日一行，如“春节：2月15日至23日放假调休，共9天。2月14日、28日上班。”")
    blocks, makeup = [], []
    for found in holidays:
        reader = Reader(found[1].strip(), year)
        first, last, worked = reader.read(found[2])
        blocks.append({"name": reader.name, "from": first.isoformat(), "to": last.isoformat()})
        makeup += worked
    off = [first + timedelta(days=n) for first, last in map(_ends, blocks) for n in range((last - first).days + 1)]
    return _announced(year, off, makeup, {"blocks": blocks})


def read_days(text: str) -> dict[str, Any]:
    """The announcements in lines like “2027-02-05,放假,春节”; a first line that names the columns may stand there.

    Raises BadCalendar with the line that cannot be read.
    """
    years: dict[int, dict[str, Any]] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        cells = [cell.strip().strip('"') for cell in re.split(r"[,，\t]", line)]
        if not any(cells) or (number == 1 and not cells[0][:1].isdigit()):
            continue
        day, what = _day_of(cells[0], number), cells[1] if len(cells) > 1 else ""
        if what not in (OFF, WORKED):
            raise BadCalendar(f"第{number}行：应写“{OFF}”或“{WORKED}”，现在是“{what}”。")
        entry = years.setdefault(day.year, {"off": [], "makeup": [], "names": {}})
        entry["off" if what == OFF else "makeup"].append(day)
        if len(cells) > 2 and cells[2] and what == OFF:
            entry["names"][day.isoformat()] = cells[2]
    if not years:
        raise BadCalendar("文件里没有日期。每天一行：日期,放假或上班,节日名称。")
    found = [_announced(year, e["off"], e["makeup"], {"names": e["names"]}) for year, e in years.items()]
    return {"years": {key: entry for each in found for key, entry in each["years"].items()}}


class Reader:
    """Reads one holiday's line; a month once said goes on: 2月15日至23日."""

    def __init__(self, name: str, year: int):
        self.name = name
        self.year = year
        self.month = 0

    def read(self, words: str) -> tuple[date, date, list[date]]:
        """The first and the last day off, and the days worked instead."""
        first = last = None
        worked: list[date] = []
        for sentence in re.split(r"[。；;]", words):
            if WORKED in sentence:
                worked += [day for span in self.spans(sentence) for day in span]
            elif OFF in sentence and first is None:
                first, last = next(self.spans(sentence), (None, None))
                self.check_count(sentence, first, last)
        if first is None or last is None:
            raise BadCalendar(f"“{self.name}”没有读到从哪天到哪天放假。")
        return first, last, worked

    def spans(self, sentence: str) -> Iterator[tuple[date, date]]:
        for found in _SPAN.finditer(sentence):
            first = self.day(found[1], found[2], found[3])
            yield first, self.day(found[4], found[5], found[6]) if found[6] else first

    def day(self, year: str | None, month: str | None, day: str) -> date:
        self.month = int(month) if month else self.month
        try:
            return date(int(year) if year else self.year, self.month, int(day))
        except ValueError:
            raise BadCalendar(f"“{self.name}”里的“{self.month}月{day}日”不是日期。") from None

    def check_count(self, sentence: str, first: date | None, last: date | None) -> None:
        if first is None or last is None:
            return
        days = (last - first).days + 1
        if not 0 < days <= LONGEST:
            raise BadCalendar(f"“{self.name}”从 {first} 到 {last}，不像一个假期。")
        said = _COUNT.search(sentence)
        if said and int(said[1]) != days:
            raise BadCalendar(f"“{self.name}”写着{said[1]}天，从 {first} 到 {last} 是{days}天。")


def _year_of(text: str) -> int:
    found = _YEAR.search(text)
    if not found:
        raise BadCalendar("没有写是哪一年，请填写年份，或者连通知的标题一起粘贴。")
    return int(found[1])


def _ends(block: dict[str, str]) -> tuple[date, date]:
    return date.fromisoformat(block["from"]), date.fromisoformat(block["to"])


def _day_of(text: str, number: int) -> date:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise BadCalendar(f"第{number}行：“{text}”不是日期（应如 2027-02-05）。") from None


def _announced(year: int, off: list[date], makeup: list[date], more: dict[str, Any]) -> dict[str, Any]:
    """A weekend of the neighbouring year that a holiday begins or ends with is off anyway."""
    own = [day for day in off if day.year == year or day.weekday() < 5]
    entry = {"status": "official", "off": _texts(own), "makeup": _texts(makeup)}
    return {"years": {str(year): entry | more}}


def _texts(days: list[date]) -> list[str]:
    return [day.isoformat() for day in sorted(set(days))]
