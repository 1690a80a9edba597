"""What one needs to see to link a case with another, or to end a link (关联、并案)."""

from dataclasses import dataclass
from uuid import uuid4

from engine.forms import Choice, Form
from errors import NotFound
from models import Identity
from models.link import MERGED
from operations.acts import linking
from queries.case.cases import CaseFile, case_file
from queries.case.links import Link
from queries.receiving.similar import Similar, similar_to


@dataclass(frozen=True)
class LinkPage:
    """`why`: why it cannot be done, in a sentence; `similar`: what may be the same matter."""

    file: CaseFile
    form: Form
    lists: dict[str, list[Choice]]
    why: str
    request: str
    button: str
    similar: list[Similar]


def link_page(case_id: int, by: Identity) -> LinkPage:
    """Raises NotFound when there is no such case or this person may not see it."""
    file = case_file(case_id, by)
    why = linking.why_not_linked(file.case, by)
    linked = {link.other.id for link in file.links}
    similar = [] if why else [each for each in similar_to(file.case, by) if each.case_id not in linked]
    return LinkPage(file, linking.FORM, {}, why, uuid4().hex, "连起来", similar)


def unlink_page(case_id: int, link_id: int, by: Identity) -> LinkPage:
    """Raises NotFound also for a link that holds no more, or one this person may not know of."""
    file = case_file(case_id, by)
    for link in file.links:
        if link.id == link_id:
            form = Form(linking.END.key, f"解除与 {link.other.case_no} 的{_called(link)}", linking.END.fields, {})
            return LinkPage(file, form, {}, link.why_kept, uuid4().hex, "解除", [])
    raise NotFound


def _called(link: Link) -> str:
    return "并案" if link.kind == MERGED else "关联"
