"""Builds the demo's submissions from a person's own files. Looks at content through the media workers only."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.demo import programme
from workbench.demo.cases import Case
from workbench.errors import DataError
from workbench.model.submission import EvidenceKind

WANTED = (EvidenceKind.VIDEO, EvidenceKind.PDF, EvidenceKind.IMAGE, EvidenceKind.TEXT)
_CAPTION_ENDINGS = (".vtt", ".srt")
_CAN_HAVE_CAPTIONS = (EvidenceKind.VIDEO, EvidenceKind.AUDIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """A file by what is in it. `reason` says why it cannot be shown; `captions_of` names a recording."""

    path: Path
    kind: EvidenceKind
    reason: str = ""
    captions_of: Path | None = None

    @property
    def is_shown(self) -> bool:
        """Whether an assessor can look at it and cite it."""
        return not self.reason and self.kind in (*WANTED, EvidenceKind.AUDIO)


def look_at(folder: Path) -> tuple[OwnFile, ...]:
    """Every file below the folder, in name order, hidden ones left out. Raises DataError when there is none."""
    if not folder.is_dir():
        raise DataError(file=str(folder), place="the folder", rule="there is no such folder")
    found = sorted(path for path in folder.rglob("*") if _can_be_read(path, folder))
    if not found:
        raise DataError(file=str(folder), place="the folder", rule="there is no file in it that can be read")
    from workbench.hub.inspection import inspect_files

    facts = inspect_files({str(path): (path, None) for path in found})
    files = [OwnFile(path=path, kind=facts[str(path)].kind, reason=facts[str(path)].facts.reason) for path in found]
    recordings = {file.path.with_suffix(""): file.path for file in files if file.kind in _CAN_HAVE_CAPTIONS}
    return tuple(_with_recording(file, recordings) for file in files)


def distribute(files: Sequence[OwnFile]) -> tuple[tuple[OwnFile, ...], tuple[OwnFile, ...]]:
    """In order into the first submission until it has one of each kind, the rest into the second.

    Captions go where their recording goes.
    """
    first: list[OwnFile] = []
    second: list[OwnFile] = []
    wanted = set(WANTED)
    for file in files:
        if file.captions_of is None:
            (first if wanted else second).append(file)
            if file.is_shown:
                wanted.discard(file.kind)
    for file in files:
        if file.captions_of is not None:
            here = first if any(other.path == file.captions_of for other in first) else second
            here.append(file)
    return tuple(first), tuple(second)


def missing_kinds(files: Sequence[OwnFile]) -> tuple[EvidenceKind, ...]:
    """The kinds of which nothing in the submission can be shown."""
    have = {file.kind for file in files if file.is_shown}
    return tuple(kind for kind in WANTED if kind not in have)


def write_programme(folder: Path, pairs: Sequence[tuple[Case, Sequence[OwnFile]]]) -> None:
    """A programme folder with one submission per pair. Where nothing can be shown, the case's reflection is added."""
    (folder / "files").mkdir(parents=True)
    programme.write_frame(folder)
    rows = [row for case, files in pairs for row in _evidence_rows(folder / "files", case, files)]
    submissions = (programme.submission_row(case) for case, _ in pairs)
    programme.write_table(folder / "submissions.csv", programme.SUBMISSIONS_HEAD, submissions)
    programme.write_table(folder / "evidence.csv", programme.EVIDENCE_HEAD, rows)


def _evidence_rows(target: Path, case: Case, files: Sequence[OwnFile]) -> list[programme.Cells]:
    (target / case.stem).mkdir()
    orders = {file.path: order for order, file in enumerate(files, start=1)}
    rows: list[programme.Cells] = []
    for order, file in enumerate(files, start=1):
        # A name of our own: a person's file name may hold what a path in a table must not.
        name = f"{case.stem}/{order:03d}{file.path.suffix if file.path.suffix.isascii() else ''}"
        _place(file.path, target / name)
        kind, captions_for = file.kind.value if file.is_shown else "", ""
        if file.captions_of is not None:
            kind, captions_for = EvidenceKind.CAPTIONS.value, str(orders[file.captions_of])
        label = file.path.name[:200]
        rows.append((case.id, case.attempt, order, name, label, kind, captions_for, "", "assessment"))
    if not any(file.is_shown for file in files):
        name = f"{case.stem}/reflection.md"
        (target / name).write_text(case.reflection(), "utf-8", newline="\n")
        rows.append((case.id, case.attempt, len(files) + 1, name, "Reflection", "text", "", "en", "assessment"))
    return rows


def _place(source: Path, target: Path) -> None:
    try:
        os.link(source.resolve(), target)
    except OSError:
        shutil.copyfile(source, target)


def _can_be_read(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.is_file() and os.access(path, os.R_OK)


def _with_recording(file: OwnFile, recordings: dict[Path, Path]) -> OwnFile:
    recording = recordings.get(file.path.with_suffix(""))
    if file.path.suffix.lower() not in _CAPTION_ENDINGS or recording is None:
        return file
    return OwnFile(path=file.path, kind=EvidenceKind.CAPTIONS, reason=file.reason, captions_of=recording)
