"""The truth on this laptop: encrypted database, evidence shelf, vault. The only room below that speaks SQL.

Its modules load when they are first used (`store.drafts`), because they bring the database library along and
the window is painted before that.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.store import (
        account,
        audit,
        decisions,
        drafts,
        evidence_rows,
        findings,
        lists,
        looked,
        outbox,
        places,
        platform_rows,
        remembered,
        sync_log,
    )

__all__ = [
    "account",
    "audit",
    "decisions",
    "drafts",
    "evidence_rows",
    "findings",
    "lists",
    "looked",
    "outbox",
    "places",
    "platform_rows",
    "remembered",
    "sync_log",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
