"""What process designers and managers look at: flows, drafts, and what stands in their way."""
