"""What the clock does by itself, a step of the ticker after another."""
