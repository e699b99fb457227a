"""Evidence over a good and over a bad network: whole and verified, or not there at all."""

import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.sync import faults
from tests.sync.conftest import FILES
from tests.sync.laptop import Laptop
from tests.sync.live_hub import LiveHub
from workbench.errors import EvidenceError, NetworkError, PlatformError, SignedOutError
from workbench.hub import setup
from workbench.sealed.layout import CHUNK_SIZE
from workbench.store import evidence_rows
from workbench.store.blobs import EvidenceRef
from workbench.sync.fetch import Fetch

EVIDENCE = "/v1/evidence"
LARGE = FILES["s-1"][1]


def wanted(laptop: Laptop) -> list[EvidenceRef]:
    return [each.ref for each in laptop.account.store.read(evidence_rows.wanted)]


def of_size(laptop: Laptop, size: int) -> EvidenceRef:
    return next(each for each in wanted(laptop) if each.size == size)


@pytest.fixture
def synced(laptop: Laptop) -> Laptop:
    """A laptop that knows its work and has none of the files."""
    laptop.round()
    return laptop


def only_large(laptop: Laptop) -> EvidenceRef:
    """Fetch everything but the largest file."""
    large = of_size(laptop, len(LARGE))
    Fetch(laptop.account, laptop.platform, stop=threading.Event()).run(
        [each for each in wanted(laptop) if each != large]
    )
    laptop.network.sent.clear()
    return large


def test_that_every_file_arrives_as_it_was_handed_in(synced: Laptop) -> None:
    refs = wanted(synced)
    report = synced.fetch()
    assert report.files == 5
    assert sorted(synced.evidence(each.evidence_id) for each in refs) == sorted(sum(FILES.values(), ()))
    assert wanted(synced) == []


def test_that_what_is_due_first_comes_first_and_small_before_large(synced: Laptop) -> None:
    order = [(each.submission_id, each.size) for each in wanted(synced)]
    assert order == [("s-3", 21), ("s-2", 21), ("s-2", 700_000), ("s-1", 26), ("s-1", 1_500_000)]
    hashes = [each.sha256 for each in wanted(synced)]
    synced.fetch()
    assert [path.rpartition("/")[2] for path in synced.network.paths(EVIDENCE)] == hashes


def test_that_a_second_pass_transfers_nothing(synced: Laptop) -> None:
    synced.fetch()
    synced.network.sent.clear()
    report = synced.fetch()
    assert (report.files, report.bytes_received) == (0, 0)
    assert synced.network.paths() == []


def test_that_no_plaintext_lies_on_the_disk_while_and_after_it_arrives(synced: Laptop, tmp_path: Path) -> None:
    synced.network.plan(EVIDENCE, *[faults.untouched] * 4, faults.cut(900_000), faults.dropped_before)
    with pytest.raises(NetworkError):
        synced.fetch()
    marks = [LARGE[at : at + 16] for at in (0, 300_000, 800_000)] + [b"I planned five", b"A reflection"]
    files = [file.read_bytes() for file in (tmp_path / "profile 0").rglob("*") if file.is_file()]
    assert sum(len(data) for data in files) > 1_500_000
    assert not [mark for mark in marks for data in files if mark in data]


@pytest.mark.parametrize("quietly", [False, True])
def test_that_a_file_cut_short_goes_on_where_it_stopped(synced: Laptop, quietly: bool) -> None:
    large = only_large(synced)
    synced.network.plan(EVIDENCE, faults.cut(900_000, quietly=quietly))
    report = synced.fetch()
    assert report.files == 1
    assert synced.evidence(large.evidence_id) == LARGE
    ranges = [request.headers.get("range") for request in synced.network.sent]
    assert ranges == [None, f"bytes={3 * CHUNK_SIZE}-"]
    assert synced.network.sent[1].headers["if-range"] == f'"{large.sha256}"'


def test_that_an_interrupted_download_goes_on_after_a_restart(synced: Laptop) -> None:
    large = only_large(synced)
    synced.network.plan(EVIDENCE, faults.cut(900_000), faults.dropped_before)
    with pytest.raises(NetworkError):
        synced.fetch()
    assert synced.account.shelf.look(large).state == "partial"
    synced.restart()
    report = synced.fetch()
    assert synced.evidence(large.evidence_id) == LARGE
    assert report.bytes_received == len(LARGE) - 3 * CHUNK_SIZE


def test_that_a_hub_which_begins_anew_is_followed(synced: Laptop) -> None:
    def without_range(request: httpx.Request, send: faults.Send) -> httpx.Response:
        del request.headers["range"]
        return send(request)

    large = only_large(synced)
    synced.network.plan(EVIDENCE, faults.cut(900_000), without_range)
    assert synced.fetch().files == 1
    assert synced.evidence(large.evidence_id) == LARGE


def test_that_an_altered_file_is_thrown_away_and_asked_for_again(synced: Laptop) -> None:
    large = only_large(synced)
    synced.network.plan(EVIDENCE, faults.altered(1_000_000))
    assert synced.fetch().files == 1
    assert synced.evidence(large.evidence_id) == LARGE
    assert [request.headers.get("range") for request in synced.network.sent] == [None, None]


def test_that_a_file_which_is_always_altered_never_shows_and_is_reported_and_the_others_come(synced: Laptop) -> None:
    first, *others = wanted(synced)
    synced.network.plan(first.sha256, *[faults.altered(3)] * 9)
    report = synced.fetch()
    assert report.files == len(others)
    assert [each.evidence_id for each in report.unfetched] == [first.evidence_id]
    assert "other bytes" in report.unfetched[0].problem.happened
    assert len(synced.network.paths(first.sha256)) == 3
    assert synced.account.shelf.look(first).state == "missing"
    with pytest.raises(EvidenceError):
        synced.evidence(first.evidence_id)


def test_that_a_file_which_is_always_cut_short_is_reported_and_the_others_come(synced: Laptop) -> None:
    first, *others = wanted(synced)
    synced.network.plan(first.sha256, *[faults.cut(10)] * 9)
    report = synced.fetch()
    assert report.files == len(others)
    assert "cut short" in report.unfetched[0].problem.happened
    with pytest.raises(EvidenceError):
        synced.evidence(first.evidence_id)


@pytest.mark.parametrize(
    "fault",
    [
        faults.html(),
        faults.html(401),
        faults.answered(200, b"WEBVTT\n\nNOTE This is no caption\n", content_type="text/vtt"),
        faults.answered(200, b"\x89PNG\r\n\x1a\n", content_type="image/png", etag='"0000"'),
        faults.answered(200, b'{"error": "no such file"}', content_type="application/json"),
        faults.answered(204),
        faults.answered(302, location="https://elsewhere.example.org/file"),
        faults.problem(410, "The hub no longer has this file."),
        faults.problem(500, "The hub made a mistake"),
    ],
)
def test_that_whatever_is_not_the_file_is_an_error_and_no_file(synced: Laptop, fault: faults.Fault) -> None:
    first, *others = wanted(synced)
    synced.network.plan(first.sha256, fault)
    report = synced.fetch()
    assert report.files == len(others)
    problem = report.unfetched[0].problem
    assert isinstance(problem, PlatformError)
    assert problem.happened
    assert problem.safe
    assert problem.do
    assert synced.account.shelf.look(first).state in ("missing", "partial")
    assert synced.fetch().files == 1


def test_that_a_redirect_is_not_followed_with_the_sign_in(synced: Laptop) -> None:
    first = wanted(synced)[0]
    synced.network.plan(first.sha256, faults.answered(307, location="http://elsewhere.example.org/v1/evidence"))
    synced.fetch()
    assert {request.url.host for request in synced.network.sent} == {"127.0.0.1"}


def test_that_patience_asked_for_ends_the_pass(synced: Laptop) -> None:
    synced.network.plan(EVIDENCE, faults.untouched, faults.answered(429, retry_after="60"))
    with pytest.raises(PlatformError) as busy:
        synced.fetch()
    assert busy.value.retry_after_s == 60
    assert len(synced.network.paths(EVIDENCE)) == 2


def test_that_a_hub_which_refuses_file_after_file_is_not_asked_for_all_of_them(synced: Laptop) -> None:
    synced.network.plan(EVIDENCE, *[faults.html(500)] * 9)
    with pytest.raises(PlatformError):
        synced.fetch()
    assert len(synced.network.paths(EVIDENCE)) == 3


def test_that_a_device_signed_out_gets_no_evidence(synced: Laptop, hub: LiveHub) -> None:
    from dataclasses import replace

    held = synced.account.tokens.get()
    synced.account.tokens.put(replace(held, access_token="awb-access-unknown", refresh_token="awb-refresh-unknown"))
    with pytest.raises(SignedOutError):
        synced.fetch()


def test_that_a_file_of_a_withdrawn_assignment_is_refused_and_then_no_longer_asked_for(
    synced: Laptop, hub: LiveHub
) -> None:
    gone = wanted(synced)[0]
    setup.withdraw(hub.folder, synced.assignments()[2], "Somebody else judges it.")
    report = synced.fetch()
    assert [each.evidence_id for each in report.unfetched] == [gone.evidence_id]
    synced.round()
    assert wanted(synced) == []


def test_that_progress_is_told_and_a_stop_keeps_what_has_come(synced: Laptop) -> None:
    large = only_large(synced)
    stop, told = threading.Event(), []

    def note(evidence_id: str, bytes_here: int, size: int) -> None:
        told.append((evidence_id, bytes_here >= 1 << 20, size))
        stop.set()

    report = Fetch(synced.account, synced.platform, stop=stop, on_progress=note).run([large])
    assert report.files == 0
    assert told[0] == (large.evidence_id, True, len(LARGE))
    assert synced.account.shelf.look(large).bytes_here >= 4 * CHUNK_SIZE
    assert synced.fetch().bytes_received <= len(LARGE) - 4 * CHUNK_SIZE
    assert synced.evidence(large.evidence_id) == LARGE


def test_that_a_crash_between_the_rename_and_its_note_costs_no_second_download(synced: Laptop) -> None:
    large = only_large(synced)
    synced.fetch()
    synced.account.store.write(_forget_arrival, large)
    synced.network.sent.clear()
    assert synced.fetch().files == 0
    assert synced.network.paths() == []
    assert wanted(synced) == []


def _forget_arrival(session: object, ref: EvidenceRef) -> None:
    from workbench.store.tables import evidence_here as table

    session.connection.execute(table.delete().where(table.c.evidence_id == ref.evidence_id))  # type: ignore[attr-defined]


SignIn = Callable[[LiveHub], Laptop]


def test_that_the_same_bytes_in_25_submissions_are_sealed_25_times(large_hub: LiveHub, sign_in: SignIn) -> None:
    laptop = sign_in(large_hub)
    laptop.round()
    report = laptop.fetch()
    assert report.files == 25
    sealed = [file.read_bytes() for file in (laptop.account.ref.folder / "evidence").rglob("*.sealed")]
    assert len(set(sealed)) == 25
