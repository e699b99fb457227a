"""When the workbench tries again."""

from datetime import UTC, datetime, timedelta

from workbench.errors import NetworkError, PlatformError
from workbench.sync.retry import LONGEST_S, SHORTEST_S, delay_s, next_try_at

NOW = datetime(2026, 3, 2, 19, 42, tzinfo=UTC)


def test_that_the_bound_of_the_wait_doubles_up_to_a_limit() -> None:
    bounds = [delay_s(attempts, draw=lambda low, high: high) for attempts in (1, 2, 3, 4, 20, 10_000)]
    assert bounds == [4.0, 8.0, 16.0, 32.0, LONGEST_S, LONGEST_S]


def test_that_the_wait_is_drawn_from_the_whole_of_its_range() -> None:
    drawn: list[tuple[float, float]] = []

    def draw(low: float, high: float) -> float:
        drawn.append((low, high))
        return low

    assert delay_s(3, draw=draw) == SHORTEST_S
    assert drawn == [(0.0, 16.0)]


def test_that_patience_asked_for_is_kept_even_when_the_drawn_wait_is_shorter() -> None:
    busy = PlatformError("busy", retry_after_s=90)
    assert next_try_at(NOW, 1, busy, draw=lambda low, high: low) == NOW + timedelta(seconds=90)
    assert next_try_at(NOW, 1, busy, draw=lambda low, high: 200) == NOW + timedelta(seconds=200)


def test_that_no_platform_can_put_the_next_try_off_for_ever() -> None:
    never = PlatformError("busy", retry_after_s=10.0**12)
    assert next_try_at(NOW, 1, never) <= NOW + timedelta(hours=6)


def test_that_a_lost_network_waits_by_the_clock_of_the_backoff_alone() -> None:
    assert next_try_at(NOW, 1, NetworkError("off"), draw=lambda low, high: 3.0) == NOW + timedelta(seconds=3)
