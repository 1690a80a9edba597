"""Whose a parameter is: those of one document are its county's, the general ones everybody's and so nobody's alone."""

from errors import NotAllowed
from models import Identity, Parameter
from reference import definitions
from reference.counties import flows_of
from reference.seeds import parameter_called

#: What somebody must be allowed to change a parameter, by its `editable_by`.
PERMISSION = {"manager": "manage", "admin": "administer"}
GENERAL = "ALL"  # `seed` of what is no document's


def are_theirs(document: str, by: Identity) -> bool:
    """Whether the parameters of this document are of this person's county: all of its flows are. The general ones are
    the system administrator's (三员分立, S-01). A document that has no flow here is no county's, and anybody's.
    """
    if document == GENERAL:
        return by.can("administer")
    beginning = f"{document.lower()}_"
    rows = [row.id for row in definitions.newest_of_each() if row.key.startswith(beginning)]
    return flows_of(by, {id_: definitions.definition(id_).units for id_ in rows}) == frozenset(rows)


def require_may_change(parameter: Parameter, by: Identity) -> None:
    """Raises NotAllowed."""
    if not by.can(PERMISSION[parameter.editable_by]):
        raise NotAllowed(f"您没有修改参数“{parameter_called(parameter.key)}”的权限。")
    require_theirs(parameter, by)


def require_theirs(parameter: Parameter, by: Identity) -> None:
    """Raises NotAllowed."""
    if are_theirs(parameter.seed, by):
        return
    if parameter.seed == GENERAL:
        raise NotAllowed(f"参数“{parameter_called(parameter.key)}”各县共用，由系统管理员设置。")
    raise NotAllowed(f"参数“{parameter_called(parameter.key)}”是别的县的，您不能修改。")
