"""Signing in with a code, and again after being signed out."""

from collections.abc import Callable

import httpx
import pytest

from tests.sync import faults
from tests.sync.laptop import Laptop
from tests.sync.live_hub import LiveHub
from tests.sync.programme import ASSESSOR
from workbench.errors import KnownError, NetworkError, PlatformError, SignedOutError
from workbench.hub import setup
from workbench.hub import sign_in as hub_sign_in
from workbench.hub.database import open_database
from workbench.store import outbox
from workbench.sync.sign_in import enrol, sign_in_again


def test_that_a_code_signs_in_once_and_a_second_use_is_told_in_plain_words(hub: LiveHub) -> None:
    code = setup.invite(hub.folder, ASSESSOR)
    enrolled = enrol(hub.address, f" {code.lower()} ", "Laptop 1")
    assert enrolled.sign_in.person.name == ASSESSOR
    assert enrolled.address == hub.address
    with pytest.raises(PlatformError) as refusal:
        enrol(hub.address, code, "Laptop 1")
    assert not isinstance(refusal.value, SignedOutError)
    assert "This code is unknown, used or older than 15 minutes" in refusal.value.happened
    assert refusal.value.safe == "Nothing was changed on this laptop."
    assert "code" in refusal.value.do


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(faults.dropped_before, NetworkError), (faults.html(), PlatformError), (faults.answered(500), PlatformError)],
)
def test_that_a_sign_in_that_fails_says_that_nothing_was_changed(fault: faults.Fault, kind: type[KnownError]) -> None:
    transport = httpx.MockTransport(lambda request: fault(request, lambda _: httpx.Response(500)))
    with pytest.raises(kind) as problem:
        enrol("https://hub.example.org", "ABCD", "Laptop 1", transport=transport)
    assert problem.value.safe == "Nothing was changed on this laptop."


def test_that_no_code_is_sent_where_others_could_read_it() -> None:
    asked: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(500)

    transport = httpx.MockTransport(note)
    with pytest.raises(PlatformError):
        enrol("http://hub.example.org", "ABCD", "Laptop 1", transport=transport)
    assert asked == []


def test_that_signing_in_again_sends_what_waited(laptop: Laptop, hub: LiveHub) -> None:
    laptop.round()
    laptop.finalize(laptop.assignments()[0])
    _sign_out(hub)
    with pytest.raises(SignedOutError):
        laptop.round()
    sign_in_again(laptop.account, setup.invite(hub.folder, ASSESSOR), "Laptop 1")
    assert laptop.round().confirmed == 1
    assert laptop.account.store.read(outbox.unsettled) == ()


def test_that_another_persons_code_does_not_open_this_account(
    hub: LiveHub, sign_in: Callable[[LiveHub], Laptop]
) -> None:
    laptop = sign_in(hub)
    code = setup.invite(hub.folder, "Assessor 9D-11")
    before = laptop.account.tokens.get()
    with pytest.raises(PlatformError, match="another person"):
        sign_in_again(laptop.account, code, "Laptop 1")
    assert laptop.account.tokens.get() == before


def _sign_out(hub: LiveHub) -> None:
    from datetime import UTC, datetime

    engine = open_database(hub.folder)
    hub_sign_in.sign_out(engine, ASSESSOR, datetime.now(UTC))
    engine.dispose()
