"""Slows down guessing: so many failures from one address in so much time, then patience is asked for."""

import math
from collections import deque
from datetime import datetime, timedelta

MOST_FAILURES = 10
WINDOW = timedelta(minutes=1)
_MOST_CLIENTS = 10_000


class FailureLimit:
    """Counts failures per client address, in memory. Used on the event loop only."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[datetime]] = {}

    def wait_s(self, client: str, now: datetime) -> int:
        """Whole seconds that this client has to wait; 0: none."""
        failures = self._recent(client, now)
        if len(failures) < MOST_FAILURES:
            return 0
        return max(1, math.ceil((failures[0] + WINDOW - now).total_seconds()))

    def failed(self, client: str, now: datetime) -> None:
        """Count a failure."""
        if len(self._failures) >= _MOST_CLIENTS:
            self._failures = {key: kept for key, kept in self._failures.items() if kept and kept[-1] > now - WINDOW}
        failures = self._recent(client, now)
        failures.append(now)
        self._failures[client] = failures

    def _recent(self, client: str, now: datetime) -> deque[datetime]:
        failures = self._failures.get(client, deque(maxlen=MOST_FAILURES))
        while failures and failures[0] <= now - WINDOW:
            failures.popleft()
        return failures
