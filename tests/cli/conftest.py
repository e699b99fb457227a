"""A hub with a programme, and a profile that is signed in to it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.console import Console
from tests.sync.live_hub import LiveHub
from tests.sync.programme import ASSESSOR, noise, write_programme
from workbench.hub import setup
from workbench.store.account import PassphraseProtection, create_account
from workbench.sync.sign_in import enrol

FIRST_DUE_AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
FILES = {
    "s-1": (b"I planned five questions.\n", noise(600_000, 1)),
    "s-2": (noise(400_000, 2), b"A reflection on s-2.\n"),
    "s-3": (b"A reflection on s-3.\n",),
}


@pytest.fixture(scope="session")
def _made_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    setup.init(folder / "hub", key=bytes(32))
    setup.import_programme(folder / "hub", write_programme(folder / "programme", FILES, send_hold_minutes=10))
    for number, name in enumerate(FILES):
        setup.assign(folder / "hub", ASSESSOR, name, due_at=FIRST_DUE_AT + timedelta(days=number))
    return folder / "hub"


@pytest.fixture
def hub_folder(_made_hub: Path, tmp_path: Path) -> Path:
    """A hub of this test's own."""
    return shutil.copytree(_made_hub, tmp_path / "hub")


@pytest.fixture
def hub(hub_folder: Path) -> Iterator[LiveHub]:
    """That hub, serving."""
    live = LiveHub(hub_folder)
    live.start()
    yield live
    live.stop()


@pytest.fixture
def console(tmp_path: Path) -> Console:
    """Commands for a profile without an account."""
    return Console(tmp_path / "profile")


@pytest.fixture
def signed_in(console: Console, hub: LiveHub) -> Console:
    """Commands for a profile that is signed in to the hub."""
    enrolled = enrol(hub.address, setup.invite(hub.folder, ASSESSOR), "Laptop 1")
    create_account(
        console.profile,
        address=enrolled.address,
        device=enrolled.device,
        sign_in=enrolled.sign_in,
        protection=PassphraseProtection(console.passphrase),
    ).close()
    return console
