"""The bench of process designers and managers: drafts of flows, and what brings them into use."""
