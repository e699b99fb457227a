"""Real files for the demo's tests, drawn once."""

from pathlib import Path

import pytest

from workbench.demo.cases import all_cases
from workbench.demo.photo import make_photo
from workbench.demo.plan import make_plan


@pytest.fixture(scope="session")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's files: no video, one of them broken, one hidden."""
    folder = tmp_path_factory.mktemp("own")
    first, second = all_cases()[:2]
    make_plan(first, folder / "a plan.pdf")
    make_photo(first.work[0], "a", folder / "b-photo.jpg")
    (folder / "c-README.md").write_text(first.reflection(), "utf-8")
    (folder / "d-broken.jpg").write_bytes((folder / "b-photo.jpg").read_bytes()[:300])
    make_photo(second.work[0], "b", folder / "e-photo.jpg")
    (folder / "f-notes.txt").write_text("What I saw on Tuesday.\n", "utf-8")
    (folder / ".hidden").write_text("not for anyone", "utf-8")
    return folder
