"""The screenshots in docs/screenshots/."""
