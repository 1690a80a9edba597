"""Searching the cases of a county that are closed."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from sqlalchemy import select

from benchmarks.bulk import FIRST, Row, insert_rows
from benchmarks.county import BACKENDS, MORNING, county, settle
from benchmarks.measure import Times
from benchmarks.options import Options
from benchmarks.results import Result
from models import Case, CaseText, CaseUnit, Identity, Unit, session, virtual_clock
from models.pieces import piece_of_unit, pieces
from queries.lists.case_list import case_list
from tests.people import holder_of

TALKED_OF = """
    不动产登记 噪声扰民 路灯不亮 医保报销 老旧小区 加装电梯 施工许可 营业执照 用水用电 低保待遇 拆迁补偿 物业收费
    道路积水 公交线路 学位分配 税务发票 消防验收 环评手续 土地流转 养老保险 食品安全 垃圾清运 停车收费 工资拖欠
"""
WORDS = TALKED_OF.split()
TEXTS = 2_000  # different ones; the numbers make them a million
RARE_WORDS = "\n翡翠谷"
RARE = 50_000  # in one of so many stands what few have
CLERK, OFFICE, NEWCOMER = "natural_resources:liaison", "task_force:dispatcher", "civil_affairs:liaison"
BESIDE = ("service_hall", "civil_affairs")  # who registers all, and the newcomer
HAS_FEW = 0.0001  # of the cases are the newcomer's

#: What is asked for, and what for.
SEARCHES = {
    "a word of one case in twelve": "噪声",
    "two of them": "噪声 电梯",
    "a word of every case": "群众",
    "a word of every case and one of few": "群众 翡翠谷",
    "a number": "XT2026{:07d}",
    "the end of a number": "{}",
    "what nobody has written": "海市蜃楼",
    "one character": "灯",
}


def searches(options: Options, folder: Path) -> list[Result]:
    """A page of the list, for a unit's clerk, an office that sees all, and a unit that has just begun."""
    return [result for backend in BACKENDS for result in _measure(backend, options, folder)]


def _measure(backend: str, options: Options, folder: Path) -> Iterator[Result]:
    number = options.size(100_000, 300, large=1_000_000)
    with county(backend, folder), virtual_clock(MORNING):
        add_closed_cases(number)
        people = {"clerk": holder_of(CLERK), "office": holder_of(OFFICE), "newcomer": holder_of(NEWCOMER)}
        session.rollback()
        for name, words in SEARCHES.items():
            worst, found = _slowest(people, words.format(number * 2 // 3), options.size(7, 1))
            yield Result(f"{backend}: {number:,} closed, {name}", worst, "ms", 300, note=found)


def _slowest(people: dict[str, Identity], words: str, times: int) -> tuple[float, str]:
    """The p50 of who waits longest, and what each has found."""
    spent, notes = {}, []
    for who, by in people.items():
        clock = Times()
        for _ in range(times):
            rows = clock.add(lambda by=by: case_list(by, search=words).rows)  # type: ignore[misc]
            session.rollback()
        spent[who] = clock.p50
        notes.append(f"{who} {len(rows)} in {clock.p50:.0f} ms")
    return max(spent.values()), ", ".join(notes)


def add_closed_cases(number: int) -> None:
    """Spread over the units, some with much more than others; two units see each."""
    units = list(session.scalars(select(Unit.code).where(Unit.code.not_in(BESIDE)).order_by(Unit.code)))
    of_case = [units[min(int(Random(i).expovariate(6 / len(units))), len(units) - 1)] for i in range(9_973)]

    def lead(i: int) -> str:
        return of_case[i % len(of_case)]

    def case(i: int) -> Row:
        return {
            **{"id": FIRST + i, "case_no": _number(i), "flow": "rework", "flow_name": "反复办理", "title": _title(i)},
            **{"status": "archived", "channel": "", "registered_by": "", "confidential": False, "lead_org": lead(i)},
            **{"created_at": MORNING, "closed_at": MORNING, "parameter_revision": 1},
        }

    def text(i: int) -> Row:
        words, known = _text(i % TEXTS)
        said = f"{_number(i)}\n{words}{RARE_WORDS if i % RARE == 7 else ''}"
        own = pieces(said.replace(words, ""))
        return {
            **{"case_id": FIRST + i, "mark": "", "words": said, "clear": ""},
            "pieces": known | own | {piece_of_unit(lead(i))},
        }

    insert_rows(Case, number, case)
    insert_rows(CaseText, number, text)
    insert_rows(CaseUnit, number, lambda i: {"case_id": FIRST + i, "unit": lead(i), "role": "lead"})
    insert_rows(CaseUnit, number, lambda i: {"case_id": FIRST + i, "unit": "service_hall", "role": "registrar"})
    few = max(int(number * HAS_FEW), 1)
    insert_rows(
        CaseUnit, few, lambda i: {"case_id": FIRST + i * (number // few), "unit": "civil_affairs", "role": "co"}
    )
    settle()


def _number(i: int) -> str:
    return f"XT2026{i:07d}"


def _title(i: int) -> str:
    return _text(i % TEXTS)[0].split("\n")[0]


@cache
def _text(i: int) -> tuple[str, frozenset[str]]:
    """Title, what the caller said and what the unit answered, and the pieces of it all."""
    random = Random(i)
    first, second, *others = random.sample(WORDS, 6)
    title = f"{random.choice('东西南北中')}{random.choice('云河山湖城')}街道{first}和{second}问题"
    said = f"群众来电反映{first}，{'、'.join(others[:2])}也没有解决，希望{random.choice(('尽快', '依法'))}处理。"
    answer = f"经核实，{others[2]}属实，已联系反映人并说明{others[3]}的政策，{random.randrange(1, 30)}日前办结。"
    words = f"{title}\n{said}\n{answer}"
    return words, frozenset(pieces(words))
