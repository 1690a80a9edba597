"""A paper of each layout with made-up facts: what an uploaded template is tried with."""

from papers.kinds import TEMPLATES
from papers.paper import Block, Paper, Table


def sample(key: str) -> Paper:
    """Every field has a value, one of them of several lines; every list two rows."""
    template = TEMPLATES[key]
    texts = {name: f"（{name}）" for name in template.known if "." not in name}
    lists = {
        name: [{column: f"{column}{number}" for column in columns} for number in (1, 2)]
        for name, columns in template.lists.items()
    }
    blocks = [Block("样例正文。"), Block("样例条目。", "一、标题：")]
    tables = [Table("附表", ("单位", "件数"), [("样例单位", "1")])]
    return Paper(key, {**texts, "附件说明": "附件：1. 附表\n　　　2. 附表"}, blocks, tables, lists)
