"""A manager changes parameters on a page that shows many: only what was typed, and only over what it showed."""

from collections.abc import Mapping
from typing import Any

from errors import InvalidForm
from models import Identity, ParameterValue, transactional
from operations.house.parameter_rights import require_may_change
from operations.house.parameters import NewValue, change_parameters, faults_of, hold_parameters, parameter_of
from reference.parameters import newest_revision, values_at


@transactional
def change_seen(values: Mapping[str, Any], basis: str, *, seen: int, by: Identity) -> list[ParameterValue]:
    """`values`: all that stand on the page, by key; `seen`: the revision of the parameters that it showed.

    Raises InvalidForm with a sentence for each key, and what change_parameters() raises.
    """
    hold_parameters()  # what is compared now is still so when it is written
    before, now = values_at(seen), values_at(newest_revision())
    changed = {key: value for key, value in values.items() if key in before and not _same(value, before[key])}
    if not changed:
        raise InvalidForm({"": "没有改动，没有保存。"})
    for key in changed:
        require_may_change(parameter_of(key), by)
    if late := {key: f"别人刚才改成了“{now[key]}”，请核对。" for key in changed if not _same(now[key], before[key])}:
        raise InvalidForm(late)
    news = {key: NewValue(value, basis.strip()) for key, value in changed.items()}
    if faults := faults_of(news):
        raise InvalidForm(faults)
    return change_parameters(news, by=by)


def _same(one: Any, other: Any) -> bool:
    """A truth value is no number."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other
