"""Where words stand in a text, in any case. Counts in characters and draws nothing."""

import re

HITS_MOST = 10_000
Span = tuple[int, int]
"""From this character to before that one."""


def find_all(text: str, words: str) -> list[Span]:
    """Every place of `words`, up to HITS_MOST; any run of white space fits any other."""
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    if not pattern:
        return []
    found: list[Span] = []
    for hit in re.finditer(pattern, text, re.IGNORECASE):
        found.append(hit.span())
        if len(found) >= HITS_MOST:
            break
    return found
