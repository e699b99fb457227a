"""`workbench hub …`: the programme's server, its people and its assignments. Arguments and printing only."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import KnownError

if TYPE_CHECKING:
    from workbench.hub.assigning import Assigned
    from workbench.hub.importing import ImportReport

_Commands = Any
_Handler = Callable[[argparse.Namespace], int]


class _AnyOrderParser(argparse.ArgumentParser):
    """Takes options between the other arguments, too: `invite DIR --role lead NAME`."""

    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What the command group calls; up to Python 3.11 the mixing itself comes back here."""
        if self._mixing:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


def register(commands: _Commands) -> None:
    """Add `hub` and its commands to the parser."""
    hub = commands.add_parser("hub", help="run the programme's server", description="Run the programme's server.")
    hub.set_defaults(handler=lambda _options: _without_command(hub))
    parts = hub.add_subparsers(title="commands", metavar="COMMAND", parser_class=_AnyOrderParser)
    _add(parts, "init", _init, "make an empty hub")
    _register_programme(parts)
    _register_assignments(parts)
    _register_serving(parts)


def _register_programme(parts: _Commands) -> None:
    taking = _add(parts, "import", _import, "bring a programme folder in (docs/programme.md)")
    taking.add_argument("programme", type=Path, metavar="PROGRAMME", help="the programme folder")
    inviting = _add(parts, "invite", _invite, "print a one-time enrolment code, good for 15 minutes")
    inviting.add_argument("name", metavar="NAME", help="the person's name")
    inviting.add_argument("--role", choices=("assessor", "lead"), help="what the person may do (default: assessor)")
    leaving = _add(parts, "sign-out", _sign_out, "revoke every device of a person")
    leaving.add_argument("name", metavar="NAME", help="the person's name")


def _register_assignments(parts: _Commands) -> None:
    giving = _add(parts, "assign", _assign, "say who judges what; prints the assignments made")
    giving.add_argument("--to", metavar="NAME", help="the person who judges")
    giving.add_argument("--submission", metavar="ID", help="the submission")
    giving.add_argument("--attempt", type=int, metavar="N", help="the attempt (default: the newest)")
    giving.add_argument("--all", action="store_true", help="give out by rule what still needs judges")
    giving.add_argument("--due", type=_moment, metavar="ISO", help="when it is due (default: by the policy)")
    giving.add_argument("--json", action="store_true", help="print one JSON object a line")
    listing = _add(parts, "assignments", _assignments, "list the assignments")
    listing.add_argument("--json", action="store_true", help="print one JSON object a line")
    due = _add(parts, "due", _due, "change when an assignment is due")
    due.add_argument("assignment", metavar="ASSIGNMENT", help="the assignment's id")
    due.add_argument("due", type=_moment, metavar="ISO", help="a time with its zone, like 2026-12-01T17:00:00Z")
    withdrawing = _add(parts, "withdraw", _withdraw, "take an assignment back")
    withdrawing.add_argument("assignment", metavar="ASSIGNMENT", help="the assignment's id")
    withdrawing.add_argument("--reason", required=True, help="why, in words that the assessor reads")


def _register_serving(parts: _Commands) -> None:
    serving = _add(parts, "serve", _serve, "serve the hub; prints one JSON line with its address when it listens")
    serving.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    serving.add_argument("--port", type=int, default=0, help="the port (default: a free one)")
    serving.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain, needed off this machine")
    serving.add_argument("--tls-key", type=Path, metavar="FILE", help="the certificate's key")
    serving.add_argument("--ready-json", action="store_true", help="print the JSON line only, no sentence beside it")
    deciding = _add(parts, "decisions", _decisions, "list the decisions, also while the hub serves")
    deciding.add_argument("--json", action="store_true", help="print one JSON object a line")


def _add(parts: _Commands, name: str, act: _Handler, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    here = "the hub's folder (default: the current one)"
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="DIR", help=here)
    parser.set_defaults(handler=lambda options: _with_hub(act, options))
    return parser


def _with_hub(act: _Handler, options: argparse.Namespace) -> int:
    if find_spec("fastapi") is None or find_spec("uvicorn") is None:
        raise KnownError(
            "This installation has no hub.", safe="Nothing was changed.", do="pip install 'assessor-workbench[hub]'"
        )
    return act(options)


def _without_command(parser: argparse.ArgumentParser) -> int:
    parser.print_help(sys.stderr)
    return 2


def _init(options: argparse.Namespace) -> int:
    from workbench.hub.setup import init

    init(options.folder)
    print(f"There is an empty hub in {options.folder} now. Next: workbench hub import {options.folder} PROGRAMME")
    return 0


def _import(options: argparse.Namespace) -> int:
    from workbench.hub.setup import import_programme

    _print_report(import_programme(options.folder, options.programme))
    return 0


def _print_report(report: "ImportReport") -> None:
    tallies = {"Offerings": report.offerings, "People": report.people, "Submissions": report.submissions}
    for name, tally in tallies.items():
        print(f"{name}: {tally.new} new, {tally.changed} changed, {tally.same} as before.")
    print(f"Evidence: {report.evidence} pieces, {report.new_files} files taken in.")
    for place, reason in report.unreadable:
        print(f"evidence.csv, {place}: taken in, but cannot be shown: {reason}")


def _invite(options: argparse.Namespace) -> int:
    from workbench.hub.setup import invite
    from workbench.model.person import Role

    print(invite(options.folder, options.name, Role(options.role) if options.role else None))
    return 0


def _sign_out(options: argparse.Namespace) -> int:
    from workbench.hub.setup import sign_out

    print(f"Devices signed out: {sign_out(options.folder, options.name)}.")
    return 0


def _assign(options: argparse.Namespace) -> int:
    from workbench.hub.setup import assign, assign_all

    if options.all == bool(options.to or options.submission) or bool(options.to) != bool(options.submission):
        print("Give either --to NAME and --submission ID, or --all.", file=sys.stderr)
        return 2
    if options.all:
        made = assign_all(options.folder, due_at=options.due)
    else:
        made = (assign(options.folder, options.to, options.submission, attempt=options.attempt, due_at=options.due),)
    _print_assignments(made, as_json=options.json)
    return 0


def _assignments(options: argparse.Namespace) -> int:
    from workbench.hub.setup import list_assignments

    _print_assignments(list_assignments(options.folder), as_json=options.json)
    return 0


def _print_assignments(made: tuple["Assigned", ...], *, as_json: bool) -> None:
    from workbench.wire.canonical import to_json

    for item in made:
        row = {
            "assignment": item.id,
            "assessor": item.to,
            "submission": item.submission_id,
            "attempt": item.attempt,
            "due_at": to_json(item.due_at),
            "state": item.state,
        }
        print(json.dumps(row, ensure_ascii=False) if as_json else "  ".join(str(value) for value in row.values()))


def _due(options: argparse.Namespace) -> int:
    from workbench.hub.setup import change_due

    change_due(options.folder, options.assignment, options.due)
    print(f"Due {options.due.isoformat()} now. The assessor hears of it with the next sync.")
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    from workbench.hub.setup import withdraw

    withdraw(options.folder, options.assignment, options.reason)
    print("Taken back. The assessor hears of it with the next sync.")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from workbench.hub.serving import serve

    def announce(address: str) -> None:
        print(json.dumps({"address": address}), flush=True)
        if not options.ready_json:
            print(f"The hub listens on {address}. Ctrl+C ends it.", file=sys.stderr)

    serve(
        options.folder,
        host=options.host,
        port=options.port,
        certificate=options.tls_cert,
        key=options.tls_key,
        on_ready=announce,
    )
    return 0


def _decisions(options: argparse.Namespace) -> int:
    from workbench.hub.decisions import read_decisions

    for row in read_decisions(options.folder):
        if options.json:
            print(json.dumps(row, ensure_ascii=False, sort_keys=True))
        else:
            print(f"{row['received_at']}  {row['submission']}  attempt {row['attempt']}  {row['outcome']}")
    return 0


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a time like 2026-12-01T17:00:00Z") from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"“{text}” has no zone; write 2026-12-01T17:00:00Z")
    return moment.astimezone(UTC)
