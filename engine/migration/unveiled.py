"""What a case would show under another version that it hides under its own (XT-20, S-04).

The history, the forms handed in and the drawing are read with the version a case runs under. So whatever hides
something there must hide it in the new version as well, for every case.
"""

from collections.abc import Iterable, Iterator

from engine.definition import Definition
from engine.forms import Field, Form

#: Properties of a field that keep its answer from some: holders of clues alone, the reporter's data.
KEPT = ("confidential", "personal")


def unveiled(old: Definition, new: Definition) -> Iterator[str]:
    """A sentence for each element and field that would come to light."""
    for each in sorted(old.secrets - new.secrets):
        shown = old.elements[each]
        yield f"保密环节{shown}在新版里没有或不再保密，办过的记录会露出来（XT-20），不能迁移。"
    for key, form in old.forms.items():
        if key in new.forms:
            yield from (_sentence(form, field) for field in _less_kept(form, new.forms[key]))


def _less_kept(old: Form, new: Form) -> Iterator[Field]:
    kept = {(field.key, name, field.properties.get(name)) for field in _all(new.inputs) for name in KEPT}
    for field in _all(old.inputs):
        if any(field.properties.get(name) and (field.key, name, field.properties[name]) not in kept for name in KEPT):
            yield field


def _all(fields: Iterable[Field]) -> Iterator[Field]:
    """Columns of a table included."""
    for field in fields:
        yield field
        yield from _all(field.fields)


def _sentence(form: Form, field: Field) -> str:
    return f"表单“{form.title}”的“{field.label}”在新版里没有或不再保密、遮盖，填过的会露出来，不能迁移。"
