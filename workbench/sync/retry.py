"""When to try again: exponential backoff with full jitter. Decides times; waits and remembers nothing itself."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from workbench.errors import KnownError, PlatformError

FIRST_S = 2.0
LONGEST_S = 300.0
SHORTEST_S = 0.5
MOST_PATIENCE_S = 6 * 3600.0

Draw = Callable[[float, float], float]
"""A number between two bounds, as `random.uniform` draws it."""


def delay_s(attempts: int, *, draw: Draw = random.uniform) -> float:
    """Seconds to wait after that many failures in a row (1 or more): anything up to a bound that doubles each time."""
    bound = min(LONGEST_S, FIRST_S * 2 ** min(attempts, 30))
    return max(SHORTEST_S, draw(0.0, bound))


def patience_s(problem: KnownError | None) -> float:
    """Seconds that the platform asked us to wait, within reason; 0 when it did not ask."""
    asked_s = problem.retry_after_s if isinstance(problem, PlatformError) else None
    return min(asked_s or 0.0, MOST_PATIENCE_S)


def next_try_at(now: datetime, attempts: int, problem: KnownError, *, draw: Draw = random.uniform) -> datetime:
    """When to try again after that problem: never before the platform asked us to."""
    return now + timedelta(seconds=max(patience_s(problem), delay_s(attempts, draw=draw)))
