"""Counts the time a person really spends on a submission. Time without any input for a minute is left out."""

import time

from workbench.model.ids import AssignmentId

IDLE_AFTER_S = 60.0


class ActiveClock:
    """Milliseconds per assignment in this session; `touch` on every act of the person."""

    def __init__(self) -> None:
        self._spent_s: dict[AssignmentId, float] = {}
        self._open: AssignmentId | None = None
        self._last_s = time.monotonic()

    def begin(self, assignment_id: AssignmentId | None) -> None:
        """Count for this assignment from now on; None: for none."""
        self.touch()
        self._open = assignment_id

    def touch(self) -> None:
        """The person did something now, or evidence is playing."""
        now = time.monotonic()
        if self._open is not None:
            spent = min(now - self._last_s, IDLE_AFTER_S)
            self._spent_s[self._open] = self._spent_s.get(self._open, 0.0) + spent
        self._last_s = now

    def active_ms(self, assignment_id: AssignmentId) -> int:
        """What was counted for the assignment."""
        return round(self._spent_s.get(assignment_id, 0.0) * 1000)
