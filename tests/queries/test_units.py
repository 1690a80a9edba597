"""Which units a person may choose from (XT-23)."""

from models import SYSTEM, Unit, session
from operations.submissions import choice_lists
from reference.counties import handling_units
from tests.people import holder_of


def test_one_chooses_among_the_units_of_ones_own_county(county):
    session.add(Unit(code="elsewhere", name="邻县水利局", handles_cases=True))
    session.commit()
    mine = [choice.label for choice in choice_lists(holder_of("task_force:dispatcher"))["units"]]
    assert "县自然资源局" in mine
    assert "县供电公司" in mine  # public utilities too
    assert "邻县水利局" not in mine
    assert "县政府督查室" not in mine
    assert ("elsewhere", "邻县水利局") in handling_units(SYSTEM)
