"""Two quarters and a year of three units of 泰州, kept as the flows keep them."""

from datetime import datetime

from assessment import tz
from config import ZONE
from handlers.tz.papers import QUARTER, YEAR, keep
from handlers.tz.roster import Roster
from handlers.tz.year import members_of
from models import Case, CaseUnit, Document, session

AT = datetime(2026, 4, 1, 9, tzinfo=ZONE)
ROSTER = Roster.of(
    ["tz_power", "tz_gas_ganghua", "tz_water_gg"], ["供电公司", "港华燃气公司", "高港自来水公司"], [*"CCC"]
)


def issue_papers(case: Case) -> dict[str, int]:
    """Registers 2026Q1, its draft, and the year under this case; answers with their ids. TZ20260001 is the case."""
    case.case_no = "TZ20260001"
    session.add(CaseUnit(case_id=case.id, unit="tz_whistle_office", role="office"))
    quarter = tz.quarter(
        [
            tz.UnitQuarter("供电公司", "C", [tz.Rated("TZ20260001", 90, 80)], [24, 10, 4, 2]),
            tz.UnitQuarter("港华燃气公司", "C", [tz.Rated("TZ20260002", 70)], [0, 10, 0, 0]),
            tz.UnitQuarter("高港自来水公司", "C"),
        ]
    )
    ids = {
        "draft": _register(case, f"{QUARTER}拟稿", "2026Q1", quarter),
        "quarter": _register(case, QUARTER, "2026Q1", quarter),
    }
    return ids | {"year": _register(case, YEAR, "2026", tz.year(members_of(2026, ROSTER)))}


def _register(case: Case, kind: str, period: str, standings: list[tz.Standing]) -> int:
    body = {"期间": period, "_period": period, **keep(standings, ROSTER)}
    paper = Document(case_id=case.id, kind=kind, number=f"{kind}〔2026〕1号", to="各部门", body=body, raised_at=AT)
    session.add(paper)
    session.flush()
    number: int = paper.id
    session.commit()
    return number
