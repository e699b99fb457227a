"""What the hub's adapter makes of whatever answers at the programme's address."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from tests.sync import faults
from workbench.errors import DataError, KnownError, NetworkError, PlatformError
from workbench.model.ids import DeviceId, PersonId, ProgrammeId
from workbench.model.person import Person, Programme, Role
from workbench.sync.platforms.answers import Answer
from workbench.sync.platforms.hub import HubPlatform
from workbench.wire.exchange import SignIn

HELD = SignIn(
    person=Person(id=PersonId("a1"), name="Assessor 7C-03", role=Role.ASSESSOR),
    programme=Programme(id=ProgrammeId("riverbend"), name="Riverbend"),
    access_token="awb-access-secret",
    access_expires_at=datetime(2026, 11, 2, tzinfo=UTC),
    refresh_token="awb-refresh-secret",
)


class Pocket:
    """Holds one sign-in."""

    def __init__(self) -> None:
        self.held = HELD

    def get(self) -> SignIn:
        return self.held

    def put(self, sign_in: SignIn) -> None:
        self.held = sign_in


def problem_with(fault: faults.Fault, kind: type[KnownError] = PlatformError) -> KnownError:
    """What an exchange raises when that answers."""
    transport = httpx.MockTransport(lambda request: fault(request, _nobody))
    platform = HubPlatform("https://hub.example.org", Pocket(), transport=transport)
    with pytest.raises(kind) as error:
        platform.exchange("", (), DeviceId("d1"))
    platform.close()
    return error.value


def _nobody(request: httpx.Request) -> httpx.Response:
    raise AssertionError("nobody is behind this")


def _raise(error: Exception) -> faults.Fault:
    def fault(request: httpx.Request, send: faults.Send) -> httpx.Response:
        raise error

    return fault


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.html(), "a web page instead of your programme's data"),
        (faults.html(401), "a web page instead"),
        (faults.html(404), "a web page instead"),
        (faults.html(500), "an error of its own (number 500)"),
        (faults.answered(502), "an error of its own (number 502)"),
        (faults.answered(200, b"hello", content_type="text/plain"), "that a programme's hub would not give"),
        (faults.answered(302, location="https://login.example.net/"), "sent us on to another address"),
        (faults.problem(403, "The token was given to another device."), "given to another device."),
        (faults.problem(404, "Check the address"), "Check the address."),
        (faults.problem(500, ""), "refused: Refused."),
        (faults.answered(400, b"{", content_type="application/problem+json"), "would not give (number 400)"),
    ],
)
def test_that_whatever_is_no_answer_is_told_in_three_plain_sentences(fault: faults.Fault, words: str) -> None:
    problem = problem_with(fault)
    assert words in problem.happened
    assert problem.happened.startswith("hub.example.org ")
    assert problem.safe == "Your scores and decisions are safe on this laptop."
    assert problem.do
    assert "secret" not in str(problem)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectError("no route"), "hub.example.org cannot be reached."),
        (httpx.ReadTimeout("slow"), "hub.example.org did not answer in time."),
        (httpx.RemoteProtocolError("cut"), "The connection to hub.example.org broke off."),
    ],
)
def test_that_a_network_that_fails_is_told_in_three_plain_sentences(error: Exception, words: str) -> None:
    problem = problem_with(_raise(error), NetworkError)
    assert problem.happened == words
    assert problem.safe
    assert "Check the network" in problem.do


@pytest.mark.parametrize("status", [429, 503])
def test_that_patience_asked_for_in_seconds_or_by_date_is_understood(status: int) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=300), usegmt=True)
    seconds = problem_with(faults.problem(status, "Too busy", retry_after="120"))
    dated = problem_with(faults.answered(status, retry_after=later))
    assert isinstance(seconds, PlatformError)
    assert isinstance(dated, PlatformError)
    assert seconds.retry_after_s == 120
    assert dated.retry_after_s is not None
    assert 200 < dated.retry_after_s <= 300


@pytest.mark.parametrize("words", ["soon", "", "²", "-1", "Mon, 01 Jan 99999999999 00:00:00 GMT", "1e9"])
def test_that_patience_asked_for_in_nonsense_is_none(words: str) -> None:
    assert Answer(status=503, headers={"retry-after": words}, body=b"").retry_after_s is None


def test_that_a_newer_hub_is_told_in_plain_words_before_its_answer_is_read() -> None:
    newer = faults.answered(200, b'{"protocol": 2, "news": []}', content_type="application/json")
    problem = problem_with(newer)
    assert "newer" in problem.happened
    assert "Update the workbench" in problem.do


def test_that_json_of_another_shape_names_the_place_and_the_rule() -> None:
    odd = faults.answered(200, b'{"protocol": 1, "outcomes": "none"}', content_type="application/json")
    problem = problem_with(odd, DataError)
    assert isinstance(problem, DataError)
    assert problem.place == "outcomes"
    assert str(problem).startswith("The answer from hub.example.org: at outcomes:")
    assert problem.do == "The workbench tries again by itself. If this goes on, tell your programme."


def test_that_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.sync.platforms.connection.MAX_ANSWER_BYTES", 1000)
    endless = faults.answered(200, b" " * 2000, content_type="application/json")
    assert "does not end" in problem_with(endless).happened


def test_that_the_token_is_renewed_once_and_never_in_an_address() -> None:
    asked: list[tuple[str, str]] = []

    def hub(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.path, request.headers.get("authorization", "")))
        assert "secret" not in str(request.url)
        if request.url.path == "/v1/token":
            fresh = {"access_token": "awb-access-fresh", "access_expires_at": "2026-11-02T17:00:00Z"}
            return httpx.Response(200, json=fresh)
        return faults.problem(401, "Too old")(request, _nobody)

    pocket = Pocket()
    platform = HubPlatform("https://hub.example.org", pocket, transport=httpx.MockTransport(hub))
    with pytest.raises(PlatformError, match="signed this laptop out"):
        platform.exchange("", (), DeviceId("d1"))
    assert asked == [
        ("/v1/sync", "Bearer awb-access-secret"),
        ("/v1/token", ""),
        ("/v1/sync", "Bearer awb-access-fresh"),
    ]
    assert (pocket.held.access_token, pocket.held.refresh_token) == ("awb-access-fresh", "awb-refresh-secret")
    platform.close()
