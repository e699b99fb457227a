"""Citations: in words, in order, as W3C Web Annotations, and whether a place fits the evidence."""
