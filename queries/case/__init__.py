"""One case, its tasks and papers, as one person may see them."""
