"""What the hub says to one event, and how a check says no."""

from dataclasses import dataclass

from workbench.wire.events import EventResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`detail` is a sentence for a person; `field` names the place when the result is `invalid`."""

    result: EventResult
    detail: str = ""
    field: str = ""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A check said no."""

    def __init__(self, result: EventResult, detail: str, field: str = "") -> None:
        self.verdict = Verdict(result=result, detail=detail, field=field)
        super().__init__(detail)


def invalid(field: str, detail: str) -> Refused:
    """The refusal of a row that contradicts itself or what the hub knows."""
    return Refused(EventResult.INVALID, detail, field)
