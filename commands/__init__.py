"""The `flask …` verbs. Each parses, calls an operation or a query, and prints."""

from flask import Flask

from commands import clock, flows, history, scenarios, serve


def register(app: Flask) -> None:
    app.cli.add_command(serve.serve)
    app.cli.add_command(serve.demo)
    app.cli.add_command(clock.clock)
    app.cli.add_command(flows.flow)
    app.cli.add_command(history.history)
    app.cli.add_command(scenarios.scenario)
