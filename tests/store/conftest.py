"""An open account on a disk, with a clock that tests move."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store import keyrings, world
from workbench.store import platform_rows
from workbench.store.account import Account, KeyringProtection


@pytest.fixture
def watch() -> world.Watch:
    return world.Watch()


@pytest.fixture
def account(tmp_path: Path, watch: world.Watch) -> Iterator[Account]:
    """Guarded by a keyring, which spares each test the slow derivation of a key from a passphrase."""
    with keyrings.in_use(keyrings.DesktopKeyring()):
        opened = world.new_account(tmp_path, watch, KeyringProtection())
        opened.store.write(platform_rows.apply_changes, world.programme(3))
        yield opened
        opened.close()


@pytest.fixture
def passphrase_account(tmp_path: Path, watch: world.Watch) -> Iterator[Account]:
    """Guarded by `world.PASSPHRASE`."""
    opened = world.new_account(tmp_path, watch)
    opened.store.write(platform_rows.apply_changes, world.programme(3))
    yield opened
    opened.close()
