"""The `flask …` verbs. Each parses, calls an operation or a query, and prints."""

from flask import Flask

from commands import (
    calendars,
    clauses,
    clock,
    flows,
    history,
    organisation,
    parameters,
    scenarios,
    scores,
    serve,
    trials,
    users,
)


def register(app: Flask) -> None:
    trials.register()
    app.cli.add_command(serve.serve)
    app.cli.add_command(serve.prepare_)
    app.cli.add_command(serve.demo)
    app.cli.add_command(clock.clock)
    app.cli.add_command(flows.flow)
    app.cli.add_command(organisation.organisation)
    app.cli.add_command(users.user)
    app.cli.add_command(parameters.parameter)
    app.cli.add_command(calendars.calendar)
    app.cli.add_command(history.history)
    app.cli.add_command(scenarios.scenario)
    app.cli.add_command(scores.scores)
    app.cli.add_command(clauses.clauses)
