"""What people without an account do."""
