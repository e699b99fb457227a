"""The documents that are made from the hub itself: docs/programme.md and docs/openapi.json.

`python -m workbench.hub.documents --write` renews them, `--check` fails when one is out of date.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from workbench.hub.openapi import openapi_text
from workbench.hub.programme_doc import programme_document
from workbench.hub.service import create_app
from workbench.hub.setup import init


def documents() -> dict[str, str]:
    """The documents by file name, as they should be."""
    with tempfile.TemporaryDirectory() as folder:
        init(Path(folder, "hub"))
        openapi = openapi_text(create_app(Path(folder, "hub")))
    return {"programme.md": programme_document(), "openapi.json": openapi}


def outdated(folder: Path) -> list[str]:
    """Names of the documents in a folder that are missing or say something else."""
    return [name for name, text in documents().items() if _read(folder / name) != text]


def write(folder: Path) -> None:
    """Write every document into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """The command; 1 when a document is out of date."""
    parser = argparse.ArgumentParser(prog="python -m workbench.hub.documents", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("docs"))
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", action="store_true")
    choice.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    if options.write:
        write(options.folder)
    names = outdated(options.folder)
    for name in names:
        print(f"{options.folder / name} is out of date: run python -m workbench.hub.documents --write", file=sys.stderr)
    return 1 if names else 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
