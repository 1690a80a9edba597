"""What a migrated case handed in under a version that it does not run under any more (docs/decisions/migration.md).

A form or step that its version does not have is read as the newest version that has it has it.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from sqlalchemy import select

from engine import Definition
from engine.forms import Form
from models import ProcessDefinition, session
from reference import definitions


class _Forms(Mapping[str, Form]):
    """Of a version; a key it lacks is looked for in the others."""

    def __init__(self, definition: Definition):
        self._own, self._flow = definition.forms, definition.key

    def __getitem__(self, key: str) -> Form:
        if key in self._own:
            return self._own[key]
        found = next((each.forms[key] for each in _versions(self._flow) if key in each.forms), None)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def forms_ever(definition: Definition) -> Mapping[str, Form]:
    """By key, also those that only other versions of the flow have."""
    return _Forms(definition)


def name_of(definition: Definition, element: str) -> str:
    """What an element is called, or was."""
    every = chain([definition], _versions(definition.key))
    return next((each.elements[element].name for each in every if element in each.elements), element)


def _versions(flow: str) -> Iterator[Definition]:
    """Newest first; asked for only where something is lacking."""
    rows = select(ProcessDefinition.id).where(ProcessDefinition.key == flow).order_by(ProcessDefinition.version.desc())
    for id_ in session.scalars(rows).all():
        yield definitions.definition(id_)
