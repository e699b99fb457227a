"""Keyrings as desktops have them, for the length of one test."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.compat import properties


class DesktopKeyring(KeyringBackend):
    """A keyring as a desktop has one."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.secrets: dict[tuple[str, str], str] = {}

    @properties.classproperty
    def priority(self) -> float:
        return 5

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password


class FeebleKeyring(DesktopKeyring):
    """A keyring that calls itself a last resort."""

    @properties.classproperty
    def priority(self) -> float:
        return 0.5


@contextmanager
def in_use(backend: KeyringBackend) -> Iterator[None]:
    """Inside, this laptop's keyring is `backend`."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
