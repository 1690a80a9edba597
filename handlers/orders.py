"""A 督办单 by hand: a case of its own about another one, with which it is linked (operations/acts/ordering.py)."""

from typing import Annotated, Any

from sqlalchemy import select

from engine.masking import without_names
from errors import NotFound
from handlers.cases import take_part
from handlers.context import CaseContext
from handlers.notices import LIAISONS, posts_to_tell, tell
from handlers.registry import handler
from models import Case, CaseLink, Post, PostHolder, Task, Unit, User, session
from models.link import ORDERS
from models.outbox import URGE
from models.succession import serving


@handler(
    "order.take",
    name="督办对象",
    result="no、title：被督办的事项；post：由哪个岗位反馈；owner、role：出督办单的单位和岗位",
)
def take_order(
    case: CaseContext, to: Annotated[str, "督办对象单位"], issued_by: Annotated[str, "出督办单的岗位"]
) -> dict[str, Any]:
    """让督办对象看得到这张督办单，找出由它的哪个岗位反馈：联络员，没有的由在被督办事项里办过任务的岗位，先选有人的。"""
    about = supervised_by(case.case.id)
    if about is None:
        raise NotFound("这张督办单没有与被督办的事项连在一起。")
    unit = serving(to)
    case.case.lead_org = unit
    take_part(case, unit, "lead")
    owner, role = issued_by.removeprefix("post:").split(":")
    post = _answering(unit, about.id)
    if post not in posts_to_tell(unit):  # who else gets the paper is told with it
        tell(case, [post], f"督办，请反馈：{title_for_all(about)}", kind=URGE)
    return {
        "no": about.case_no or "未编号",
        "title": title_for_all(about),
        "post": post,
        "owner": owner,
        "role": role,
    }


def supervised_by(order_id: int) -> Case | None:
    """The case that this one is a 督办单 about; None where it is none."""
    about = select(Case).join(CaseLink, CaseLink.other_id == Case.id)
    return session.scalar(about.where(CaseLink.case_id == order_id, CaseLink.kind == ORDERS))


def title_for_all(about: Case) -> str:
    """As every reader may read it (S-04, C-09): what stands in the order is read by more than one unit."""
    return without_names(about.title, [about.reporter], known=not about.confidential)


def _answering(unit: str, about: int) -> str:
    """The unit's 联络员, by whatever name the county has, else its post that worked on the case last; rather one that
    somebody holds. Raises NotFound.
    """
    found = session.execute(select(Post.key, Post.role).join(Unit).where(Unit.code == unit).order_by(Post.key)).all()
    keys = [key for key, _ in found]
    worked = select(Task.post).where(Task.case_id == about, Task.confidential.is_(False), Task.post.in_(keys))
    last = session.scalars(worked.order_by(Task.created_at.desc(), Task.id.desc())).all()
    posts = list(dict.fromkeys([*(key for key, role in found if role in LIAISONS), *last]))
    if not posts:
        raise NotFound("督办对象没有联络员，也没有在被督办的事项里办过任务的岗位。")
    holding = select(PostHolder.post_key).join(User, User.id == PostHolder.user_id)
    held = set(session.scalars(holding.where(PostHolder.post_key.in_(posts), User.disabled.is_(False))))
    return next((post for post in posts if post in held), posts[0])
