"""Units, posts and people: who they are, what they may, and the audit of it (S-01)."""
