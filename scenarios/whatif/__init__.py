"""What would have come of real cases, had the flow or its parameters been others (推演)."""
