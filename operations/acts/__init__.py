"""What staff do with cases and tasks."""
