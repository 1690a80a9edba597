"""A county does without a document: its flow takes no new cases, and those it has go on to their end (C-11).

Which flows are retired is a parameter, so who retired one, when and on what ground is kept like any change of one.
"""

from errors import AppError, NotAllowed, NotFound
from models import Identity, ProcessDefinition, transactional
from operations.house.parameters import NewValue, hold_parameters, write_values
from reference import definitions
from reference.counties import flows_of

KEY = "flow.retired"


class NothingToChange(AppError):
    """流程已经是这样。"""


@transactional
def retire_flow(key: str, *, by: Identity, reason: str) -> ProcessDefinition:
    """From now on nobody registers a case of it and the calendar begins none. Raises what _change() raises."""
    return _change(key, True, by, reason)


@transactional
def resume_flow(key: str, *, by: Identity, reason: str) -> ProcessDefinition:
    """It takes new cases again; what the calendar passed over meanwhile is not caught up. Raises what _change()
    raises.
    """
    return _change(key, False, by, reason)


def _change(key: str, retire: bool, by: Identity, reason: str) -> ProcessDefinition:
    """Raises NotFound for a flow that is not of one's county, NothingToChange, NotAllowed."""
    hold_parameters()
    row = definitions.newest(key)
    if not flows_of(by, {row.id: definitions.definition(row.id).units}):
        raise NotFound(f"没有名为“{key}”的流程。")
    if not by.can("manage"):
        raise NotAllowed("您没有停用和恢复流程的权限。")
    retired = definitions.retired()
    if (key in retired) is retire:
        raise NothingToChange(f"“{row.name}”流程{'已经停用' if retire else '没有停用'}。")
    if not reason.strip():
        raise NothingToChange("请写明依据或原因。")
    write_values({KEY: NewValue(sorted(retired | {key} if retire else retired - {key}), reason)}, by=by)
    return row
