"""The inbox and its boxes: what waits for a person, and what they have begun."""
