"""Who may not know of clues learns nothing of them by asking what may be migrated (XT-20).

No mapping tells of an element that they do not know, and where a confidential element makes a difference to any case,
the whole pair of versions is refused to them alike.
"""

from collections.abc import Iterator

from engine import Running, Standing
from engine.migration.standing import Floor
from errors import NotFound
from models import Identity
from operations.studio.migrating import LOOKED_AT, CannotMigrate, Order, chunks, judged, running_of
from reference import definitions

#: What such a reader is told, of every case of the pair.
COVERED = "有的环节在新版里不同，不能接着办。"


def hidden_from(order: Order, by: Identity) -> frozenset[str]:
    """The confidential elements of both versions, for who may not know of them."""
    if by.can("clues"):
        return frozenset()
    return definitions.definition(order.old).secrets | definitions.definition(order.new).secrets


def as_known(order: Order, by: Identity) -> Order:
    """Without what names an element that is not there, or that this reader may not know: both are the same to them."""
    hidden = hidden_from(order, by)
    old = definitions.definition(order.old).elements.keys() - hidden
    new = (definitions.definition(order.new).elements.keys() - hidden) | {""}
    mapping = {each: heir for each, heir in order.mapping if each in old and heir in new}
    return Order.of(order.old, order.new, mapping, order.reason)


def require_untold(order: Order, by: Identity) -> None:
    """Raises NotFound for a mapping of what as_known() leaves out, CannotMigrate where is_covered()."""
    if as_known(order, by) != order:
        raise NotFound("没有这个环节。")
    if is_covered(order, by):
        raise CannotMigrate(COVERED)


def is_covered(order: Order, by: Identity) -> bool:
    """Whether a confidential element would keep a case from going over, or has one judged otherwise than without it."""
    hidden = hidden_from(order, by)
    if not hidden:
        return False
    fitting = order.judge.fitting
    if any(fitting.lacks(each) or any(fitting.unlike(each)) for each in hidden & order.judge.old.elements.keys()):
        return True
    return any(_differ(order, hidden, rows) for rows in looked_at(order.old))


def looked_at(version: int) -> Iterator[list[tuple[int, int, bytes]]]:
    """The first LOOKED_AT running cases."""
    looked = 0
    for rows in chunks(version):
        yield rows
        looked += len(rows)
        if looked >= LOOKED_AT:
            return


def names_of(order: Order, hidden: frozenset[str]) -> list[str]:
    """As sentences call them."""
    versions = order.judge.old, order.judge.new
    return [str(each.elements[id_]) for each in versions for id_ in each.secrets & hidden]


def _differ(order: Order, hidden: frozenset[str], rows: list[tuple[int, int, bytes]]) -> bool:
    judge, names = order.judge, names_of(order, hidden)
    running = running_of([case for _, case, _ in rows])
    for (_, case, _), (_, stands, verdict) in zip(rows, judged(order, rows), strict=True):
        if any(name in reason for reason in verdict.reasons for name in names):
            return True
        runs = running.get(case, frozenset[Running]())
        known = _without(stands, hidden), frozenset(each for each in runs if each.element not in hidden)
        if known != (stands, runs) and judge.judge(*known).reasons != judge.judge(stands, runs).reasons:
            return True
    return False


def _without(standing: Standing, hidden: frozenset[str]) -> Standing:
    return tuple(
        Floor(floor.around, tuple(stand for stand in floor.stands if stand.element not in hidden))
        for floor in standing
        if not hidden.intersection(floor.around)
    )
