"""Running numbers that never repeat and never skip backwards (C-01)."""

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from models import CaseNumber, session


def next_number(series: str, year: int, county: str = "") -> int:
    """The next number of a series in a year; two cases at once wait for each other here and get different ones.

    `county`: the code of its top unit, where each county counts for itself.
    """
    this_year = (CaseNumber.county == county) & (CaseNumber.scheme == series) & (CaseNumber.year == year)
    step = update(CaseNumber).where(this_year).values(last=CaseNumber.last + 1).returning(CaseNumber.last)
    number = session.scalar(step)
    if number is None:
        try:
            with session.begin_nested():
                session.execute(insert(CaseNumber).values(county=county, scheme=series, year=year, last=0))
        except IntegrityError:
            pass  # somebody else opened the year a moment ago
        number = session.scalar(step)
    assert number is not None
    return number
