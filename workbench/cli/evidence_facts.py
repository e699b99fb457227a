"""`workbench evidence facts`: what can be measured in files, and which of them look alike. Arguments and printing only.

Files are parsed in the decode workers, never here. Facts, no verdicts.
"""

import argparse
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.cli.given_files import open_given, readable_name
from workbench.cli.inspecting import ask
from workbench.errors import EvidenceError
from workbench.model.findings import Finding, Fingerprint, Unit, told
from workbench.model.likeness import alike

if TYPE_CHECKING:
    from workbench.media.client import MediaWorkers
    from workbench.wire.canonical import Json

_BLOCK = 1 << 20


@dataclass(slots=True)
class _Facts:
    """What was found in one file; `reason` in words where it could not be looked over."""

    file: str
    reason: str = ""
    sha256: str = ""
    unit: Unit = "whole"
    length: int = 0
    findings: list[Finding] = field(default_factory=list)
    prints: list[Fingerprint] = field(default_factory=list)


def register(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `facts`."""
    text = "say what is black, still, dark, blurred, silent or blank in each file, and which of the files look alike"
    parser = commands.add_parser("facts", help=text, description=f"{text[0].upper()}{text[1:]}. Facts, no verdicts.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a recording, a PDF or an image")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line instead of sentences")
    parser.set_defaults(handler=_facts)


def _facts(options: argparse.Namespace) -> int:
    from workbench.media.client import MediaWorkers

    workers = MediaWorkers(1)
    try:
        found = [_looked_over(workers, file) for file in options.files]
    finally:
        workers.close()
    for each in found:
        likes = [(other, *_likeness(each, other)) for other in found if other is not each and not other.reason]
        same = [(other, is_exact, count) for other, is_exact, count in likes if is_exact or count]
        print(json.dumps(_as_json(each, same)) if options.json else _as_words(each, same), flush=True)
    return 0


def _looked_over(workers: "MediaWorkers", file: str) -> _Facts:
    """Part after part. A file that cannot be looked over is answered with the reason."""
    from workbench.media.jobs import LookOver

    facts = _Facts(file)
    try:
        part, parts = 0, 1
        while part < parts:
            found = ask(workers, file, LookOver(part, facts.length)).result()
            parts, facts.unit, facts.length = found.parts, found.unit, found.length
            facts.findings += found.findings
            facts.prints += found.fingerprints
            part += 1
        facts.sha256 = _digest(file)
    except EvidenceError as refusal:
        facts.reason = refusal.happened
    return facts


def _digest(file: str) -> str:
    source = open_given(file)
    try:
        digest = hashlib.sha256()
        while block := os.read(source.descriptor, _BLOCK):
            digest.update(block)
        return digest.hexdigest()
    except OSError as error:
        raise EvidenceError("This file could not be read to its end.") from error
    finally:
        source.close()


def _likeness(one: _Facts, other: _Facts) -> tuple[bool, int]:
    """Whether the bytes are the same, and how many of one's pictures have their like in the other."""
    if one.reason or one.sha256 == other.sha256:
        return not one.reason, 0
    if (one.unit == "ms") != (other.unit == "ms"):
        return False, 0
    unit: Unit = "pages" if "pages" in (one.unit, other.unit) else one.unit
    return False, alike(one.prints, (each.bits for each in other.prints), unit)


def _as_json(facts: _Facts, same: "list[tuple[_Facts, bool, int]]") -> "dict[str, Json]":
    return {
        "file": facts.file,
        "ok": not facts.reason,
        "reason": facts.reason,
        "duration_ms": facts.length if facts.unit == "ms" and not facts.reason else None,
        "pages": facts.length if facts.unit == "pages" else None,
        "findings": [_finding_json(each) for each in told(facts.findings)],
        "alike": [
            {"file": other.file, "same_bytes": is_exact, "pictures": count, "of": len(facts.prints)}
            for other, is_exact, count in same
        ],
    }


def _finding_json(finding: Finding) -> "dict[str, Json]":
    page = finding.page + 1 if finding.page is not None else None
    return {
        "kind": finding.kind.value,
        "start_ms": finding.start_ms,
        "end_ms": finding.end_ms,
        "page": page,
        "measure": finding.measure,
    }


def _as_words(facts: _Facts, same: "list[tuple[_Facts, bool, int]]") -> str:
    said = [facts.reason] if facts.reason else [_finding_words(each) for each in told(facts.findings)]
    said += [f"{'same bytes as' if exact else 'looks like'} {readable_name(other.file)}" for other, exact, _ in same]
    return f"{readable_name(facts.file)}: {'; '.join(said) or 'nothing stands out'}"


def _finding_words(finding: Finding) -> str:
    kind = finding.kind.value.replace("_", " ")
    if finding.start_ms is not None and finding.end_ms is not None:
        return f"{kind} {_clock(finding.start_ms)} to {_clock(finding.end_ms)}"
    return kind if finding.page is None else f"page {finding.page + 1} {kind}"


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes:02}:{seconds:02}"
