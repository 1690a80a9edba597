"""`flask clauses`: where each clause of the documents is enforced."""

import click

from commands.verbs import OPERATOR, Refused, RefusesInWords
from queries.house.clause_places import enforcing_places
from queries.house.clauses import KINDS, Figures, Row, clause_rows, figures, shown_to
from scenarios.clauses import tried_in_scenarios, tried_in_tests


@click.command(cls=RefusesInWords, help="条款在哪里落实：不写则列各文件的数；写文件（XT）或条款（XT-12）则逐条列出。")
@click.argument("which", default="")
def clauses(which: str) -> None:
    rows = clause_rows([*enforcing_places(), *tried_in_scenarios(), *tried_in_tests()])
    if not which:
        _summary(rows)
        return
    chosen = shown_to(OPERATOR, (row for row in rows if which in (row.clause.id, row.clause.document)))
    if not chosen:
        raise Refused(f"没有“{which}”这个条款或文件。")
    for row in chosen:
        _print(row)


def _summary(rows: list[Row]) -> None:
    each = figures(rows)
    for document in each:
        click.echo(_line(document))
    for row in rows:
        if row.by_reason_only:
            click.echo(f"  只有理由 {row.clause.id} {row.clause.short}：{row.clause.reason}")
    missing = [id_ for document in each for id_ in document.missing]
    if missing:
        click.echo(f"没有落实，也没有理由：{'、'.join(missing)}")
    raise SystemExit(1 if missing else 0)


def _line(document: Figures) -> str:
    places = "，".join(f"{KINDS[kind]} {count}" for kind, count in document.counts.items())
    name = f"{document.document.key} {document.document.name}"
    return f"{name}：{document.clauses} 条（{places}），只有理由 {document.by_reason_only}，缺 {len(document.missing)}"


def _print(row: Row) -> None:
    click.echo(f"{row.clause.id} {row.clause.short}\n  {row.clause.text}")
    for place in row.places:
        where = " · ".join(each for each in (place.within, f"{place.name} {place.element}".strip()) if each)
        click.echo(f"  {KINDS[place.kind]}：{where}")
    if row.clause.reason:
        click.echo(f"  理由：{row.clause.reason}")
