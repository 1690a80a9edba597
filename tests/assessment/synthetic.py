"""Thirty-six months of made-up cases of 泰州's forty units, the same every time."""

from dataclasses import dataclass
from random import Random

from assessment import tz

CLASSES = {
    "A": "发展和改革委 教育局 工业和科技创新局 司法局 财政局 国资办 社会事业和退役军人事务局 住房和城乡建设局 "
    "农业农村局 商务局 卫生健康委 应急管理局 行政审批局 市场监督管理局",
    "B": "公安分局 医药高新区生态环境分局 高港生态环境局 医药高新区税务局 高港区税务局 医药高新区自然资源和规划分局 "
    "高港自然资源和规划分局 医药高新区交通分局 高港交通分局 医药高新区消防救援大队 高港区消防救援大队 "
    "交警医药高新区大队 交警高港大队 医保分局 气象局 邮政管理局",
    "C": "电信双高区局 邮政口岸支局 供电公司 移动公司 联通公司 港华燃气公司 科思燃气公司 中石油昆仑燃气公司 "
    "高港自来水公司 永安自来水公司",
}
CLASS_OF = {unit: name for name, units in CLASSES.items() for unit in units.split()}
UNITS = list(CLASS_OF)
YEARS = (2024, 2025, 2026)
MONTHS = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]
QUARTERS = [f"{year}Q{number}" for year in YEARS for number in range(1, 5)]
SLOWEST = "国资办"  # always late and marked low: the last of class A
IDLE = ("气象局", 2025)  # not a case all that year
BUSIEST = "住房和城乡建设局"


@dataclass(frozen=True)
class Part:
    """A unit's part in one case."""

    unit: str
    rated: tz.Rated
    watched: tz.Watched


def quarter_of(month):
    return f"{month[:4]}Q{(int(month[5:]) + 2) // 3}"


def months(seed):
    """Month → the parts units took in its cases."""
    random = Random(seed)
    return {month: [part for n in range(25) for part in _case(f"TZ{month}-{n:02}", month, random)] for month in MONTHS}


def votes(seed):
    """Quarter → unit → votes of the enterprises; some units get none."""
    random = Random(seed + 1)
    return {name: {unit: _votes(unit, random) for unit in UNITS} for name in QUARTERS}


def _case(case, month, random):
    some = [unit for unit in UNITS if (unit, int(month[:4])) != IDLE]
    lead, *co = random.sample(some, random.choice([1, 1, 2, 3]))
    yield _part(case, lead, None, random)
    if random.random() < 0.4:
        yield _part(f"{case}b", BUSIEST, None, random)
    for unit in co:
        yield _part(case, unit, _mark(unit, random), random)


def _part(case, unit, lead, random):
    slow = unit == SLOWEST or random.random() < 0.06
    excluded = "区党政主要负责人批示" if random.random() < 0.03 else ""
    watched = tz.Watched(case, unit, overdue=slow, late_response=slow and random.random() < 0.5)
    return Part(unit, tz.Rated(case, _mark(unit, random), lead, excluded), watched)


def _mark(unit, random):
    return random.randint(30, 45) if unit == SLOWEST else random.choice([random.randint(70, 100), 88.5, "91.25"])


def _votes(unit, random):
    if random.random() < 0.15:
        return ()
    good = 0 if unit == SLOWEST else 20
    return [random.randint(0, good), random.randint(0, 15), random.randint(0, 10), random.randint(0 if good else 5, 6)]
