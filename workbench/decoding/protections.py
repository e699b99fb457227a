"""The window's book of what its children could not be protected with. Believes only names that it knows."""

import logging
import threading

from workbench.decoding.sandbox import PROTECTIONS

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_lacking: dict[str, tuple[str, ...]] = {}


def note(child: str, said: object) -> None:
    """Keep what a child named `child` said at its start, and log each kind of child once if it lacks something."""
    if not isinstance(said, list):
        return
    kind = child.rstrip("-0123456789")
    found = tuple(name for name in PROTECTIONS if name in said)
    with _lock:
        is_news = found != _lacking.get(kind, ())
        _lacking[kind] = found
    if is_news:
        _log.warning("this system does not protect %s by: %s", kind, ", ".join(found))


def lacking() -> dict[str, tuple[str, ...]]:
    """For diagnosis: each kind of child that was started, and the protections that its system refused it."""
    with _lock:
        return dict(_lacking)
