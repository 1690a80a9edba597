"""What process designers and managers do: drafts of flows, their checks and their way into use."""
