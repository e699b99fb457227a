"""Keeps laptop and platform in step: the round, the evidence fetch, retry, and the loop around them."""
