"""Builds the parser from the command groups and turns errors into sentences and exit codes.

Exit codes: 0 done, 1 a known problem (its sentences go to stderr), 2 wrong use of the command line.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from workbench import __version__
from workbench.decoding.core_dumps import keep_no_core_dumps
from workbench.errors import KnownError
from workbench.paths import default_profile

GROUPS = ("desktop", "demo", "sign_in", "sync", "evidence", "citations", "hub")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line. Each group's module adds its own commands in `register`."""
    parser = argparse.ArgumentParser(
        prog="workbench", description="Judge micro-credential submissions offline, and agree on it."
    )
    parser.add_argument("--version", action="version", version=f"Assessor Workbench {__version__}")
    parser.add_argument(
        "--profile",
        type=Path,
        default=None,
        metavar="DIR",
        help="the folder for this person's data (default: the system's)",
    )
    parser.add_argument(
        "--passphrase-fd",
        type=int,
        default=None,
        metavar="N",
        help="read the vault's passphrase from this open descriptor",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for group in GROUPS:
        import_module(f"workbench.cli.{group}").register(commands)
    parser.set_defaults(handler=_open_window)
    return parser


def run(arguments: Sequence[str]) -> int:
    """Run one command. Known problems become sentences on stderr and exit code 1."""
    keep_no_core_dumps()
    options = build_parser().parse_args(arguments)
    options.profile = options.profile or default_profile()
    try:
        code: int = options.handler(options)
        sys.stdout.flush()
    except KnownError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our lines has enough of them (`| head`); what is left must not be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _open_window(options: argparse.Namespace) -> int:
    from workbench.cli.desktop import open_window

    return open_window(options)
