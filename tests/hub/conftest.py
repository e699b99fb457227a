"""A hub that was set up once, copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.hub.laptop import START_AT, Clock, Laptop, Wire
from tests.hub.sample import FIRST, ProgrammeFolder
from workbench.hub import people
from workbench.hub.assigning import assign
from workbench.hub.database import open_database
from workbench.hub.service import create_app
from workbench.hub.setup import import_programme, init

KEY = b"k" * 32


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made-once")
    ProgrammeFolder(home / "programme")
    init(home / "hub", key=KEY)
    import_programme(home / "hub", home / "programme")
    return home


@pytest.fixture
def programme(tmp_path: Path) -> ProgrammeFolder:
    """The programme folder of the hub, to be edited."""
    return ProgrammeFolder(tmp_path / "programme")


@pytest.fixture
def hub(_made_once: Path, tmp_path: Path) -> Path:
    """A hub folder with three submissions and two assessors; nothing is assigned yet."""
    return Path(shutil.copytree(_made_once / "hub", tmp_path / "hub"))


@pytest.fixture
def assigned_hub(hub: Path) -> Path:
    """The hub with all three submissions given to the first assessor."""
    engine = open_database(hub)
    for name in ("s-1", "s-2", "s-3"):
        assign(engine, FIRST, name, now=START_AT)
    engine.dispose()
    return hub


@pytest.fixture
def clock() -> Clock:
    """The hub's clock."""
    return Clock()


@pytest.fixture
def app(hub: Path, clock: Clock) -> FastAPI:
    """The hub's app."""
    return create_app(hub, clock=clock)


@pytest.fixture
def wire(app: FastAPI) -> Wire:
    """The way to the hub."""
    return Wire(app)


@pytest.fixture
def enrol(hub: Path, wire: Wire, clock: Clock) -> Iterator[Callable[..., Laptop]]:
    """Signs a person in on a new laptop."""
    engine = open_database(hub)

    def sign_in(name: str = FIRST, device: str = "") -> Laptop:
        return Laptop(wire, people.invite(engine, name, now=clock()), device)

    yield sign_in
    engine.dispose()


@pytest.fixture
def laptop(assigned_hub: Path, enrol: Callable[..., Laptop]) -> Laptop:
    """The first assessor's laptop after its first sync."""
    signed_in = enrol()
    signed_in.sync()
    return signed_in
