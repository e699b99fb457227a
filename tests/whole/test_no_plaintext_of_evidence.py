"""The real window, hub and account: files are played, paged, zoomed and cited, and nothing of them stays on disk."""

import json
import os
import shutil
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.programme import ASSESSOR, write_programme
from tests.whole import planted
from tests.whole.evidence_loop import KINDS, NOTE
from workbench.demo.hub_process import HubProcess
from workbench.hub import setup
from workbench.store.account import PassphraseProtection, create_account
from workbench.sync.sign_in import enrol

PASSPHRASE = "a long evening"
SHARED_MEMORY = Path("/dev/shm")
SETTINGS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """One file of each kind, in the order in which they are looked at."""
    return {"pdf": planted.pdf(), "image": planted.photo(), "text": planted.text(), "video": planted.clip()}


@pytest.fixture(scope="module")
def needles(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[bytes, str]:
    """What must be found nowhere."""
    found = planted.needles(files, tmp_path_factory.mktemp("frames"))
    return {**found, NOTE.encode(): "the note", NOTE.encode("utf-16-le"): "the note"}


class Laptop:
    """A signed-in account and the app on it, with folders of its own for everything that a program may write to."""

    def __init__(self, folder: Path, hub: HubProcess, hub_folder: Path) -> None:
        self.places = {name: folder / name.lower() for name in ("profile", "TMPDIR", *SETTINGS)}
        for place in self.places.values():
            place.mkdir(mode=0o700)
        self.pictures = folder / "pictures"
        self.pictures.mkdir()
        enrolled = enrol(hub.address, setup.invite(hub_folder, ASSESSOR), "Laptop 1")
        create_account(
            self.places["profile"],
            address=enrolled.address,
            device=enrolled.device,
            sign_in=enrolled.sign_in,
            protection=PassphraseProtection(PASSPHRASE),
        ).close()

    def use(self, end: str) -> list[dict[str, str]]:
        """Look at everything, then close the window, or be killed while the recording plays; what the person saw."""
        command = [sys.executable, "-m", "tests.whole.evidence_loop"]
        command += [str(self.places["profile"]), str(self.pictures), end]
        surroundings = {name: str(place) for name, place in self.places.items() if name != "profile"}
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **surroundings},
        ) as app:
            assert app.stdin is not None
            assert app.stdout is not None
            assert app.stderr is not None
            app.stdin.write(PASSPHRASE + "\n")
            app.stdin.close()
            lines = [json.loads(line) for line in self._listen(app, end)]
            code = app.wait(60)
            assert code == (0 if end == "end" else -signal.SIGKILL), app.stderr.read()
        return lines

    def _listen(self, app: "subprocess.Popen[str]", end: str) -> Iterator[str]:
        assert app.stdout is not None
        for line in app.stdout:
            yield line
            if end == "stay" and '"stays"' in line:
                app.kill()


@pytest.fixture
def laptop(tmp_path: Path, files: dict[str, bytes]) -> Iterator[Laptop]:
    """A laptop with one assignment to fetch, and its hub."""
    hub_folder = tmp_path / "hub"
    setup.init(hub_folder)
    setup.import_programme(hub_folder, write_programme(tmp_path / "programme", {"s-1": list(files.values())}))
    setup.assign(hub_folder, ASSESSOR, "s-1")
    with HubProcess(hub_folder) as hub:
        yield Laptop(tmp_path, hub, hub_folder)


def shared_names() -> set[str]:
    """What lies in shared memory under a name."""
    return {file.name for file in SHARED_MEMORY.iterdir()} if SHARED_MEMORY.is_dir() else set()


def packed(folder: Path) -> dict[str, float]:
    """How far each larger file can be packed: what cannot be told from noise cannot be packed at all."""
    # A kill leaves the index of the write-ahead log: page numbers, and no page.
    kept = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith("-shm")]
    large = {file.name: file.read_bytes() for file in kept}
    ratios = {name: len(zlib.compress(data)) / len(data) for name, data in large.items() if len(data) > 4096}
    assert len(ratios) > 4, "no evidence was kept: the test shows nothing"
    return ratios


no_signal_9 = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal 9")


@pytest.mark.parametrize("end", ["end", pytest.param("stay", marks=no_signal_9)])
def test_that_nothing_of_what_was_looked_at_stays_on_disk(laptop: Laptop, needles: dict[bytes, str], end: str) -> None:
    shared = shared_names()
    lines = laptop.use(end)
    assert [line["kind"] for line in lines if line["said"] == "cited"] == [kind.value for kind in KINDS]
    assert any(laptop.pictures.iterdir()), "the window showed nothing: the test shows nothing"
    places = list(laptop.places.values())
    assert planted.search(needles, places) == {}
    for name in shared_names() - shared:
        file = SHARED_MEMORY / name
        assert not file.is_file() or planted.finds(needles, file.read_bytes()) == set()
    assert [str(file) for file in laptop.places["TMPDIR"].rglob("*") if file.is_file()] == []
    assert {name: ratio for name, ratio in packed(laptop.places["profile"]).items() if ratio < 0.98} == {}


def test_that_the_search_finds_what_lies_in_the_clear(
    files: dict[str, bytes], needles: dict[bytes, str], tmp_path: Path
) -> None:
    folder = tmp_path / "somewhere" / "below"
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(b"odd" + data[len(data) // 4 : len(data) // 4 + 2000])
    (folder / "note").write_bytes(b"\0" * 5000 + NOTE.encode("utf-16-le"))
    (folder / "pixels").write_bytes(planted.noise(240, 160)[32].tobytes())
    (folder / "harmless").write_bytes(bytes(range(256)) * 40)
    found = planted.search(needles, [tmp_path])
    assert {Path(file).name for file in found} == {*files, "note", "pixels"}
    shutil.rmtree(folder)
