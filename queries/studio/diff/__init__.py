"""What differs between two editions of a flow's files, as a designer would say it: pure functions on their bytes."""
