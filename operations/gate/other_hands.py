"""Who may not do a task because of what they did before: an appeal is not heard by who judged first (XT-A6)."""

from collections.abc import Sequence

from sqlalchemy import select

from errors import InvalidForm
from models import Identity, PostHolder, Task, User, session
from models.task import COMPLETED
from operations.gate.passing_posts import posts_for
from reference import definitions

NOT_BY = "notBy"  # ids of user tasks, with blanks between


def refuse_same_hands(task: Task, by: Identity) -> None:
    """Hold a task to its `notBy` when it is completed. Raises InvalidForm, so that what was typed stays."""
    if why := why_not_these_hands(task, by):
        raise InvalidForm({"": why})


def why_not_these_hands(task: Task, by: Identity) -> str:
    """Whoever completed one of its `notBy` last in this case may not do this task: says so, and who may. "" for all
    others.
    """
    did = _judged(task)
    if by.id not in did:
        return ""
    return f"“{did[by.id]}”是您办理的，“{task.name}”要由另一人办理：{_who_may(task, by)}。"


def refuse_same_opinion(task: Task, by: Identity) -> None:
    """Nor do they say how it is to be judged, when a colleague asks their post (加签、委派). Raises InvalidForm."""
    did = _judged(task)
    if by.id in did:
        said = f"“{did[by.id]}”是您办理的，“{task.name}”不能由您提出意见：请由同岗位的同事答复，或者请对方减签。"
        raise InvalidForm({"": said})


def with_other_hands(task: Task, posts: Sequence[str]) -> set[str]:
    """Of these posts, by key, those that somebody else holds too."""
    did = _judged(task)
    if not did:
        return set(posts)
    held = select(PostHolder.post_key).join(User, User.id == PostHolder.user_id)
    free = held.where(User.disabled.is_(False), User.id.not_in(did), PostHolder.post_key.in_(posts))
    return set(session.scalars(free))


def _judged(task: Task) -> dict[int, str]:
    """Who completed one of its `notBy` last, and which."""
    element = definitions.definition(task.instance.definition_id).elements[task.element]
    earlier = element.properties.get(NOT_BY, "").split()
    return {user: name for user, name in (_last(task, each) for each in earlier) if user is not None}


def _last(task: Task, element: str) -> tuple[int | None, str]:
    """Who completed this one last, and what it is called."""
    done = select(Task.done_by, Task.name).where(Task.case_id == task.case_id, Task.element == element)
    newest = done.where(Task.state == COMPLETED).order_by(Task.closed_at.desc(), Task.id.desc()).limit(1)
    row = session.execute(newest).first()
    return (row.done_by, row.name) if row else (None, "")


def _who_may(task: Task, by: Identity) -> str:
    """What there is to be done about it: a colleague of the post, another post (转办), or neither."""
    others = [post.key for post in posts_for(task)]
    found = with_other_hands(task, [task.post, *others])
    ways = []
    if task.post in found:
        ways.append("请放回，由同岗位的同事办理" if task.inbox_key == by.key else "请由同岗位的同事办理")
    if found & set(others):
        ways.append("请转办给本单位的其他岗位")
    return "，或者".join(ways) or "本单位没有别人能办，请联系管理员"
