"""Broken files by the thousand, made from seeds that can be named again, against the real decoding processes."""
