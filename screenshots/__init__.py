"""`make screenshots`: every screen of the product in docs/screenshots, wide and narrow, of a county on a fixed day."""
