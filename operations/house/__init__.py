"""What a county sets: flows in use, calendar, parameters, templates."""
