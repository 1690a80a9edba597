"""One change of a flow turns many of its scenarios red for one reason: they are mended together."""
