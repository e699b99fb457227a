"""`workbench` without a command: opens the window."""

import argparse
import subprocess
import sys
from typing import Any


def register(_commands: "argparse._SubParsersAction[Any]") -> None:
    """The window is what happens without a command; it adds none."""


def open_window(options: argparse.Namespace) -> int:
    """Open the window on the profile and stay until it is closed. Returns the exit code."""
    from workbench.app import run_desktop
    from workbench.cli.accounts import from_descriptor

    descriptor = options.passphrase_fd
    passphrase = None if descriptor is None else from_descriptor(descriptor)
    return run_desktop(options.profile, passphrase=passphrase, start_demo=_start_demo)


def _start_demo() -> None:
    # A process of its own: the demo brings a profile, a hub and a window of its own.
    subprocess.Popen([sys.executable, "-m", "workbench", "demo"], start_new_session=True)
