"""Finds the account that a command is about and opens it, asking for its passphrase where there is a person."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import KnownError, VaultError

if TYPE_CHECKING:
    from workbench.store.account import Account, AccountRef, Protection

_LONGEST_PASSPHRASE = 4096


def add_account_option(parser: argparse.ArgumentParser) -> None:
    """`--account`, for profiles that hold several."""
    parser.add_argument("--account", default="", metavar="ID", help="which account, where the profile holds several")


def open_chosen(options: argparse.Namespace) -> "Account":
    """The account of the profile, open; the caller closes it. Raises KnownError, VaultError, StorageError."""
    from workbench.store.account import open_account

    chosen = choose(options.profile, options.account)
    return open_account(chosen, ask_passphrase=lambda: passphrase(options, "Passphrase of this laptop's work: "))


def choose(profile: Path, wanted: str) -> "AccountRef":
    """The one account that is meant. Raises KnownError when there is none or several could be."""
    from workbench.store.account import list_accounts

    known = list_accounts(profile)
    fitting = [each for each in known if not wanted or each.id == wanted]
    if len(fitting) == 1:
        return fitting[0]
    if not known:
        raise KnownError("Nobody has signed in on this laptop yet.", do="Sign in: workbench sign-in ADDRESS CODE.")
    listed = "; ".join(f"{each.id} at {each.address}" for each in known)
    raise KnownError(f"This profile holds these accounts: {listed}.", do="Say which one is meant: --account ID.")


def passphrase(options: argparse.Namespace, prompt: str) -> str:
    """From `--passphrase-fd` or the terminal, never from the command line or the environment. Raises VaultError."""
    if options.passphrase_fd is not None:
        return from_descriptor(options.passphrase_fd)
    if not sys.stdin.isatty():
        raise VaultError(
            "This laptop's work is locked by a passphrase, and there is no terminal to ask for it.",
            safe="Nothing was changed.",
            do="Run it in a terminal, or hand it over with --passphrase-fd N.",
        )
    from getpass import getpass

    return getpass(prompt)


def new_protection(options: argparse.Namespace) -> "Protection":
    """How a new account is to be locked: by the keyring where there is one, else by a passphrase. Raises VaultError."""
    from workbench.store.account import KeyringProtection, PassphraseProtection, keyring_available

    if options.passphrase_fd is None and keyring_available():
        return KeyringProtection()
    chosen = passphrase(options, "Choose a passphrase that locks this laptop's work: ")
    if options.passphrase_fd is None and passphrase(options, "The same passphrase again: ") != chosen:
        raise VaultError("The two passphrases differ.", safe="Nothing was changed.", do="Try again.")
    if not chosen:
        raise VaultError("The passphrase is empty.", safe="Nothing was changed.", do="Choose one that only you know.")
    return PassphraseProtection(chosen)


def from_descriptor(descriptor: int) -> str:
    """The passphrase on the first line of an open descriptor, which stays open. Raises VaultError."""
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            line = stream.readline(_LONGEST_PASSPHRASE)
        return line.decode().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise VaultError(
            f"No passphrase could be read from descriptor {descriptor}.",
            safe="Nothing was changed.",
            do="Open the descriptor for reading, with one line of text in it.",
        ) from error
