"""What every change of a case passes through: load it, let the engine move it, write it down (P1, P2)."""
