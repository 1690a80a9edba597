"""What a manager looks at before and while running cases are migrated."""
