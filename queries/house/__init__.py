"""What managers, administrators and operators see."""
