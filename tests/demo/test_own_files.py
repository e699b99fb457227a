"""A person's own files: where each goes, what is missing, and what cannot be shown."""

from pathlib import Path

import pytest

from workbench.demo.cases import all_cases
from workbench.demo.own_files import OwnFile, distribute, look_at, missing_kinds, write_programme
from workbench.errors import DataError
from workbench.hub.programme import load_programme
from workbench.model.submission import EvidenceKind

VIDEO, PDF, IMAGE, TEXT = EvidenceKind.VIDEO, EvidenceKind.PDF, EvidenceKind.IMAGE, EvidenceKind.TEXT


def _file(name: str, kind: EvidenceKind, reason: str = "", of: str = "") -> OwnFile:
    return OwnFile(path=Path(name), kind=kind, reason=reason, captions_of=Path(of) if of else None)


def _names(files: tuple[OwnFile, ...]) -> list[str]:
    return [file.path.name for file in files]


def test_that_the_first_submission_is_filled_until_it_has_one_of_each_kind() -> None:
    files = [_file("a", PDF), _file("b", PDF), _file("c", VIDEO), _file("d", IMAGE), _file("e", TEXT), _file("f", TEXT)]
    first, second = distribute(files)
    assert _names(first) == ["a", "b", "c", "d", "e"]
    assert _names(second) == ["f"]


def test_that_a_file_that_cannot_be_shown_does_not_count_as_its_kind() -> None:
    files = [
        _file("a", IMAGE, "It is damaged."),
        _file("b", PDF),
        _file("c", VIDEO),
        _file("d", TEXT),
        _file("e", IMAGE),
    ]
    first, second = distribute([*files, _file("f", PDF)])
    assert _names(first) == ["a", "b", "c", "d", "e"]
    assert _names(second) == ["f"]
    assert missing_kinds(first) == ()
    assert missing_kinds(second) == (VIDEO, IMAGE, TEXT)


def test_that_captions_go_with_their_recording() -> None:
    files = [_file("a.mp4", VIDEO), _file("b", PDF), _file("c", IMAGE), _file("d", TEXT), _file("y.mp4", VIDEO)]
    files += [_file("a.vtt", EvidenceKind.CAPTIONS, of="a.mp4"), _file("y.srt", EvidenceKind.CAPTIONS, of="y.mp4")]
    first, second = distribute(files)
    assert _names(first)[-1] == "a.vtt"
    assert _names(second) == ["y.mp4", "y.srt"]


def test_that_files_are_known_by_content_and_taken_in_name_order(own_folder: Path) -> None:
    files = look_at(own_folder)
    assert _names(files) == ["a plan.pdf", "b-photo.jpg", "c-README.md", "d-broken.jpg", "e-photo.jpg", "f-notes.txt"]
    assert [file.kind for file in files] == [PDF, IMAGE, TEXT, IMAGE, IMAGE, TEXT]
    assert [file.path.name for file in files if file.reason] == ["d-broken.jpg"]


def test_that_a_programme_of_own_files_is_one_that_the_hub_reads(own_folder: Path, tmp_path: Path) -> None:
    pairs = list(zip(all_cases()[:2], distribute(look_at(own_folder)), strict=True))
    write_programme(tmp_path / "programme", pairs)
    first, second = load_programme(tmp_path / "programme").submissions
    assert [piece.label for piece in first.evidence] == [file.path.name for file in look_at(own_folder)]
    # Without a video the first never has one of each, so nothing is left for the second.
    assert [piece.label for piece in second.evidence] == ["Reflection"]


def test_that_an_empty_or_missing_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no file in it"):
        look_at(tmp_path)
    with pytest.raises(DataError, match="no such folder"):
        look_at(tmp_path / "nowhere")
