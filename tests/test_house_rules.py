"""The house's taste as code: sizes, names, the page of rooms, the lock, and nothing of one machine in the text."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import HERE, REASON

ROOT = HERE.parent
ROOMS = ("workbench", "tests", "scripts")
MOST_FILE_LINES, MOST_CLASS_LINES, MOST_FUNCTION_LINES = 600, 250, 50
FORBIDDEN_NAMES = {
    "common",
    "controller",
    "helper",
    "helpers",
    "logic",
    "manager",
    "misc",
    "util",
    "utils",
    "widgets",
}
NOT_OURS = {
    ".venv",
    ".git",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "__pycache__",
    "build",
    "dist",
}
TEXT_SUFFIXES = {
    "",
    ".cfg",
    ".csv",
    ".desktop",
    ".ini",
    ".json",
    ".lock",
    ".md",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    ".yml",
}
# Written in pieces, so that this file does not break its own rule.
ONE_MACHINE = re.compile(
    "|".join((r"(?<![\w.}])/wor" r"k/\w", r"(?<![\w.}])/roo" r"t/\w", r"(?<![\w.}])/(?:home|Users)/[a-z]\w*/"))
)
INDEX_ADDRESS = re.compile(
    "|".join((r"--(?:extra-)?index-ur" r"l\b", r"--find-link" r"s\b", r"https?://\S*/simpl" r"e\b"))
)


def python_files() -> list[Path]:
    return sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "__pycache__" not in file.parts)


def our_text_files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith(".egg-info")]
        yield from (Path(folder, name) for name in names if Path(name).suffix in TEXT_SUFFIXES)


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def too_long(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8")
    where = file.relative_to(ROOT)
    if text.count("\n") > MOST_FILE_LINES:
        yield f"{where}: {text.count(chr(10))} lines in the file"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and length(node) > MOST_CLASS_LINES:
            yield f"{where}:{node.lineno}: {length(node)} lines in class {node.name}"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > MOST_FUNCTION_LINES:
            yield f"{where}:{node.lineno}: {length(node)} lines in function {node.name}"


def test_that_files_classes_and_functions_stay_short() -> None:
    assert [line for file in python_files() for line in too_long(file)] == []


def test_that_no_module_has_a_name_that_means_nothing() -> None:
    modules = [*python_files(), *(folder for room in ROOMS for folder in (ROOT / room).rglob("*") if folder.is_dir())]
    assert [str(module.relative_to(ROOT)) for module in modules if module.stem in FORBIDDEN_NAMES] == []


def test_that_every_module_says_what_it_owns() -> None:
    files = [file for file in python_files() if file.parts[len(ROOT.parts)] != "tests"]
    assert [
        str(file.relative_to(ROOT)) for file in files if not ast.get_docstring(ast.parse(file.read_text("utf-8")))
    ] == []


def test_that_the_code_keeps_to_the_syntax_of_the_oldest_python() -> None:
    for file in python_files():
        ast.parse(file.read_text("utf-8"), filename=str(file), feature_version=(3, 11))


def test_that_each_top_level_package_is_named_on_the_page_of_the_house() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    packages = sorted(entry for entry in (ROOT / "workbench").iterdir() if (entry / "__init__.py").is_file())
    modules = sorted(file for file in (ROOT / "workbench").glob("[!_]*.py"))
    names = [f"`{package.name}/`" for package in packages] + [f"`{module.name}`" for module in modules]
    assert [name for name in names if name not in page] == []


def test_that_the_page_of_the_house_names_no_room_that_is_not_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = re.findall(r"^\|.*?`(\w+)/`", page, flags=re.MULTILINE)
    assert named
    assert [name for name in named if not (ROOT / "workbench" / name).is_dir()] == []


def test_that_every_locked_package_has_a_hash() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.lock").read_text("utf-8"))
    assert len(entries) > 40
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_that_every_locked_package_has_its_licence_named() -> None:
    page = re.sub(r"[-_.]+", "-", (ROOT / "THIRD_PARTY.md").read_text("utf-8").lower())
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE)
    assert [name for name in locked if not re.search(rf"\b{name}\b", page)] == []


def test_that_the_text_of_the_project_tells_of_no_machine_and_no_index() -> None:
    found = []
    for file in our_text_files():
        text = file.read_text("utf-8", errors="replace")
        found += [
            f"{file.relative_to(ROOT)}: {hit[0]}"
            for rule in (ONE_MACHINE, INDEX_ADDRESS)
            for hit in rule.finditer(text)
        ]
    assert found == []


def test_that_every_silenced_qt_warning_has_its_reason() -> None:
    lines = (HERE / "qt_platform_noise.txt").read_text("utf-8").splitlines()
    silenced = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in silenced if len(line.partition(REASON)[2]) < 20] == []


@pytest.mark.parametrize("name", ["setup", "demo", "test", "check", "bench", "fuzz"])
def test_that_each_door_of_the_project_can_be_run(name: str) -> None:
    door = ROOT / "scripts" / name
    assert os.access(door, os.X_OK)
    assert "set -e" in door.read_text("utf-8") or "failed" in door.read_text("utf-8")
