"""`workbench sync`: one round and all evidence, without a window; prints what came, what went, what waits."""

import argparse
import json
import sys
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING

from workbench.cli.accounts import add_account_option, open_chosen
from workbench.errors import KnownError
from workbench.model.ids import EvidenceId

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from workbench.store.account import Account
    from workbench.sync.fetch import FetchReport
    from workbench.sync.platforms.port import Platform
    from workbench.sync.round import RoundReport
    from workbench.wire.canonical import Json
    from workbench.wire.exchange import Counts


def register(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `sync`."""
    parser = commands.add_parser(
        "sync",
        help="send decisions and fetch work, without a window",
        description="Send what is finalized, fetch assignments and evidence, then say what happened.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
    parser.add_argument("--send-now", action="store_true", help="send also what is still held back")
    add_account_option(parser)
    parser.set_defaults(handler=run)


def run(options: argparse.Namespace) -> int:
    """Sync once. 1 when a file would not come or a decision was refused; raises KnownError for all else."""
    from workbench.sync.platforms.hub import HubPlatform

    account = open_chosen(options)
    try:
        platform = HubPlatform(account.ref.address, account.tokens)
        try:
            return _sync(options, account, platform)
        finally:
            platform.close()
    finally:
        account.close()


def _sync(options: argparse.Namespace, account: "Account", platform: "Platform") -> int:
    from workbench.operations.finalize import send_now
    from workbench.sync.round import run_round

    if options.send_now:
        account.store.write(send_now)
    round_ = run_round(account, platform)
    fetched, problem = _fetch(account, platform)
    print(json.dumps(_as_json(account, round_, fetched)) if options.json else _as_words(account, round_, fetched))
    for each in fetched.unfetched:
        print(each.problem, file=sys.stderr)
    if problem is not None:
        raise problem
    return 1 if fetched.unfetched or round_.conflicts or round_.rejected else 0


def _fetch(account: "Account", platform: "Platform") -> "tuple[FetchReport, KnownError | None]":
    from workbench.store import evidence_rows
    from workbench.sync.fetch import Fetch

    wanted = [each.ref for each in account.store.read(evidence_rows.wanted)]
    line = _ProgressLine(len(wanted))
    fetch = Fetch(account, platform, stop=threading.Event(), on_progress=line.show)
    try:
        return fetch.run(wanted), None
    except KnownError as problem:
        # What came before is worth telling, too.
        return fetch.report, problem
    finally:
        line.end()


class _ProgressLine:
    """One line on the terminal that is written over; nothing where nobody looks."""

    def __init__(self, files: int) -> None:
        self._files = files
        self._begun: list[EvidenceId] = []
        self._shown = sys.stderr.isatty()

    def show(self, evidence_id: EvidenceId, bytes_here: int, size: int) -> None:
        if evidence_id not in self._begun[-1:]:
            self._begun.append(evidence_id)
        if self._shown:
            part = f"{bytes_here / 1e6:.1f} of {size / 1e6:.1f} MB"
            print(f"\rFile {len(self._begun)} of {self._files}: {part}\033[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._shown and self._begun:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _as_json(account: "Account", round_: "RoundReport", fetched: "FetchReport") -> "dict[str, Json]":
    return {
        "received": asdict(round_.received) | {"withdrawals": round_.withdrawn},
        "hub": asdict(round_.hub),
        "here": asdict(round_.here),
        "changed_assignments": len(round_.changes.assignments),
        "needs_you": _needs_you(account),
        "evidence": {
            "files": fetched.files,
            "bytes": fetched.bytes_received,
            "unfetched": [str(each.problem) for each in fetched.unfetched],
        },
        "decisions": {
            "sent": round_.sent,
            "confirmed": round_.confirmed,
            "conflicts": round_.conflicts,
            "rejected": round_.rejected,
            "waiting": _waiting(account),
        },
    }


def _as_words(account: "Account", round_: "RoundReport", fetched: "FetchReport") -> str:
    waiting = _waiting(account)
    lines = [
        f"Received: {_counted(round_.received)}; withdrawn: {round_.withdrawn}.",
        f"Here and at the programme: {_counted(round_.hub)}.",
        f"Fetched: {_plural(fetched.files, 'file')}, {fetched.bytes_received / 1e6:.1f} MB.",
        f"Decisions: {round_.confirmed} confirmed, {round_.conflicts + round_.rejected} refused, {waiting} waiting.",
    ]
    if asking := _needs_you(account):
        lines.append(f"Needs you: {_plural(asking, 'assignment')}. What you did is safe here; open the window to look.")
    return "\n".join(lines)


def _waiting(account: "Account") -> int:
    from workbench.store import outbox

    rows = account.store.read(outbox.unsettled)
    return sum(row.state in ("pending", "sent") for row in rows)


def _needs_you(account: "Account") -> int:
    from workbench.queries.queue import needs_you

    return account.store.read(needs_you)


def _counted(counts: "Counts") -> str:
    return (
        f"{_plural(counts.assignments, 'assignment')}, {_plural(counts.submissions, 'submission')}, "
        f"{_plural(counts.evidence, 'evidence file')}, {_plural(counts.offerings, 'offering')}"
    )


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
