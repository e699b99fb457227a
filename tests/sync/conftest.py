"""A hub with a programme, made once and copied for each test, and a laptop signed in to it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.sync.laptop import Laptop
from tests.sync.live_hub import LiveHub
from tests.sync.programme import ASSESSOR, noise, write_programme
from workbench.hub import setup

FIRST_DUE_AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
FILES = {
    "s-1": (b"I planned five questions.\n", noise(1_500_000, 1)),
    "s-2": (noise(700_000, 2), b"A reflection on s-2.\n"),
    "s-3": (b"A reflection on s-3.\n",),
}


@pytest.fixture(scope="session")
def _small_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """s-3 is due first, then s-2, then s-1."""
    folder = tmp_path_factory.mktemp("small")
    _make(folder / "hub", write_programme(folder / "programme", FILES))
    return folder / "hub"


@pytest.fixture(scope="session")
def _large_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    submissions = {f"s-{number:02}": (b"The same reflection.\n",) for number in range(25)}
    _make(folder / "hub", write_programme(folder / "programme", submissions))
    return folder / "hub"


@pytest.fixture
def hub(_small_hub: Path, tmp_path: Path) -> Iterator[LiveHub]:
    """A hub with three assigned submissions."""
    yield from _served(_small_hub, tmp_path)


@pytest.fixture
def large_hub(_large_hub: Path, tmp_path: Path) -> Iterator[LiveHub]:
    """A hub with 25 assigned submissions."""
    yield from _served(_large_hub, tmp_path)


@pytest.fixture
def sign_in(tmp_path: Path) -> Iterator[Callable[[LiveHub], Laptop]]:
    """Signs laptops in; closes them at the end."""
    laptops: list[Laptop] = []

    def make(hub: LiveHub) -> Laptop:
        code = setup.invite(hub.folder, ASSESSOR)
        laptops.append(Laptop(tmp_path / f"profile {len(laptops)}", hub.address, code))
        return laptops[-1]

    yield make
    for laptop in laptops:
        laptop.close()


@pytest.fixture
def laptop(hub: LiveHub, sign_in: Callable[[LiveHub], Laptop]) -> Laptop:
    """A laptop signed in to the small hub, nothing synced yet."""
    return sign_in(hub)


def _make(hub: Path, programme: Path) -> None:
    setup.init(hub, key=bytes(32))
    setup.import_programme(hub, programme)
    names = sorted((each.name.rpartition("-")[0] for each in (programme / "files").iterdir()), reverse=True)
    for number, name in enumerate(dict.fromkeys(names)):
        setup.assign(hub, ASSESSOR, name, due_at=FIRST_DUE_AT + timedelta(days=number))


def _served(made: Path, tmp_path: Path) -> Iterator[LiveHub]:
    hub = LiveHub(shutil.copytree(made, tmp_path / "hub"))
    hub.start()
    yield hub
    hub.stop()
