"""Pictures of the diagrams."""
