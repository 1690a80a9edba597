"""Keys of fields that mean something already: what is typed there would go astray."""

from collections.abc import Iterator

from engine.forms.form import Field, Form, flat
from errors import Problem

#: What a case knows by these names, and the kinds of fields that give it (docs/architecture.md).
MEANT = {
    "title": ("事项标题", {"textfield", "textarea"}),
    "confidential": ("是否保密", {"checkbox"}),
    "satisfaction": ("满意度", {"radio", "select"}),
    "lead_org": ("承办单位", {"select"}),
    "channel": ("受理渠道", {"radio", "select"}),
    "receiver_post": ("登记的岗位", set[str]()),
}
#: What the pages' language keeps for itself, besides all that begins with two lines.
TAKEN = {"constructor", "prototype"}


def clashes(form: Form) -> Iterator[Problem]:
    """Warnings: what is in use already keeps its keys."""
    columns = (column for one in form.inputs for column in flat(one.fields) if column.key)
    for field in (*form.inputs, *columns):
        if field.key.startswith("__") or field.key in TAKEN:
            yield _clash(form, field, "是系统保留的，填的内容会丢")
    for field in form.inputs:
        about, kinds = MEANT.get(field.key, ("", {field.type}))
        if field.type not in kinds and not field.readonly:
            yield _clash(form, field, f"是事项的{about}，填的内容会当作{about}用")


def _clash(form: Form, field: Field, words: str) -> Problem:
    return Problem("", f"表单“{form.key}”的“{field.label}”：字段键“{field.key}”{words}，请换一个键。", warning=True)
