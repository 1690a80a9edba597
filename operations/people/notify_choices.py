"""Which notices go out, by which channel, at once or in the digest: the person's choice, else the post's, else ours."""

from collections.abc import Mapping

from models.notifying import Choices
from models.outbox import COPY, SIGN, URGE

OTHER, TASKS = "other", "tasks"
#: What each kind of notice is called; TASKS is no notice: what has come, is due or late.
KINDS = {URGE: "催办、督办", SIGN: "加签、委派", COPY: "抄送", OTHER: "其他通知", TASKS: "新到、到期、逾期的任务"}
AT_ONCE, DIGEST, NEVER = "at_once", "digest", "never"
UNCHOSEN = "unchosen"  # left to the post, or to the house
WAYS = {AT_ONCE: "马上发", DIGEST: "每日汇总", NEVER: "不发"}
USUAL = {URGE: AT_ONCE, SIGN: AT_ONCE, COPY: DIGEST, OTHER: DIGEST, TASKS: DIGEST}


def kind_of(notice_kind: str) -> str:
    return notice_kind if notice_kind in KINDS else OTHER


def ways_of(kind: str) -> dict[str, str]:
    """Those that can be chosen: of tasks only the digest tells."""
    return {way: name for way, name in WAYS.items() if kind != TASKS or way != AT_ONCE}


def choice_key(kind: str, channel: str) -> str:
    return f"{kind}_{channel}"


def way(person: Choices, post: Mapping[str, str], kind: str, channel: str) -> str:
    """How this person is told of this kind at this post."""
    key = choice_key(kind, channel)
    return next((each[key] for each in (person, post) if each.get(key) in WAYS), USUAL[kind])
