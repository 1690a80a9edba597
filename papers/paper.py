"""What stands on one paper, before anybody asks what it looks like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Row = Mapping[str, str]


@dataclass(frozen=True)
class Block:
    """One paragraph of the text. `heading` stands before `text` in 黑体: 一、报到时间."""

    text: str
    heading: str = ""


@dataclass(frozen=True)
class Table:
    """An attached table (附表). `head` may be empty; every row has as many cells as the widest."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Paper:
    """`texts` fill single places of a template, `lists` repeat a table row, blocks and tables are 正文 and 附表."""

    template: str  # its key in kinds.TEMPLATES
    texts: Mapping[str, str]
    blocks: Sequence[Block] = ()
    tables: Sequence[Table] = ()
    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)
