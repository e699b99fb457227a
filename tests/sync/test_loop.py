"""The loop of the desktop app: offline and back without a restart, and nothing left running."""

import threading
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.sync import faults
from tests.sync.laptop import Laptop
from tests.sync.live_hub import LiveHub
from workbench.model.changes import Changes
from workbench.model.sync_status import SyncPhase, SyncStatus
from workbench.store import evidence_rows, outbox, sync_log
from workbench.sync.loop import SyncLoop

WAIT_S = 15.0
OFFLINE, CALM, PROBLEM = SyncPhase.OFFLINE, SyncPhase.UP_TO_DATE, SyncPhase.PROBLEM


class Watch:
    """Runs a loop and remembers what it told."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.statuses: list[SyncStatus] = []
        self.changes = Changes()
        self._news = threading.Condition()
        self.loop = SyncLoop(laptop.account, self._note_changes, self._note_status, platform=laptop.platform)

    def until(self, wanted: Callable[[], bool]) -> None:
        """Returns once it is so; looks whenever the loop tells something."""
        with self._news:
            assert self._news.wait_for(wanted, timeout=WAIT_S), [str(each) for each in self.statuses[-5:]]

    def until_phase(self, phase: SyncPhase) -> SyncStatus:
        self.until(lambda: bool(self.statuses) and self.statuses[-1].phase is phase)
        return self.statuses[-1]

    def until_all_is_here(self) -> None:
        self.until(lambda: len(self.changes.evidence) > 0 and not self.laptop.account.store.read(evidence_rows.wanted))

    def _note_changes(self, changes: Changes) -> None:
        with self._news:
            self.changes |= changes
            self._news.notify_all()

    def _note_status(self, status: SyncStatus) -> None:
        with self._news:
            self.statuses.append(status)
            self._news.notify_all()


@pytest.fixture
def watch(laptop: Laptop) -> Iterator[Watch]:
    made = Watch(laptop)
    yield made
    assert made.loop.stop()


def confirmed(laptop: Laptop) -> int:
    rows = [laptop.account.store.read(outbox.latest, each) for each in laptop.assignments()]
    return sum(row is not None and row.state == "confirmed" for row in rows)


def test_that_the_loop_brings_work_and_evidence_by_itself_and_says_when_all_is_here(watch: Watch) -> None:
    watch.loop.start()
    watch.until_all_is_here()
    watch.until_phase(CALM)
    assert len(watch.changes.evidence) == 5
    moved = [each for each in watch.statuses if each.files]
    assert moved[-1].files == 5
    assert any(each.arriving and each.arriving.bytes_here == each.arriving.size for each in moved)


def test_that_it_goes_offline_and_comes_back_without_a_restart_and_sends_what_waited(
    watch: Watch, hub: LiveHub
) -> None:
    watch.loop.start()
    watch.until_all_is_here()
    watch.until_phase(CALM)
    watch.laptop.network.offline = True
    watch.laptop.finalize(watch.laptop.assignments()[0])
    watch.loop.outbox_changed()
    status = watch.until_phase(OFFLINE)
    assert "cannot be reached" in status.words
    watch.laptop.network.offline = False
    watch.loop.request_now()
    watch.until(lambda: confirmed(watch.laptop) == 1)
    watch.until_phase(CALM)


def test_that_a_file_that_cannot_be_served_keeps_neither_the_others_nor_the_rounds_waiting(watch: Watch) -> None:
    watch.laptop.round()
    bad = watch.laptop.account.store.read(evidence_rows.wanted)[0].ref
    watch.laptop.network.plan(bad.sha256, *[faults.altered(2)] * 60)
    watch.loop.start()
    watch.until(lambda: len(watch.laptop.account.store.read(evidence_rows.wanted)) == 1)
    assert "other bytes" in watch.until_phase(PROBLEM).words
    watch.laptop.finalize(watch.laptop.assignments()[0])
    watch.loop.outbox_changed()
    watch.until(lambda: confirmed(watch.laptop) == 1)


def test_that_a_round_does_not_wait_for_a_download(watch: Watch) -> None:
    go_on, arrived = threading.Event(), threading.Event()
    watch.laptop.network.plan("/v1/evidence", faults.held(go_on, arrived))
    watch.loop.start()
    assert arrived.wait(WAIT_S)
    watch.laptop.finalize(watch.laptop.assignments()[0])
    watch.loop.outbox_changed()
    watch.until(lambda: confirmed(watch.laptop) == 1)
    go_on.set()
    watch.until_all_is_here()


def test_that_patience_asked_for_is_kept_even_when_a_person_asks(watch: Watch) -> None:
    watch.laptop.network.plan("/v1/sync", faults.problem(503, "Busy", retry_after="3600"))
    watch.loop.start()
    assert "patience" in watch.until_phase(PROBLEM).words
    watch.loop.request_now()
    watch.loop.outbox_changed()
    assert watch.loop.stop()
    assert len(watch.laptop.network.paths("/v1/sync")) == 1


def test_that_a_hub_that_does_not_answer_does_not_hold_up_the_end(hub: LiveHub, laptop: Laptop) -> None:
    import socket

    from workbench.sync.platforms.hub import HubPlatform

    silent = socket.create_server(("127.0.0.1", 0))
    platform = HubPlatform(f"http://127.0.0.1:{silent.getsockname()[1]}", laptop.account.tokens)
    loop = SyncLoop(laptop.account, lambda _: None, lambda _: None, platform=platform)
    loop.start()
    connection, _ = silent.accept()
    connection.recv(1)
    assert loop.stop(timeout_s=5)
    assert laptop.account.store.read(sync_log.last_round) == sync_log.LastRound()
    connection.close()
    silent.close()


def test_that_a_programme_that_signs_the_laptop_out_is_its_own_kind_of_status(watch: Watch) -> None:
    watch.laptop.network.plan("", *[faults.problem(401, "Signed out")] * 9)
    watch.loop.start()
    assert "signed this laptop out" in watch.until_phase(SyncPhase.SIGNED_OUT).words


def test_that_a_mistake_of_ours_is_shown_and_does_not_end_the_syncing(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[object] = []
    monkeypatch.setattr(threading, "excepthook", crashes.append)

    def mistaken(request: httpx.Request, send: faults.Send) -> httpx.Response:
        raise ValueError("a mistake of ours")

    watch.laptop.network.plan("/v1/sync", mistaken)
    watch.loop.start()
    assert "made a mistake" in watch.until_phase(PROBLEM).words
    assert len(crashes) == 1
    watch.loop.request_now()
    watch.until_all_is_here()
    watch.until_phase(CALM)
