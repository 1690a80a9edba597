"""What whoever registers or dispatches is shown."""
