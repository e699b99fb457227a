"""`workbench demo`: a whole programme on this machine, to try the workbench on. Arguments and printing only."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbench.errors import KnownError
from workbench.paths import default_profile

BAR = 30


def register(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `demo` to the parser."""
    text = "try the workbench on a programme that it makes itself, or on files of your own"
    parser = commands.add_parser("demo", help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.add_argument(
        "--profile",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="keep the demo in this folder (default: a temporary one, removed afterwards)",
    )
    parser.add_argument(
        "--evidence", type=Path, metavar="DIR", help="build the submissions from the files in this folder"
    )
    parser.add_argument(
        "--tour", type=Path, metavar="OUT", help="drive the window without a person; pictures go to this folder"
    )
    parser.set_defaults(handler=_demo)


def _demo(options: argparse.Namespace) -> int:
    if options.tour is None and not _has_display():
        raise KnownError(
            "There is no display here to open a window on.",
            safe="Nothing was changed.",
            do="Run “workbench demo --tour OUT” to have the window drawn into pictures.",
        )
    given = None if options.profile == default_profile() else options.profile
    with _profile(given) as profile:
        from workbench.demo.session import set_up

        started_s = time.monotonic()
        stage = set_up(profile, options.evidence, _Bar().show, fresh=options.tour is not None)
        for note in stage.notes:
            print(note, file=sys.stderr)
        if options.tour is not None:
            from workbench.demo.tour import take

            return take(stage, options.tour, started_s)
        from workbench.demo.window import show

        return show(stage)


@contextmanager
def _profile(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="workbench-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _has_display() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class _Bar:
    """A line on stderr that fills up; whole lines where stderr is no terminal."""

    def show(self, done: int, of: int) -> None:
        """Called as pieces are made."""
        full = BAR * done // of
        text = f"Making the demo programme  [{'#' * full}{'.' * (BAR - full)}] {done}/{of}"
        if sys.stderr.isatty():
            print(f"\r{text}", end="\n" if done == of else "", file=sys.stderr, flush=True)
        elif done in (0, of):
            print(text, file=sys.stderr, flush=True)
