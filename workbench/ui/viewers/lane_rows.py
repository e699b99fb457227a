"""Which row of the citation lane each bar takes, so that overlapping bars stay legible. Draws nothing."""

from collections.abc import Sequence


def rows_for(spans: Sequence[tuple[float, float]]) -> list[int]:
    """For each span (left, right, in pixels) the first row, counted from 0, in which it overlaps no other."""
    ends: list[float] = []
    rows = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda index: spans[index]):
        left, right = spans[index]
        row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
        if row == len(ends):
            ends.append(right)
        ends[row] = right
        rows[index] = row
    return rows
