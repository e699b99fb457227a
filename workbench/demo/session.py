"""Prepares one demo: a programme, a hub that holds it, assignments, and a code to sign in with."""

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workbench.demo import own_files
from workbench.demo.cases import all_cases
from workbench.demo.programme import ASSESSOR, Progress, make_once
from workbench.errors import StorageError

PASSPHRASE = "demo"
OWN_CASES = ("S-1042", "S-1051")
"""Whose offering and pseudonym a person's own files are handed in under: 3 levels, then 2."""
_HUB_KEY = hashlib.sha256(b"the demo's hub gives the same order on every run").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a demo lives. `port` 0: none was used yet; `notes` are sentences about a person's own files."""

    profile: Path
    hub: Path
    programme: Path
    port: int
    notes: tuple[str, ...] = ()


def set_up(profile: Path, evidence: Path | None, progress: Progress, *, fresh: bool = False) -> Stage:
    """Make the programme and its hub below the profile, unless they are there already (an error if `fresh`)."""
    home = profile / "demo"
    hub = home / "hub"
    if hub.is_dir() and (fresh or evidence is not None):
        raise StorageError(
            f"There is a demo in {profile} already.",
            safe="Nothing was changed.",
            do="Choose another --profile, or leave --profile out.",
        )
    if hub.is_dir():
        programme = next(home.glob("programme-*"), home)
        return Stage(profile=profile, hub=hub, programme=programme, port=_last_port(home))
    _make_writable(home)
    notes: tuple[str, ...] = ()
    if evidence is None:
        programme = make_once(home, progress)
    else:
        programme = home / "programme-own"
        notes = _write_own(programme, evidence)
    _make_hub(programme, hub, own=evidence is not None)
    return Stage(profile=profile, hub=hub, programme=programme, port=_last_port(home), notes=notes)


def remember_port(stage: Stage, port: int) -> None:
    """The account knows the hub by its address: next time it must be the same."""
    (stage.profile / "demo" / "port").write_text(str(port), "ascii")


def enrolment_code(stage: Stage) -> str:
    """A fresh one-time code for the demo's assessor."""
    from workbench.hub.setup import invite

    return invite(stage.hub, ASSESSOR)


def _make_writable(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / "port").touch()
    except OSError as error:
        raise StorageError(
            f"{home} cannot be written ({error.strerror}).", safe="Nothing was changed.", do="Choose another --profile."
        ) from error


def _make_hub(programme: Path, hub: Path, *, own: bool) -> None:
    from workbench.hub.setup import import_programme, init

    unfinished = hub.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    init(unfinished, key=_HUB_KEY)
    import_programme(unfinished, programme)
    _assign(unfinished, own=own)
    unfinished.rename(hub)


def _write_own(programme: Path, evidence: Path) -> tuple[str, ...]:
    files = own_files.look_at(evidence)
    cases = [case for case in all_cases() if case.id in OWN_CASES]
    pairs = list(zip(cases, own_files.distribute(files), strict=True))
    shutil.rmtree(programme, ignore_errors=True)
    own_files.write_programme(programme, pairs)
    notes = [_missing_note(number, own) for number, (_, own) in enumerate(pairs, start=1)]
    notes += [f"{file.path.name} cannot be shown: {file.reason}" for file in files if file.reason]
    return tuple(filter(None, notes))


def _missing_note(number: int, files: tuple[own_files.OwnFile, ...]) -> str:
    missing = own_files.missing_kinds(files)
    if not missing:
        return ""
    kinds = ", ".join(kind.value for kind in missing)
    added = "" if any(file.is_shown for file in files) else " The demo's own reflection was added."
    return f"Submission {number} has nothing to show of these kinds, so they are skipped: {kinds}.{added}"


def _assign(hub: Path, *, own: bool) -> None:
    """Everything to the one assessor, two due each day from tomorrow on."""
    from workbench.hub.setup import assign

    first_due = datetime.now(UTC).replace(hour=17, minute=0, second=0, microsecond=0) + timedelta(days=1)
    cases = [case for case in all_cases() if not own or case.id in OWN_CASES]
    for place, case in enumerate(cases):
        assign(hub, ASSESSOR, case.id, due_at=first_due + timedelta(days=place // 2))


def _last_port(home: Path) -> int:
    try:
        return int((home / "port").read_text("ascii") or "0")
    except (OSError, ValueError):
        return 0
