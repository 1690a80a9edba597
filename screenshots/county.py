"""The demonstration county of one fixed working day, in a folder that is gone afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from app import create_app
from commands.serve import prepare
from config import ZONE
from models import Case, User, db, session, virtual_clock
from operations.gate.case_words import refresh_words
from operations.house.deployments import deploy
from operations.house.folders import read_folder
from operations.studio.drafts import begin_draft, save_file
from operations.studio.trials import try_scenarios
from operations.ticking.jobs import play_jobs
from reference.flow_drafts import draft_files
from reference.flow_files import BPMN
from reference.people import identity_of
from screenshots.server import serving

#: A Tuesday forenoon: the pictures say the same whenever they are taken.
DAY = datetime(2026, 4, 21, 10, 0, tzinfo=ZONE)
#: A case of seeds/demo_cases whose reporter may rate it now.
RATED = "社保卡挂失后不知如何补领"

#: What a draft is called whose scenarios have been tried.
TRIED = "签收期限按新办法"
FILE = "scenarios/签收与退回.feature"
LOST = """
  场景: 签收以后先核对
    当 县自然资源局联络员完成“签收”
    而且 2026-03-10 10:00 县自然资源局经办人完成“核对材料”
    那么 状态是 办理中
"""

EndpointAt = Callable[[str], str]


@contextmanager
def county() -> Iterator[tuple[str, EndpointAt, dict[str, str]]]:
    """Where it is served, what answers at an address, and the number and code of a case."""
    with TemporaryDirectory() as folder, virtual_clock(DAY) as clock:
        app = create_app(DATABASE_URL=f"sqlite:///{folder}/county.db", FILES=f"{folder}/files", DEMO=True)
        with app.app_context():
            prepare(demo=True)
            refresh_words()  # the ticker's work: searches find what was played
            _publish_anew()
            _try_a_draft()
            case = session.scalars(select(Case).where(Case.title == RATED)).one()
            open_ = {"case_no": case.case_no or "", "code": case.query_code or ""}
            session.remove()
        with serving(app, clock) as address:
            yield address, _endpoint_at(app), open_
        with app.app_context():
            db.engine.dispose()


def _publish_anew() -> None:
    """湘潭 in a newer version, whose 核查 is another step: its cases may be migrated, one needs to be told where to."""
    for key, files in read_folder(BPMN / "xt_cannot").items():
        deploy(key, {name: _onsite(content) for name, content in files.items()})


def _onsite(content: bytes) -> bytes:
    text = content.decode().replace('id="N13_verify" name="核查"', 'id="N13_onsite" name="实地核查"')
    return text.replace("N13_verify", "N13_onsite").replace("“核查”", "“实地核查”").encode()  # the scenarios go along


def _try_a_draft() -> None:
    """A designer's draft, some of whose scenarios have been tried: the ticker's work as well. One does what is no step
    of the flow.
    """
    designer = identity_of(session.scalars(select(User).where(User.username == "sheji")).one())
    draft = begin_draft("xt_cannot", TRIED, by=designer)
    told = draft_files(draft)[FILE].decode() + LOST
    save_file(draft.id, FILE, told.encode(), seen=0, by=designer)
    try_scenarios(draft.id, file=FILE, by=designer)
    play_jobs()


def _endpoint_at(app: Flask) -> EndpointAt:
    routes = app.url_map.bind("")

    def endpoint_at(address: str) -> str:
        """As in web/access.py, of the page if it is shown there; of what a form was sent to; "" of none."""
        for method in ("GET", "POST"):
            try:
                return routes.match(urlsplit(address).path, method)[0]
            except HTTPException:
                continue
        return ""

    return endpoint_at
