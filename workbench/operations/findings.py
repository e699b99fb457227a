"""Keeping what was found by looking evidence over. A fact about bytes: no act of a person, so not in the audit."""

from typing import TYPE_CHECKING

from workbench import store
from workbench.model.changes import Changes
from workbench.model.findings import LookedOver
from workbench.model.ids import EvidenceHash

if TYPE_CHECKING:
    from workbench.store.session import WriteSession


def keep_looked_over(session: "WriteSession", sha256: EvidenceHash, part: int, found: LookedOver) -> Changes:
    """Keep what part `part` (from 0) of these bytes showed."""
    store.findings.keep(session, sha256, part, found)
    return Changes()
