"""Turns what came back over HTTP into a value of wire/ or into sentences for a person. Sends nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from workbench.errors import DataError, NetworkError, PlatformError, SignedOutError
from workbench.wire.codec import decode
from workbench.wire.exchange import Problem

T = TypeVar("T")

SAFE = "Your scores and decisions are safe on this laptop."
LATER = "The workbench tries again by itself."
ASK = "If this goes on, tell your programme."
UNAUTHORIZED = 401
PATIENCE = (429, 503)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer, read to its end. Names of `headers` in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def problem(self) -> Problem | None:
        """The problem+json of an error answer; None when it is none."""
        if self.media_type != "application/problem+json":
            return None
        try:
            return decode(Problem, self.body, source="the refusal")
        except DataError:
            return None

    @property
    def retry_after_s(self) -> float | None:
        """Seconds of patience asked for, from either form of Retry-After; None when there is none."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text)
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        return max(0.0, (at - datetime.now(UTC)).total_seconds()) if at.tzinfo else None


def read_value(answer: Answer, kind: type[T], *, host: str) -> T:
    """The answer as a value of wire/. Raises PlatformError for a refusal or a page, DataError for broken JSON."""
    refuse_unless_success(answer, host=host)
    if answer.media_type != "application/json":
        raise not_an_answer(answer, host=host)
    try:
        return decode(kind, answer.body, source=f"The answer from {host}")
    except DataError as error:
        raise DataError(file=error.file, place=error.place, rule=error.rule, do=f"{LATER} {ASK}") from error


def refuse_unless_success(answer: Answer, *, host: str) -> None:
    """Raises PlatformError with the platform's own sentence, or with ours, unless the status is a success."""
    if 200 <= answer.status < 300:
        return
    if 300 <= answer.status < 400:
        raise PlatformError(
            f"{host} sent us on to another address, and the workbench does not follow with your sign-in.",
            safe=SAFE,
            do="If you are on a guest network, sign in there with a browser first.",
            status=answer.status,
        )
    problem = answer.problem
    raise not_an_answer(answer, host=host) if problem is None else _refusal(problem, answer, host=host)


def signed_out() -> SignedOutError:
    """The programme no longer accepts this device."""
    return SignedOutError(
        "Your programme has signed this laptop out.",
        safe=SAFE,
        do="Ask your programme for a new enrolment code and sign in again.",
        status=UNAUTHORIZED,
    )


def unreachable(host: str, error: Exception) -> NetworkError:
    """The connection did not come about, or broke."""
    from httpx import ConnectError, TimeoutException

    if isinstance(error, ConnectError):
        happened = f"{host} cannot be reached."
    elif isinstance(error, TimeoutException):
        happened = f"{host} did not answer in time."
    else:
        happened = f"The connection to {host} broke off."
    return NetworkError(happened, safe=SAFE, do=f"Check the network. {LATER}")


def not_an_answer(answer: Answer, *, host: str) -> PlatformError:
    """Something else answered, or the platform answered with an error page."""
    status = answer.status
    do = "Check the address, and whether this network asks for a sign-in of its own."
    if status >= 500:
        happened, do = f"{host} had an error of its own (number {status}).", f"{LATER} {ASK}"
    elif answer.media_type == "text/html":
        happened = f"{host} answered with a web page instead of your programme's data."
    else:
        happened = f"{host} gave an answer that a programme's hub would not give (number {status})."
    return PlatformError(happened, safe=SAFE, do=do, status=status, retry_after_s=answer.retry_after_s)


def _refusal(problem: Problem, answer: Answer, *, host: str) -> PlatformError:
    words = as_sentence(problem.detail or problem.title)
    status, wait_s = answer.status, answer.retry_after_s
    if status == UNAUTHORIZED:
        return signed_out()
    if status in PATIENCE:
        return PlatformError(
            f"{host} asks for patience: {words}", safe=SAFE, do=LATER, status=status, retry_after_s=wait_s
        )
    do = f"{LATER} {ASK}" if status >= 500 else ASK
    return PlatformError(f"{host} refused: {words}", safe=SAFE, do=do, status=status, retry_after_s=wait_s)


def as_sentence(words: str) -> str:
    """Somebody else's words, ending as a sentence does."""
    words = words.strip() or "no reason was given"
    return words if words.endswith((".", "!", "?")) else f"{words}."
