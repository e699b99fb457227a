"""Citations: in words, in order, and whether a place fits the evidence."""
