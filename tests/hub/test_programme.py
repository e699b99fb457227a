"""Programme folders: every refusal names the file, the place and the rule."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hub.sample import ProgrammeFolder
from workbench.errors import DataError
from workbench.hub.programme import load_programme
from workbench.model.submission import EvidenceKind

Edit = Callable[[ProgrammeFolder], object]


def test_that_a_programme_is_read_as_it_stands(programme: ProgrammeFolder) -> None:
    programme.add_file("s-1", 3, "captions.vtt", b"WEBVTT\n", kind="captions", captions_for="1", language="en")
    found = load_programme(programme.write())
    assert [person.name for person in found.people] == ["Assessor 7C-03", "Assessor 9A-11"]
    first = found.submissions[0]
    assert (first.id, first.attempt, first.offering_id, first.offering_version) == ("s-1", 1, "questioning", 1)
    assert [piece.order for piece in first.evidence] == [1, 2, 3]
    assert (first.evidence[2].kind, first.evidence[2].captions_for) == (EvidenceKind.CAPTIONS, 1)
    assert first.evidence[0].consent_scope == "assessment"


def test_that_a_byte_order_mark_and_another_order_of_columns_do_no_harm(programme: ProgrammeFolder) -> None:
    text = "role,name,person\r\n\r\nassessor,Assessor 7C-03,a1\r\n"
    (programme.folder / "people.csv").write_text(text, encoding="utf-8-sig", newline="")
    assert load_programme(programme.folder).people[0].person == "a1"


def test_that_the_newest_version_of_an_offering_is_meant_unless_one_is_named(programme: ProgrammeFolder) -> None:
    shutil.copy(programme.folder / "offerings" / "questioning.json", programme.folder / "offerings" / "old.json")
    programme.offering["version"] = 2
    programme.submissions[1]["offering"] = "questioning@1"
    found = load_programme(programme.write())
    assert [item.offering_version for item in found.submissions] == [2, 1, 2]


@pytest.mark.parametrize(
    ("edit", "file", "place", "rule"),
    [
        (lambda p: p.submissions[1].update(attempt="0"), "submissions.csv", "line 3, column attempt", "from 1"),
        (lambda p: p.submissions[1].update(submission=""), "submissions.csv", "line 3, column submission", "empty"),
        (lambda p: p.submissions[1].update(offering="x"), "submissions.csv", "line 3, column offering", "offerings/"),
        (lambda p: p.submissions[0].update(submitted_at="soon"), "submissions.csv", "line 2, column submitted_at", ""),
        (
            lambda p: p.submissions[0].update(submitted_at="2026-11-02T16:30:00"),
            "submissions.csv",
            "line 2, column submitted_at",
            "zone",
        ),
        (
            lambda p: p.submissions[0].update(students_basis=""),
            "submissions.csv",
            "line 2, column students_basis",
            "need each other",
        ),
        (lambda p: p.submissions[0].update(prior_attempt="1"), "submissions.csv", "line 2, column prior_attempt", ""),
        (lambda p: p.submissions.append(p.submissions[0]), "submissions.csv", "line 5, column attempt", "line 2"),
        (lambda p: p.people[1].update(role="boss"), "people.csv", "line 3, column role", "assessor or lead"),
        (lambda p: p.people[1].update(name="Assessor 7C-03"), "people.csv", "line 3, column name", "line 2"),
        (lambda p: p.evidence[1].update(order="1"), "evidence.csv", "line 3, column order", "line 2"),
        (lambda p: p.evidence[1].update(submission="s-9"), "evidence.csv", "line 3, column submission", "s-9"),
        (lambda p: p.evidence[1].update(kind="hologram"), "evidence.csv", "line 3, column kind", "video"),
        (lambda p: p.evidence[1].update(captions_for="1"), "evidence.csv", "line 3, column captions_for", "captions"),
        (lambda p: p.evidence[1].update(label=""), "evidence.csv", "line 3, column label", "empty"),
        (lambda p: p.evidence[1].update(file="nowhere.pdf"), "evidence.csv", "line 3, column file", "missing"),
        (lambda p: p.evidence[1].update(file="../people.csv"), "evidence.csv", "line 3, column file", "inside files/"),
        (lambda p: p.evidence[1].update(file="/etc/passwd"), "evidence.csv", "line 3, column file", "inside files/"),
        (lambda p: p.evidence[1].update(file="."), "evidence.csv", "line 3, column file", "not a file"),
        (lambda p: p.offering.update(version=0), "offerings/questioning.json", "$.version", ""),
        (
            lambda p: p.offering["rubric"]["criteria"][0].update(required_level="excellent"),
            "offerings/questioning.json",
            "$.rubric.criteria[0].required_level",
            "“excellent” is not a level",
        ),
    ],
)
def test_that_a_broken_rule_is_named_with_its_place(
    programme: ProgrammeFolder, edit: Edit, file: str, place: str, rule: str
) -> None:
    edit(programme)
    programme.write()
    with pytest.raises(DataError) as caught:
        load_programme(programme.folder)
    assert (caught.value.file, caught.value.place) == (file, place)
    assert rule in caught.value.rule


@pytest.mark.parametrize("name", ["programme.json", "people.csv", "submissions.csv", "evidence.csv"])
def test_that_a_missing_file_is_named(programme: ProgrammeFolder, name: str) -> None:
    (programme.folder / name).unlink()
    with pytest.raises(DataError, match="the file is missing") as caught:
        load_programme(programme.folder)
    assert caught.value.file == name


def test_that_a_missing_folder_or_offering_is_named(programme: ProgrammeFolder, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        load_programme(tmp_path / "nowhere")
    (programme.folder / "offerings" / "questioning.json").unlink()
    with pytest.raises(DataError, match="at least one offering file"):
        load_programme(programme.folder)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "the column “person” is missing"),
        ("person,name\n", "the column “role” is missing"),
        ("person,name,role,shoe\n", "there is no column “shoe” here"),
        ("person,name,role,role\n", "stands twice"),
        ("person,name,role\na,b,lead,d\n", "there are 4 cells but 3 columns"),
        ('person,name,role\na,"b,lead\n', "this is not CSV"),
    ],
)
def test_that_a_broken_table_is_refused(programme: ProgrammeFolder, text: str, rule: str) -> None:
    (programme.folder / "people.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=rule):
        load_programme(programme.folder)


def test_that_a_link_that_leads_out_of_the_folder_is_refused(programme: ProgrammeFolder, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (programme.folder / "files" / "link.txt").symlink_to(tmp_path / "secret.txt")
    programme.evidence[0]["file"] = "link.txt"
    with pytest.raises(DataError, match="leads out of files/"):
        load_programme(programme.write())
