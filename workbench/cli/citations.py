"""`workbench citations export` and `import`: citations as a file of W3C Web Annotations, for people and other tools."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.accounts import add_account_option, open_chosen
from workbench.errors import KnownError
from workbench.model.ids import AssignmentId

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from workbench.citations.web_annotations import Cited


def register(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `citations` with `export` and `import`."""
    parser = commands.add_parser(
        "citations",
        help="write citations to a file of W3C Web Annotations, or read them from one",
        description="Citations as W3C Web Annotations (JSON-LD). The file is plain text, not encrypted.",
    )
    parser.set_defaults(handler=lambda options: parser.error("say what to do: export or import"))
    doings = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_export(doings)
    _add_import(doings)


def _add_export(doings: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = doings.add_parser(
        "export",
        help="write the citations of this laptop",
        description="Write the citations of one assignment, or of all, as one AnnotationPage.",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--assignment", default=None, metavar="ID", help="only the citations of this assignment")
    which.add_argument("--all", action="store_true", help="those of every assignment (as without either option)")
    parser.add_argument("--out", type=Path, default=None, metavar="FILE", help="write to FILE instead of the terminal")
    add_account_option(parser)
    parser.set_defaults(handler=run_export)


def _add_import(doings: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = doings.add_parser(
        "import",
        help="take in the citations of a file",
        description="Take in every citation of a file, or none; nothing that is here is overwritten.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that export wrote, or one like it")
    add_account_option(parser)
    parser.set_defaults(handler=run_import)


def run_export(options: argparse.Namespace) -> int:
    """Print the citations as JSON-LD or write them to a file. Raises KnownError."""
    from workbench.citations.web_annotations import write_page

    cited = _all_cited(options)
    if not cited:
        raise KnownError("There is no citation to export.", safe="No file was written.")
    text = json.dumps(write_page(cited), ensure_ascii=False, indent=2) + "\n"
    if options.out is None:
        # In the encoding that the file format has, whatever the terminal's is.
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        return 0
    _write(options.out, text.encode())
    number = len({each.assignment_id for each in cited})
    print(f"Exported {_plural(len(cited), 'citation')} of {_plural(number, 'assignment')} to {options.out}.")
    print("The file is not encrypted: it holds your notes and the passages you quoted.")
    return 0


def run_import(options: argparse.Namespace) -> int:
    """Take in a file's citations. Raises DataError that names file, place and rule; KnownError."""
    from workbench.citations.web_annotations import read_page
    from workbench.operations.take_in import take_in
    from workbench.rubrics.json_file import read_json

    name = options.file.name
    # Read to its end before the account is opened: a file that breaks off changes nothing.
    cited = read_page(read_json(options.file, name=name), name=name)
    account = open_chosen(options)
    try:
        taken = account.store.write(take_in, cited, file=name)
    finally:
        account.close()
    print(f"Imported {_plural(taken.added, 'citation')}; {taken.known} stood here already.")
    return 0


def _all_cited(options: argparse.Namespace) -> "tuple[Cited, ...]":
    from workbench.queries.citations import citations

    account = open_chosen(options)
    try:
        wanted = None if options.assignment is None else AssignmentId(options.assignment)
        return account.store.read(citations, wanted)
    finally:
        account.close()


def _write(file: Path, data: bytes) -> None:
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(data)
        else:
            _write_whole(file.resolve(), data)
    except OSError as error:
        raise KnownError(
            f"{file} cannot be written: {error.strerror}.",
            safe="Your citations are safe on this laptop.",
            do="Choose another place with --out.",
        ) from error


def _write_whole(file: Path, data: bytes) -> None:
    # Beside it and then in its place, so that a full disk does not cost the file that was there.
    descriptor, part = tempfile.mkstemp(dir=file.parent, prefix=".citations-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(part).replace(file)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
