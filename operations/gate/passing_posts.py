"""The posts that a task may be passed on to (转办)."""

from models import Task, Unit, unit_of
from operations.gate.held_posts import ChosenPost, posts_where
from reference.people import DECIDING_ROLES, permissions_of


def posts_for(task: Task) -> list[ChosenPost]:
    """The posts this task may be passed on to."""
    return [post for post in posts_where(Unit.code == unit_of(task.post)) if not why_not(task, post)]


def why_not(task: Task, post: ChosenPost) -> str:
    """Why this task may not go to this post, in a sentence; "" when it may.

    What the diagram wants of two units, of two ranks or of the holders of clues stays so.
    """
    unit, role = task.post.split(":")[1:]
    if post.unit != unit:
        return f"{post.name}不是本单位的岗位，转办只在本单位之内；换承办单位请申请退回，由分派的岗位改派。"
    if post.key == task.post:
        return f"任务已经在{post.name}。"
    if not post.holders:
        return f"{post.name}现在没有人任职，不能接办。"
    if (post.role in DECIDING_ROLES) != (role in DECIDING_ROLES):
        return "领导岗位和经办岗位之间不能互相转办：经办和审签由两个岗位分别把关。"
    if task.confidential and "clues" not in permissions_of(post.unit, post.role):  # XT-20
        return f"这是保密任务，{post.name}没有查看线索的权限。"
    return ""
