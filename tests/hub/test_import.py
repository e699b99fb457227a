"""Importing: all or nothing, twice is once, and what cannot be shown is kept with its reason."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from tests.hub.conftest import KEY
from tests.hub.sample import TEXTS, ProgrammeFolder, submission
from workbench.errors import DataError, StorageError
from workbench.hub.changes import read_submission
from workbench.hub.database import database_file, evidence_folder, open_database, reading
from workbench.hub.setup import assign, assign_all, import_programme, init, invite, list_assignments
from workbench.hub.shelf import Shelf
from workbench.model.submission import EvidenceKind, Submission


def stored(hub: Path, name: str, attempt: int = 1) -> Submission:
    engine = open_database(hub)
    with reading(engine) as connection:
        found = read_submission(connection, name, attempt)
    engine.dispose()
    return found


def contents(hub: Path) -> dict[str, bytes]:
    """Everything in the hub: the database's dump and the names of the files."""
    engine = open_database(hub)
    with reading(engine) as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        dump = "\n".join(raw.iterdump()).encode()
    engine.dispose()
    files = sorted(path for path in evidence_folder(hub).rglob("*") if path.is_file())
    return {"database": dump} | {path.name: path.read_bytes() for path in files}


def test_that_importing_again_changes_nothing(hub: Path, programme: ProgrammeFolder) -> None:
    before = contents(hub)
    report = import_programme(hub, programme.folder)
    assert (report.submissions.new, report.submissions.changed, report.submissions.same) == (0, 0, 3)
    assert report.new_files == 0
    assert contents(hub) == before


def test_that_a_broken_folder_changes_nothing(hub: Path, programme: ProgrammeFolder) -> None:
    before = contents(hub)
    programme.submissions.append(submission("s-9"))
    programme.add_file("s-9", 1, "new.txt", b"New.\n")
    programme.evidence.append(programme.evidence[0] | {"order": "9", "file": "nowhere"})
    with pytest.raises(DataError):
        import_programme(hub, programme.write())
    assert contents(hub) == before


def test_that_a_failure_while_writing_leaves_nothing_behind(
    hub: Path, programme: ProgrammeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = contents(hub)
    programme.add_file("s-1", 3, "new.txt", b"New.\n")
    programme.write()
    monkeypatch.setattr("workbench.hub.importing.write_submissions", full)
    with pytest.raises(OSError, match="No space"):
        import_programme(hub, programme.folder)
    assert contents(hub) == before


def test_that_another_programme_is_refused(hub: Path, programme: ProgrammeFolder) -> None:
    (programme.folder / "programme.json").write_text('{"format": 1, "id": "other", "name": "Other"}')
    with pytest.raises(DataError, match="this hub belongs to the programme “riverbend”"):
        import_programme(hub, programme.folder)


def test_that_files_are_kept_by_their_content(hub: Path) -> None:
    pieces = [piece for name in TEXTS for piece in stored(hub, name).evidence]
    for piece, text in zip(pieces, [text for texts in TEXTS.values() for text in texts], strict=True):
        assert (evidence_folder(hub) / piece.sha256[:2] / piece.sha256).read_bytes() == text.encode()
        assert (piece.kind, piece.size, piece.facts.reason) == (EvidenceKind.TEXT, len(text), "")


def test_that_a_file_that_cannot_be_shown_is_taken_in_with_its_reason(hub: Path, programme: ProgrammeFolder) -> None:
    programme.add_file("s-1", 3, "plan.pdf", b"%PDF-1.7\nnothing more", kind="pdf")
    programme.add_file("s-1", 4, "empty.mp4", b"", kind="video")
    programme.add_file("s-1", 5, "captions.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", kind="captions")
    report = import_programme(hub, programme.write())
    assert [place for place, _ in report.unreadable] == ["line 6", "line 7"]
    pieces = stored(hub, "s-1").evidence
    assert all(piece.facts.reason for piece in pieces[2:4])
    assert (pieces[4].kind, pieces[4].facts.reason) == (EvidenceKind.CAPTIONS, "")


def test_that_the_same_key_gives_the_same_pseudonyms_and_another_key_others(
    hub: Path, programme: ProgrammeFolder, tmp_path: Path
) -> None:
    for name, key in (("same", KEY), ("other", b"o" * 32)):
        init(tmp_path / name, key=key)
        import_programme(tmp_path / name, programme.folder)
    drawn = [stored(where, "s-1").pseudonym for where in (hub, tmp_path / "same", tmp_path / "other")]
    assert drawn[0] == drawn[1] != drawn[2]


def test_that_a_pseudonym_is_kept_and_never_given_twice(hub: Path, programme: ProgrammeFolder) -> None:
    taken = stored(hub, "s-1").pseudonym
    programme.submissions.append(submission("s-8", educator="Educator 4F-21"))
    programme.submissions.append(submission("s-9", educator=taken))
    import_programme(hub, programme.write())
    assert stored(hub, "s-8").pseudonym == "Educator 4F-21"
    assert stored(hub, "s-9").pseudonym not in (taken, "Educator 4F-21")


def test_that_a_name_that_somebody_else_has_is_refused_and_changes_nothing(
    hub: Path, programme: ProgrammeFolder
) -> None:
    invite(hub, "Assessor 9Z-99")
    before = contents(hub)
    programme.people[0] |= {"name": "Assessor 9Z-99"}
    with pytest.raises(DataError, match="the name of somebody else"):
        import_programme(hub, programme.write())
    assert contents(hub) == before


def test_that_a_hub_whose_making_was_cut_short_is_none_and_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "cut").mkdir()
    database_file(tmp_path / "cut").touch()
    with pytest.raises(StorageError, match="There is no hub in"):
        list_assignments(tmp_path / "cut")
    init(tmp_path / "cut")
    assert list_assignments(tmp_path / "cut") == ()
    with pytest.raises(StorageError, match="There is a hub in"):
        init(tmp_path / "cut")


def test_that_a_copy_left_by_a_crash_is_not_in_the_way(hub: Path, programme: ProgrammeFolder) -> None:
    programme.add_file("s-1", 9, "new.txt", b"New.\n")
    new = Shelf(hub).path(hashlib.sha256(b"New.\n").hexdigest())
    new.parent.mkdir(parents=True, exist_ok=True)
    new.with_suffix(f".{os.getpid()}.incoming").write_bytes(b"half")
    assert import_programme(hub, programme.write()).new_files == 1
    assert new.read_bytes() == b"New.\n"


def test_that_lines_that_are_gone_stay_in_the_hub(hub: Path, programme: ProgrammeFolder) -> None:
    del programme.submissions[0]
    programme.evidence = [row for row in programme.evidence if row["submission"] != "s-1"]
    import_programme(hub, programme.write())
    assert stored(hub, "s-1").evidence


def test_that_work_is_given_out_evenly_and_once(hub: Path, programme: ProgrammeFolder) -> None:
    programme.submissions.append(submission("s-4", educator="Assessor 7C-03"))
    programme.offering["policy"]["raters_required"] = 1
    import_programme(hub, programme.write())
    given = assign_all(hub)
    assert sorted(item.submission_id for item in given) == ["s-1", "s-2", "s-3", "s-4"]
    assert sorted(item.to for item in given) == ["Assessor 7C-03"] * 2 + ["Assessor 9A-11"] * 2
    assert next(item.to for item in given if item.submission_id == "s-4") == "Assessor 9A-11"
    assert assign_all(hub) == ()


def test_that_two_judges_are_two_people(hub: Path, programme: ProgrammeFolder) -> None:
    programme.offering["policy"]["raters_required"] = 2
    import_programme(hub, programme.write())
    assign(hub, "Assessor 7C-03", "s-1")
    assign_all(hub)
    judges = [item.to for item in list_assignments(hub) if item.submission_id == "s-1"]
    assert sorted(judges) == ["Assessor 7C-03", "Assessor 9A-11"]


def test_that_a_hub_can_be_moved(hub: Path, tmp_path: Path, programme: ProgrammeFolder) -> None:
    moved = Path(shutil.move(hub, tmp_path / "elsewhere"))
    assert import_programme(moved, programme.folder).submissions.same == 3
