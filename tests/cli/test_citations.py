"""`workbench citations` as a person runs it: real processes, real accounts, files whole, cut, edited and strange."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import Console, Said
from tests.store import world
from tests.store.cited import made, programme
from workbench.model.citation import Citation
from workbench.model.ids import AssignmentId, new_id
from workbench.operations import cite, score
from workbench.operations.finalize import finalize
from workbench.queries.citations import citations
from workbench.store import audit, platform_rows
from workbench.store.account import Account, list_accounts, open_account

ONE, TWO = AssignmentId("a1"), AssignmentId("a2")


class Laptop:
    """An account with three assignments, and the command line on it."""

    def __init__(self, profile: Path) -> None:
        self.console = Console(profile, world.PASSPHRASE)
        account = world.new_account(profile, world.Watch())
        account.store.write(platform_rows.apply_changes, programme(3))
        account.close()

    def run(self, *arguments: str | Path) -> Said:
        return self.console.run("citations", *arguments)

    def at(self, act: Callable[[Account], Any]) -> Any:
        account = open_account(list_accounts(self.console.profile)[0], ask_passphrase=lambda: world.PASSPHRASE)
        try:
            return act(account)
        finally:
            account.close()

    def cite(self, assignment_id: AssignmentId, cited: Sequence[Citation]) -> None:
        self.at(lambda account: [account.store.write(cite.cite, assignment_id, each) for each in cited])

    def standing(self) -> tuple[list[tuple[AssignmentId, Citation]], int]:
        """Every citation, and how long the audit is; the chain of the audit is whole."""

        def look(account: Account) -> tuple[list[tuple[AssignmentId, Citation]], int]:
            assert account.store.read(audit.first_broken) is None
            cited = [(each.assignment_id, each.citation) for each in account.store.read(citations)]
            return cited, len(account.store.read(audit.entries))

        found: tuple[list[tuple[AssignmentId, Citation]], int] = self.at(look)
        return found


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "one")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cited.jsonld"


def edited(file: Path, edit: Callable[[list[Any]], object]) -> None:
    page = json.loads(file.read_text("utf-8"))
    edit(page["items"])
    file.write_text(json.dumps(page), "utf-8")


def test_that_citations_of_every_place_reach_another_laptop_without_loss_and_only_once(
    laptop: Laptop, file: Path, tmp_path: Path
) -> None:
    laptop.cite(ONE, made(1))
    laptop.cite(TWO, made(2))
    said = laptop.run("export", "--all", "--out", file)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Exported 18 citations of 2 assignments to {file}.\n")
    assert "not encrypted" in said.out
    assert file.stat().st_mode & 0o077 == 0
    other = Laptop(tmp_path / "two")
    taken = other.run("import", file)
    assert (taken.code, taken.out, taken.err) == (0, "Imported 18 citations; 0 stood here already.\n", "")
    assert other.standing()[0] == laptop.standing()[0]
    entries = other.at(lambda account: account.store.read(audit.entries))
    assert [each.kind for each in entries][-19:] == [*["cite"] * 18, "take_in"]
    assert other.run("export").out == file.read_text("utf-8")
    before = other.standing()
    again = other.run("import", file)
    assert (again.code, again.out) == (0, "Imported 0 citations; 18 stood here already.\n")
    assert other.standing() == before


def test_that_one_assignment_can_be_exported_alone_and_to_the_terminal(laptop: Laptop) -> None:
    laptop.cite(ONE, made(1))
    laptop.cite(TWO, made(2)[:1])
    page = laptop.run("export", "--assignment", TWO).json
    assert [each["workbench:assignment"] for each in page["items"]] == [TWO]
    nothing = laptop.run("export", "--assignment", "a3")
    assert (nothing.code, nothing.out) == (1, "")
    assert nothing.err.startswith("There is no citation to export.")
    unknown = laptop.run("export", "--assignment", "a9")
    assert (unknown.code, unknown.out) == (1, "")
    assert unknown.err.startswith("This assignment is not on this laptop.")


def test_that_a_file_that_breaks_off_changes_nothing_and_says_where(laptop: Laptop, file: Path) -> None:
    laptop.cite(ONE, made(1))
    laptop.run("export", "--out", file)
    laptop.at(lambda account: [account.store.write(cite.uncite, ONE, each[1].id) for each in laptop_cited(account)])
    before, whole = laptop.standing(), file.read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    said = laptop.run("import", file)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("cited.jsonld: at line ")
    assert "this is not JSON" in said.err
    assert "Nothing was changed." in said.err
    assert laptop.standing() == before
    assert before[0] == []


def laptop_cited(account: Account) -> list[tuple[AssignmentId, Citation]]:
    return [(each.assignment_id, each.citation) for each in account.store.read(citations)]


def _set(items: list[Any], key: str, value: object) -> None:
    items[-1][key] = value


def test_that_one_citation_that_does_not_fit_keeps_all_out_and_is_named(
    laptop: Laptop, file: Path, tmp_path: Path
) -> None:
    laptop.cite(ONE, made(1))
    laptop.run("export", "--out", file)
    edited(file, lambda items: _set(items, "workbench:criterion", "gone"))
    other = Laptop(tmp_path / "two")
    before = other.standing()
    said = other.run("import", file)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "cited.jsonld: at $.items[8]: The rubric has no such criterion any more. Nothing was changed. "
        "Leave it out of the file, and import again.\n"
    )
    assert other.standing() == before


def test_that_a_finalized_assignment_takes_nothing_new_and_its_own_file_is_no_harm(laptop: Laptop, file: Path) -> None:
    laptop.cite(ONE, made(1))
    laptop.run("export", "--out", file)

    def decide(account: Account) -> None:
        account.store.write(world.score_fully, 1)
        account.store.write(score.set_feedback, ONE, "You wait well.")
        account.store.write(finalize, ONE, active_ms=60_000, session_position=1)

    laptop.at(decide)
    before = laptop.standing()
    assert laptop.run("import", file).out == "Imported 0 citations; 9 stood here already.\n"
    edited(file, lambda items: _set(items, "workbench:citation", new_id()))
    said = laptop.run("import", file)
    assert said.code == 1
    assert said.err == (
        "cited.jsonld: at $.items[8]: This decision is finalized. Nothing was changed. Take it back to change it.\n"
    )
    assert laptop.standing() == before


def test_that_a_place_that_cannot_be_written_costs_nothing(laptop: Laptop, file: Path, tmp_path: Path) -> None:
    laptop.cite(ONE, made(1))
    missing = laptop.run("export", "--out", tmp_path / "no" / "where.jsonld")
    assert missing.code == 1
    assert "cannot be written: No such file or directory." in missing.err
    assert laptop.run("export", "--out", tmp_path).code == 1
    file.write_text("an older export", "utf-8")
    assert laptop.run("export", "--out", file).code == 0
    assert json.loads(file.read_text("utf-8"))["type"] == "AnnotationPage"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".citations")] == []


def test_that_files_that_are_something_else_are_refused_in_plain_words(laptop: Laptop, file: Path) -> None:
    for content in (b"", b"\x00\x01\xff", b"<html>", b"[]", b'{"@context": null}', b"[" * 100_000, b'{"a":1,"a":2}'):
        file.write_bytes(content)
        said = laptop.run("import", file)
        assert (said.code, said.out) == (1, ""), content[:20]
        assert said.err.startswith("cited.jsonld: at "), content[:20]
        assert "Traceback" not in said.err
    missing = laptop.run("import", file.parent / "none.jsonld")
    assert "none.jsonld: at the start: the file is missing." in missing.err
    assert laptop.run("import", file.parent).code == 1
    assert laptop.run().code == 2
