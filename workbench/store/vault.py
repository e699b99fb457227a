"""The vault: the one key from which all others of an account come, wrapped by the OS keyring or a passphrase.

There is no third way: without a real keyring a passphrase is asked for, and nothing is ever stored plain.
"""

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import VaultError
from workbench.store.files import write_whole
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

FILE_NAME = "vault.json"
SERVICE = "assessor-workbench"
_MEMORY_KIB = 64 * 1024
_PASSES = 3
_LANES = 4


@dataclass(frozen=True, slots=True)
class KeyringProtection:
    """The OS keyring guards the vault; nobody is asked."""


@dataclass(frozen=True, slots=True)
class PassphraseProtection:
    """A passphrase guards the vault; it is asked for at each start."""

    passphrase: str = field(repr=False)


Protection = KeyringProtection | PassphraseProtection


class _Kind(StrEnum):
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sealed:
    """What vault.json says. Nothing in it is secret without the keyring entry or the passphrase."""

    format: int
    kind: _Kind
    wrapped: str
    salt: str = ""
    memory_kib: int = _MEMORY_KIB
    passes: int = _PASSES
    lanes: int = _LANES


@dataclass(frozen=True, slots=True)
class Vault:
    """An open vault: keys for named purposes."""

    _key: bytes = field(repr=False)

    def key_for(self, purpose: str) -> bytes:
        """32 bytes that belong to this purpose alone."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(self._key)


def keyring_available() -> bool:
    """Whether this laptop has a real keyring: priority 1 or more, and none that writes plain files."""
    return _real_keyring() is not None


def create(folder: Path, account_id: str, protection: Protection) -> Vault:
    """Make a vault in `folder`. Raises VaultError (no keyring, empty passphrase); OSError passes through."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    key, salt = os.urandom(32), os.urandom(16)
    if isinstance(protection, PassphraseProtection):
        if not protection.passphrase:
            raise VaultError("The passphrase is empty.", do="Choose one that only you know.")
        sealed = _Sealed(format=1, kind=_Kind.PASSPHRASE, wrapped="", salt=_text(salt))
        wrapping = _derive(protection.passphrase, sealed)
    else:
        sealed = _Sealed(format=1, kind=_Kind.KEYRING, wrapped="")
        wrapping = os.urandom(32)
        put_in_keyring(account_id, _text(wrapping))
    write_whole(folder / FILE_NAME, encode(replace(sealed, wrapped=_text(aes_key_wrap(wrapping, key)))))
    return Vault(key)


def open_vault(folder: Path, account_id: str, ask_passphrase: Callable[[], str]) -> Vault:
    """Open the vault in `folder`; asks only when it needs a passphrase. Raises VaultError."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    sealed = _read(folder)
    secret = ask_passphrase() if sealed.kind is _Kind.PASSPHRASE else from_keyring(account_id)
    try:
        wrapping = _derive(secret, sealed) if sealed.kind is _Kind.PASSPHRASE else base64.b64decode(secret)
        return Vault(aes_key_unwrap(wrapping, base64.b64decode(sealed.wrapped)))
    except (InvalidUnwrap, ValueError) as error:
        raise _refused(sealed.kind) from error


def needs_passphrase(folder: Path) -> bool:
    """Whether the vault in `folder` opens by passphrase. Raises VaultError when there is none."""
    return _read(folder).kind is _Kind.PASSPHRASE


def from_keyring(name: str) -> str:
    """The secret of that name in the OS keyring. Raises VaultError when keyring or secret are missing."""
    from keyring.errors import KeyringError

    backend = _real_keyring()
    try:
        secret = backend.get_password(SERVICE, name) if backend else None
    except KeyringError as error:
        raise _no_keyring() from error
    if not secret:
        raise _no_keyring()
    return secret


def put_in_keyring(name: str, secret: str) -> None:
    """Keep a secret in the OS keyring. Raises VaultError."""
    from keyring.errors import KeyringError

    if (backend := _real_keyring()) is None:
        raise _no_keyring()
    try:
        backend.set_password(SERVICE, name, secret)
    except KeyringError as error:
        raise _no_keyring() from error


def _real_keyring() -> "KeyringBackend | None":
    import keyring
    from keyring.backends.chainer import ChainerBackend

    backend = keyring.get_keyring()
    parts = tuple(backend.backends) if isinstance(backend, ChainerBackend) else (backend,)
    if not parts or any(type(part).__module__.startswith("keyrings.alt") for part in parts):
        return None
    return backend if backend.priority >= 1 else None


def _read(folder: Path) -> _Sealed:
    try:
        data = (folder / FILE_NAME).read_bytes()
    except OSError as error:
        raise VaultError(
            "The vault of this account is missing or cannot be read.",
            safe="Nothing was changed. What the programme has confirmed is safe there.",
            do="Put the account's folder back from a copy, or sign in anew.",
        ) from error
    return decode(_Sealed, data, source=FILE_NAME)


def _derive(passphrase: str, sealed: _Sealed) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derivation = Argon2id(
        salt=base64.b64decode(sealed.salt),
        length=32,
        iterations=sealed.passes,
        lanes=sealed.lanes,
        memory_cost=sealed.memory_kib,
    )
    return derivation.derive(passphrase.encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _refused(kind: _Kind) -> VaultError:
    if kind is _Kind.PASSPHRASE:
        return VaultError("This passphrase does not open the vault.", safe="Nothing was changed.", do="Try again.")
    return VaultError(
        "The key in this laptop's keyring does not fit this account.",
        safe="Nothing was changed.",
        do="Unlock the keyring of the person who signed in here.",
    )


def _no_keyring() -> VaultError:
    return VaultError(
        "This laptop's keyring is missing or locked, and it holds the key of this account.",
        safe="Everything is still here, locked.",
        do="Unlock the keyring, sign in to your desktop session again, and start once more.",
    )
