"""What the documents tell people to type and to open is there."""

import re
import shlex

import pytest

from tests.conftest import HERE

ROOT = HERE.parent
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "THIRD_PARTY.md",
    *(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")),
]
README = (ROOT / "README.md").read_text("utf-8")


def commands() -> list[str]:
    return sorted({code for code in re.findall(r"`(workbench(?: [^`]+)?)`", README) if "COMMAND" not in code})


@pytest.mark.parametrize("command", commands())
def test_that_the_command_line_takes_what_the_readme_says(command: str) -> None:
    from workbench.cli.main import build_parser

    assert build_parser().parse_args(shlex.split(command)[1:])


@pytest.mark.parametrize("page", PAGES)
def test_that_every_link_between_our_documents_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("door", sorted(set(re.findall(r"`(?:scripts|\.ci)/(\w+)", README))))
def test_that_every_door_the_readme_names_is_there(door: str) -> None:
    assert (ROOT / "scripts" / door).exists() or (ROOT / ".ci" / door).exists()
