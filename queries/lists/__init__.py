"""Cases as lists: searched, watched over, counted."""
