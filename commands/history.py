"""`flask history verify`: has anybody touched the record?"""

import click
from sqlalchemy import select

from commands.verbs import Verbs
from models import ProcessInstance, broken_links, session
from queries.house.audit import check_audit

history = Verbs("history", help="办理记录。")


@history.command(help="逐件核对办理记录的链条，发现改动即报告。")
def verify() -> None:
    checked = broken = 0
    for instance_id in session.scalars(select(ProcessInstance.id)):
        checked += 1
        for revision in broken_links(instance_id):
            broken += 1
            click.echo(f"事项 {instance_id} 第 {revision} 步的记录被改动过")
    click.echo(f"核对 {checked} 件，{broken} 处不一致")
    records, wrong, after = 0, 0, 0
    while True:
        part = check_audit(after)
        records, wrong = records + part.count, wrong + len(part.broken)
        for line in part.broken:
            click.echo(f"审计记录{line}")
        if part.next is None:
            break
        after = part.next
    click.echo(f"核对审计记录 {records} 条，{wrong} 处不一致")
    raise SystemExit(1 if broken or wrong else 0)
