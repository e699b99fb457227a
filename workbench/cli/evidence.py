"""`workbench evidence …`: what files are, and pictures of them. Arguments and printing only.

Files are parsed in the decode workers, never here.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cli import evidence_facts
from workbench.cli.evidence_picture import WIDEST, render
from workbench.cli.given_files import readable_name
from workbench.cli.inspecting import TIME_LIMIT_S, inspections
from workbench.model.submission import EvidenceKind

if TYPE_CHECKING:
    from workbench.media.jobs import Inspection
    from workbench.wire.canonical import Json

_NAME_WIDTH = 64


def register(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `evidence` and its commands."""
    text = "look at files as the workbench would show them"
    group = commands.add_parser("evidence", help=text, description=f"{text[0].upper()}{text[1:]}.")
    group.set_defaults(handler=lambda _options: _without_command(group))
    parts = group.add_subparsers(title="commands", metavar="COMMAND")
    _register_inspect(parts)
    _register_render(parts)
    evidence_facts.register(parts)


def _register_inspect(parts: "argparse._SubParsersAction[Any]") -> None:
    text = "say of each file what it is, and whether and why not it can be shown"
    parser = parts.add_parser("inspect", help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file; its content counts, not its name")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line instead of a table")
    parser.set_defaults(handler=_inspect)


def _register_render(parts: "argparse._SubParsersAction[Any]") -> None:
    text = "draw a page, a video frame or an image into a PNG"
    parser = parts.add_parser(
        "render",
        help=text,
        description=f"{text[0].upper()}{text[1:]}. The picture lies readable where you put it: delete it after use.",
    )
    parser.add_argument("file", metavar="FILE", help="a PDF, a video or an image")
    parser.add_argument("--out", type=Path, required=True, metavar="PNG", help="where the picture goes")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--page", type=int, metavar="N", help="the page of a PDF, as people count: the first is 1")
    place.add_argument(
        "--at-ms", type=int, metavar="T", help="the time in a video, in milliseconds from its first frame"
    )
    width = "width in pixels (default: 1600); images and videos are made smaller to fit, never larger"
    parser.add_argument("--width", type=_width, default=1600, metavar="W", help=width)
    parser.set_defaults(handler=_render)


def _without_command(parser: argparse.ArgumentParser) -> int:
    parser.print_help(sys.stderr)
    return 2


def _width(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= WIDEST:
        raise argparse.ArgumentTypeError(f"a width is a number of pixels from 1 to {WIDEST:,}")
    return int(text)


def _render(options: argparse.Namespace) -> int:
    print(_for_stdout(render(options.file, options.out, options.page, options.at_ms, options.width)))
    return 0


def _inspect(options: argparse.Namespace) -> int:
    from workbench.media.client import MediaWorkers

    names = [readable_name(file) for file in options.files]
    width = min(_NAME_WIDTH, max(map(len, names)))
    workers = MediaWorkers(min(2, len(options.files)), time_limit_s=TIME_LIMIT_S)
    try:
        found = inspections(workers, options.files)
        for file, name, inspection in zip(options.files, names, found, strict=True):
            if options.json:
                # Bytes of a name that are no text stand as lone surrogates: Python's os.fsencode gives them back.
                print(json.dumps(_as_json(file, inspection)), flush=True)
            else:
                print(_for_stdout(f"{name:<{width}}  {_as_words(inspection)}"), flush=True)
    finally:
        workers.close()
    return 0


def _as_json(file: str, found: "Inspection") -> "dict[str, Json]":
    facts = found.facts
    row: dict[str, Json] = {
        "file": file,
        "kind": "text" if found.kind is EvidenceKind.CAPTIONS else found.kind.value,
        "ok": not facts.reason,
        "reason": facts.reason,
        "media_type": facts.media_type,
        "pages": facts.pages,
        "duration_ms": facts.duration_ms,
        "width": facts.width,
        "height": facts.height,
        "rotation": facts.rotation if facts.width else None,
        "has_audio": facts.has_audio,
        "captions": found.captions,
    }
    return row | {"note": found.note} if found.note else row


def _as_words(found: "Inspection") -> str:
    if found.facts.reason:
        return f"{found.kind.value:<11}  {found.facts.reason}"
    return f"{found.kind.value:<11}  {', '.join(_facts_in_words(found))}{found.note and f'. {found.note}'}"


def _facts_in_words(found: "Inspection") -> Iterator[str]:
    facts = found.facts
    if facts.pages is not None:
        yield _plural(facts.pages, "page")
    if facts.duration_ms is not None:
        minutes, seconds = divmod(facts.duration_ms // 1000, 60)
        yield f"{minutes}:{seconds:02} min"
    if facts.width and facts.height:
        yield f"{facts.width} × {facts.height}"
    if facts.rotation:
        yield f"turned by {facts.rotation}°"
    if found.kind is EvidenceKind.VIDEO:
        yield "with sound" if facts.has_audio else "without sound"
        yield from ("with captions",) if found.captions else ()
    if facts.words is not None:
        yield _plural(facts.words, "word")
    yield facts.media_type


def _plural(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _for_stdout(text: str) -> str:
    """What stdout's encoding lacks is spelled out rather than an error."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
