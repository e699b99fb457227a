"""An account on this laptop: its folder, its lock, its vault, its store. One process at a time has it open."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import ProfileInUseError
from workbench.model.ids import DeviceId, new_id
from workbench.paths import accounts_folder
from workbench.store import failures, vault
from workbench.store.files import sync_folder, write_whole
from workbench.store.vault import KeyringProtection, PassphraseProtection, Protection, Vault, keyring_available
from workbench.wire.codec import decode, encode

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from workbench.store.blobs import EvidenceShelf
    from workbench.store.keys import KeyStore
    from workbench.store.session import WriteSession
    from workbench.store.store import Store
    from workbench.store.times import Clock
    from workbench.store.tokens import TokenSafe
    from workbench.wire.exchange import SignIn

__all__ = [
    "Account",
    "AccountRef",
    "KeyringProtection",
    "PassphraseProtection",
    "Protection",
    "create_account",
    "keyring_available",
    "list_accounts",
    "needs_passphrase",
    "open_account",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRef:
    """An account that exists in a profile. `address` is the platform's."""

    id: str
    folder: Path
    address: str
    device: DeviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An open account. Whoever opened it closes it."""

    ref: AccountRef
    store: "Store"
    shelf: "EvidenceShelf"
    tokens: "TokenSafe"
    _keys: "KeyStore"
    _lock: "BaseFileLock"

    def close(self) -> None:
        """Finish the act under way and let another process in."""
        self.store.close()
        self._keys.close()
        self._lock.release()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Described:
    """What account.json says: no name, no token."""

    format: int
    address: str
    device: DeviceId


def list_accounts(profile: Path) -> tuple[AccountRef, ...]:
    """The accounts of a profile, oldest first; a folder that is no account is passed over.

    Raises DataError for a damaged account.json: its unsent work must not look as if nobody were signed in.
    """
    folder = accounts_folder(profile)
    with failures.explained(folder):
        if not folder.is_dir():
            return ()
        candidates = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        return tuple(ref for path in candidates if (ref := _ref(path)) is not None)


def needs_passphrase(ref: AccountRef) -> bool:
    """Whether opening asks for a passphrase. Raises VaultError when the vault is missing."""
    return vault.needs_passphrase(ref.folder)


def create_account(
    profile: Path,
    *,
    address: str,
    device: DeviceId,
    sign_in: "SignIn",
    protection: Protection,
    clock: "Clock | None" = None,
) -> Account:
    """A new account, open. Appears whole or not at all. Raises VaultError, StorageError."""
    account_id = new_id()
    folder = accounts_folder(profile)
    new = folder / f".{account_id}"
    with failures.explained(profile):
        new.mkdir(mode=0o700, parents=True)
        try:
            opened = vault.create(new, account_id, protection)
            _keep_tokens(new, account_id, opened, sign_in, protection)
            write_whole(new / "account.json", encode(_Described(format=1, address=address, device=device)))
            new.rename(folder / account_id)
            sync_folder(folder)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    ref = AccountRef(id=account_id, folder=folder / account_id, address=address, device=device)
    return _open(ref, lambda: opened, clock)


def open_account(ref: AccountRef, *, ask_passphrase: Callable[[], str], clock: "Clock | None" = None) -> Account:
    """Open an account. Raises ProfileInUseError, VaultError (wrong passphrase, no keyring), StorageError."""
    return _open(ref, lambda: vault.open_vault(ref.folder, ref.id, ask_passphrase), clock)


def _open(ref: AccountRef, unlock: Callable[[], Vault], clock: "Clock | None") -> Account:
    with ExitStack() as undo:
        lock = _lock(ref)
        undo.callback(lock.release)
        with _database_loading():
            opened = unlock()
        account = _assemble(ref, opened, lock, clock, undo)
        undo.pop_all()
    return account


@contextmanager
def _database_loading() -> Iterator[None]:
    """Loading the database's modules and deriving the key both take long, and neither needs the other."""
    loading = threading.Thread(target=import_module, args=("workbench.store.store",), name="loading")
    loading.start()
    try:
        yield
    finally:
        loading.join()


def _assemble(ref: AccountRef, opened: Vault, lock: "BaseFileLock", clock: "Clock | None", undo: ExitStack) -> Account:
    from workbench.store import remembered
    from workbench.store.blobs import EvidenceShelf
    from workbench.store.store import Store
    from workbench.store.times import Clock
    from workbench.store.tokens import TokenSafe

    keys = _key_store(ref.folder, opened)
    undo.callback(keys.close)
    shelf = EvidenceShelf(ref.folder / "evidence", keys)
    store = Store(ref.folder / "store.db", opened.key_for("store"), shelf, ref.device, clock or Clock())
    undo.callback(store.close)
    tokens = TokenSafe(ref.id, keys, in_keyring=not vault.needs_passphrase(ref.folder))
    if not store.read(remembered.is_introduced):
        store.write(_introduce, tokens.get())
    return Account(ref=ref, store=store, shelf=shelf, tokens=tokens, _keys=keys, _lock=lock)


def _lock(ref: AccountRef) -> "BaseFileLock":
    from filelock import FileLock, Timeout

    # Opened on one thread and closed on another: a lock of its thread alone would then stay held.
    lock = FileLock(ref.folder / "lock", timeout=0, thread_local=False)
    try:
        with failures.explained(ref.folder):
            lock.acquire()
    except Timeout as error:
        raise ProfileInUseError(
            "This account is open in another workbench on this laptop.",
            safe="Nothing was changed.",
            do="Use the window that is open, or close it first.",
        ) from error
    return lock


def _key_store(folder: Path, opened: Vault) -> "KeyStore":
    from workbench.store.keys import KeyStore

    return KeyStore(folder / "keys.db", opened.key_for("keys"), opened.key_for("submission keys"))


def _keep_tokens(folder: Path, account_id: str, opened: Vault, sign_in: "SignIn", protection: Protection) -> None:
    from workbench.store.tokens import TokenSafe

    keys = _key_store(folder, opened)
    try:
        TokenSafe(account_id, keys, in_keyring=isinstance(protection, KeyringProtection)).put(sign_in)
    finally:
        keys.close()


def _introduce(session: "WriteSession", sign_in: "SignIn") -> None:
    from workbench.store import remembered

    remembered.set_person(session, sign_in.person)
    remembered.set_programme(session, sign_in.programme)
    session.audit("sign_in", sign_in.person.id)


def _ref(folder: Path) -> AccountRef | None:
    file = folder / "account.json"
    try:
        described = decode(_Described, file.read_bytes(), source=os.fspath(file))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return AccountRef(id=folder.name, folder=folder, address=described.address, device=described.device)
