"""`workbench sign-in ADDRESS CODE`: makes an account on this laptop from a one-time enrolment code."""

import argparse
import platform
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.accounts import add_account_option, new_protection, open_chosen
from workbench.errors import KnownError

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `sign-in`."""
    parser = commands.add_parser(
        "sign-in",
        help="sign in with an enrolment code",
        description="Sign in to a programme. The work is locked by this system's keyring, or else by a passphrase.",
    )
    parser.add_argument("address", help="the programme's address, such as https://hub.example.org")
    parser.add_argument("code", help="the one-time code, good for 15 minutes")
    parser.add_argument("--device-name", default="", help="what the programme calls this laptop")
    parser.add_argument("--again", action="store_true", help="sign in again to the account that is on this laptop")
    parser.add_argument("--another", action="store_true", help="add an account of another person at the same address")
    add_account_option(parser)
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """Sign in; prints one line. Raises KnownError."""
    return _again(options) if options.again else _first(options)


def _first(options: argparse.Namespace) -> int:
    from workbench.store.account import create_account
    from workbench.sync.address import checked_address
    from workbench.sync.sign_in import enrol

    address = checked_address(options.address)
    if not options.another:
        _refuse_second(options.profile, address)
    # Whatever can go wrong on this laptop goes wrong before the code is used up.
    protection = new_protection(options)
    _make_folder(options.profile)
    enrolled = enrol(address, options.code, _device_name(options))
    account = create_account(
        options.profile,
        address=enrolled.address,
        device=enrolled.device,
        sign_in=enrolled.sign_in,
        protection=protection,
    )
    account.close()
    print(f"Signed in to {enrolled.sign_in.programme.name} as {enrolled.sign_in.person.name}.")
    return 0


def _again(options: argparse.Namespace) -> int:
    from workbench.sync.address import checked_address
    from workbench.sync.sign_in import sign_in_again

    account = open_chosen(options)
    try:
        if checked_address(options.address) != account.ref.address:
            raise KnownError(f"This laptop's account is at {account.ref.address}.", safe="Nothing was changed.")
        sign_in_again(account, options.code, _device_name(options))
    finally:
        account.close()
    print("Signed in again. Everything that waited here is still here.")
    return 0


def _refuse_second(profile: Path, address: str) -> None:
    from workbench.store.account import list_accounts

    if any(each.address == address for each in list_accounts(profile)):
        raise KnownError(
            f"This laptop has an account at {address} already.",
            safe="Nothing was changed, and the code is not used up.",
            do="Add --again to sign in to it again, or --another for another person.",
        )


def _make_folder(profile: Path) -> None:
    from workbench.paths import accounts_folder
    from workbench.store.failures import explained

    folder = accounts_folder(profile)
    with explained(profile):
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".can-be-written"
        probe.touch()
        probe.unlink()


def _device_name(options: argparse.Namespace) -> str:
    return options.device_name.strip() or f"{platform.system()} laptop"
