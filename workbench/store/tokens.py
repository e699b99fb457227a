"""Keeps what a device signs in with: in the OS keyring, or in the encrypted key store. Never in plain files."""

from typing import TYPE_CHECKING

from workbench.store import vault
from workbench.wire.codec import decode, encode
from workbench.wire.exchange import SignIn

if TYPE_CHECKING:
    from workbench.store.keys import KeyStore

_NAME = "sign-in"


class TokenSafe:
    """The sign-in of one account. Safe from any thread."""

    def __init__(self, account_id: str, keys: "KeyStore", *, in_keyring: bool) -> None:
        self._name = f"{account_id} {_NAME}"
        self._keys = keys
        self._in_keyring = in_keyring

    def get(self) -> SignIn:
        """What this device signs in with. Raises VaultError when the keyring is missing or locked."""
        text = vault.from_keyring(self._name) if self._in_keyring else self._keys.secret(_NAME)
        return decode(SignIn, text, source="this laptop's token safe")

    def put(self, sign_in: SignIn) -> None:
        """Replace it. Raises VaultError, StorageError."""
        text = encode(sign_in).decode()
        if self._in_keyring:
            vault.put_in_keyring(self._name, text)
        else:
            self._keys.set_secret(_NAME, text)
