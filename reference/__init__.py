"""What every step looks up: published flows, parameters, the calendar, people. Read-only, cached by revision."""
