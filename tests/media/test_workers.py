import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.media.conftest import opened
from tests.media.making import MARKER, make_clip, make_laughing_pdf, make_pdf, make_photo
from workbench.errors import EvidenceError
from workbench.media.client import MediaWorkers
from workbench.media.jobs import Inspect, PageSizes, ReadText, RenderImage, RenderPage, VideoFrame
from workbench.model.submission import EvidenceKind
from workbench.sealed.reader import PlainFile, SealedFile
from workbench.sealed.writer import SealedWriter

KEY = bytes(range(32))


@pytest.fixture
def crew() -> Any:
    """Workers of this test's own, which it may mistreat."""
    crew = MediaWorkers(1)
    yield crew
    crew.close()


def seal(path: Path) -> SealedFile:
    """The file, sealed beside itself."""
    from workbench.sealed.layout import Header, file_key

    data, sealed = path.read_bytes(), path.with_suffix(".sealed")
    with SealedWriter(sealed, KEY, "file-1", len(data)) as writer:
        writer.write(data)
        writer.finish()
    return SealedFile(os.open(sealed, os.O_RDONLY), file_key(KEY, Header.unpack(sealed.read_bytes()).salt), len(data))


def cpu_ticks(pid: int) -> int:
    """Processor time that a process has used, in ticks."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def wait_until_busy(crew: MediaWorkers, future: "Future[Any]") -> int:
    """Wait until a worker has worked on the file for a while; returns its process id."""
    while not crew.worker_pids():
        threading.Event().wait(0.01)
    (pid,) = crew.worker_pids()
    before = None
    while before is None or cpu_ticks(pid) < before + 20:
        if before is None and future.running() and cpu_ticks(pid) > 60:
            before = cpu_ticks(pid)
        threading.Event().wait(0.01)
    return pid


def open_descriptors() -> int:
    """How many descriptors this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def is_alive(pid: int) -> bool:
    """Whether a process runs, the dead that nobody has fetched left out."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("kind", ["pdf", "photo", "clip", "text"])
def test_that_sealed_evidence_is_read_in_place(workers: MediaWorkers, tmp_path: Path, kind: str) -> None:
    makers: dict[str, Callable[[Path], Path]] = {"pdf": make_pdf, "photo": make_photo, "clip": make_clip}
    path = tmp_path / f"evidence{ {'pdf': '.pdf', 'photo': '.jpg', 'clip': '.mp4', 'text': '.txt'}[kind] }"
    if kind == "text":
        path.write_text("A reflection. " * 40_000)
    else:
        makers[kind](path)
    source = seal(path)
    path.unlink()
    future = workers.submit(Inspect(), source)
    os.close(source.descriptor)
    assert future.result().facts.reason == ""


def test_that_sealed_evidence_that_was_tampered_with_is_refused(workers: MediaWorkers, tmp_path: Path) -> None:
    path = tmp_path / "reflection.txt"
    path.write_text("A reflection. " * 40_000)
    source = seal(path)
    sealed = path.with_suffix(".sealed")
    data = bytearray(sealed.read_bytes())
    data[5000] ^= 1
    sealed.write_bytes(data)
    with pytest.raises(EvidenceError, match="not what was stored"):
        workers.submit(ReadText(), source).result()
    source.close()


def test_that_a_file_that_never_ends_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    crew = MediaWorkers(1, time_limit_s=1.5)
    try:
        with (
            opened(make_laughing_pdf(tmp_path / "laugh.pdf")) as source,
            pytest.raises(EvidenceError, match="too long"),
        ):
            crew.submit(RenderPage(0, 100), source).result()
        with opened(make_pdf(tmp_path / "plan.pdf")) as source:
            assert len(crew.submit(PageSizes(), source).result().sizes) == 3
    finally:
        crew.close()


@pytest.mark.skipif(sys.platform != "linux", reason="counts processor time in /proc")
def test_that_a_worker_that_dies_amid_a_file_is_replaced(crew: MediaWorkers, tmp_path: Path) -> None:
    with opened(make_laughing_pdf(tmp_path / "laugh.pdf")) as source:
        future = crew.submit(RenderPage(0, 100), source)
    os.kill(wait_until_busy(crew, future), signal.SIGKILL)
    with pytest.raises(EvidenceError, match="stopped the program that reads it"):
        future.result()
    with opened(make_pdf(tmp_path / "plan.pdf")) as source:
        assert len(crew.submit(PageSizes(), source).result().sizes) == 3


def test_that_a_worker_that_died_between_files_costs_nothing(crew: MediaWorkers, tmp_path: Path) -> None:
    with opened(make_pdf(tmp_path / "plan.pdf")) as source:
        crew.submit(PageSizes(), source).result()
        (pid,) = crew.worker_pids()
        os.kill(pid, signal.SIGKILL)
        assert len(crew.submit(PageSizes(), source).result().sizes) == 3
        assert crew.worker_pids() != (pid,)


def test_that_cancelled_work_is_dropped_and_urgent_work_goes_first(crew: MediaWorkers, tmp_path: Path) -> None:
    order: list[str] = []

    def note(name: str, future: "Future[Any]") -> None:
        if not future.cancelled():
            order.append(name)

    with opened(make_pdf(tmp_path / "plan.pdf")) as source:
        futures = {
            name: crew.submit(PageSizes(), source, priority=rank)
            for name, rank in {"first": 9, "late": 0, "stale": 5, "urgent": 8}.items()
        }
        for name, future in futures.items():
            future.add_done_callback(partial(note, name))
        assert futures["stale"].cancel()
        futures["late"].result()
    crew.close()  # whoever waits for a result may be told before those who asked to be called
    assert order == ["first", "urgent", "late"]
    with pytest.raises(CancelledError):
        futures["stale"].result()


def test_that_no_more_than_the_agreed_workers_are_started(tmp_path: Path) -> None:
    crew = MediaWorkers(2)
    try:
        with opened(make_pdf(tmp_path / "plan.pdf")) as source:
            futures = [crew.submit(RenderPage(number % 3, 200), source) for number in range(30)]
        assert {future.result().width for future in futures} == {200}
        assert 1 <= len(crew.worker_pids()) <= 2
    finally:
        crew.close()


@pytest.mark.skipif(sys.platform != "linux", reason="counts descriptors in /proc")
def test_that_closing_amid_work_is_prompt_and_leaves_nothing(tmp_path: Path) -> None:
    before = open_descriptors()
    crew = MediaWorkers(1)
    with opened(make_laughing_pdf(tmp_path / "laugh.pdf")) as source:
        futures = [crew.submit(RenderPage(0, 100), source) for _ in range(20)]
    pid = wait_until_busy(crew, futures[0])
    crew.close()
    with pytest.raises(EvidenceError, match="closing"):
        futures[0].result()
    assert all(future.cancelled() for future in futures[1:])
    assert not is_alive(pid)
    # Python's own tracker of shared memory keeps one pipe to itself from the first child on.
    assert open_descriptors() <= before + 1
    with opened(tmp_path / "laugh.pdf") as source:
        assert crew.submit(Inspect(), source).cancelled()


def test_that_pictures_give_their_memory_back(workers: MediaWorkers, tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "photo.jpg")
    with opened(photo) as source:
        for _ in range(50):
            picture = workers.submit(RenderImage(600, 400), source).result()
            picture.release()
            with pytest.raises(ValueError, match="released"):
                picture.pixels[0]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_that_a_worker_is_confined(workers: MediaWorkers) -> None:
    (pid,) = workers.worker_pids()
    limits = Path(f"/proc/{pid}/limits").read_text()
    values = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert values["Max core file size"] == "1"
    assert values["Max file size"] == "0"
    assert int(values["Max open files"]) <= 64
    assert int(values["Max address space"]) <= 4 * 1024**3
    assert {Path(f"/proc/{pid}/fd/{stream}").readlink() for stream in range(3)} == {Path(os.devnull)}


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_that_a_worker_has_no_network_where_the_system_lets_us(workers: MediaWorkers) -> None:
    (pid,) = workers.worker_pids()
    if Path(f"/proc/{pid}/ns/net").readlink() == Path("/proc/self/ns/net").readlink():
        pytest.skip("this system grants no namespace")
    devices = Path(f"/proc/{pid}/net/dev").read_text().splitlines()[2:]
    assert [line.split(":")[0].strip() for line in devices] in ([], ["lo"])


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_that_workers_end_with_a_window_that_is_killed(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, sys
        from workbench.media.client import MediaWorkers
        from workbench.media.jobs import ReadText
        from workbench.sealed.reader import PlainFile
        if __name__ == "__main__":
            crew = MediaWorkers(1)
            crew.submit(ReadText(), PlainFile(os.open(sys.argv[1], os.O_RDONLY))).result()
            print(*crew.worker_pids(), flush=True)
            sys.stdin.read()
    """)
    text = tmp_path / "text.txt"
    text.write_text("hello")
    (tmp_path / "window.py").write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "window.py"), str(text)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as window:
        assert window.stdout is not None
        worker = int(window.stdout.readline())
        assert is_alive(worker)
        window.kill()
        window.wait()
    while is_alive(worker):
        threading.Event().wait(0.01)


def test_that_every_file_of_the_shared_folder_is_shown_or_refused_in_words(
    workers: MediaWorkers, shared_evidence: Path
) -> None:
    refused = {}
    for path in sorted(shared_evidence.iterdir()):
        with opened(path) as source:
            hint = EvidenceKind.PDF if path.suffix == ".pdf" else None
            inspection = workers.submit(Inspect(hint), source).result()
            if inspection.facts.reason:
                refused[path.name] = inspection.facts.reason
            elif inspection.kind is EvidenceKind.VIDEO:
                workers.submit(VideoFrame(1000, 100, 100), source).result().release()
            elif inspection.kind is EvidenceKind.PDF:
                workers.submit(RenderPage((inspection.facts.pages or 1) - 1, 200), source).result().release()
    assert refused == {
        "corrupted.heic": "The image is damaged and cannot be shown.",
        "decompression-bomb.png": "The image is too large to be shown safely.",
        "html-login-page-saved-as.pdf": "This is a web page, not a PDF.",
        "password-protected.pdf": "This PDF asks for a password.",
        "truncated-no-moov.mp4": "The file ends early.",
        "truncated.pdf": "The file ends early.",
    }


def test_that_a_plain_file_may_be_closed_as_soon_as_it_was_handed_over(workers: MediaWorkers, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(MARKER)
    source = PlainFile(os.open(path, os.O_RDONLY))
    future = workers.submit(ReadText(), source)
    source.close()
    assert future.result().text == MARKER


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_that_even_a_worker_amid_a_file_ends_with_a_window_that_is_killed(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, sys, threading
        from workbench.media.client import MediaWorkers
        from workbench.media.jobs import RenderPage
        from workbench.sealed.reader import PlainFile
        if __name__ == "__main__":
            crew = MediaWorkers(1, time_limit_s=1000)
            future = crew.submit(RenderPage(0, 100), PlainFile(os.open(sys.argv[1], os.O_RDONLY)))
            while not future.running():
                threading.Event().wait(0.01)
            print(*crew.worker_pids(), flush=True)
            future.result()
    """)
    (tmp_path / "window.py").write_text(script)
    laugh = make_laughing_pdf(tmp_path / "laugh.pdf")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(tmp_path / "window.py"), str(laugh)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as window:
        assert window.stdout is not None
        worker = int(window.stdout.readline())
        while cpu_ticks(worker) < 150:
            threading.Event().wait(0.01)
        window.kill()
        window.wait()
    while is_alive(worker):
        threading.Event().wait(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="limits descriptors as Linux does")
def test_that_a_worker_that_cannot_be_started_refuses_the_file_and_serves_the_next(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, resource, sys
        import workbench.media.results, workbench.media.worker
        from workbench.errors import EvidenceError
        from workbench.media.client import MediaWorkers
        from workbench.media.jobs import ReadText
        from workbench.sealed.reader import PlainFile
        if __name__ == "__main__":
            source = PlainFile(os.open(sys.argv[1], os.O_RDONLY))
            _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
            crew = MediaWorkers(1)
            # Room for our own copy of the descriptor, and for no pipe.
            resource.setrlimit(resource.RLIMIT_NOFILE, (source.descriptor + 2, most))
            try:
                crew.submit(ReadText(), source).result()
            except EvidenceError as refusal:
                print(refusal.happened)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
            print(crew.submit(ReadText(), source).result().text)
            crew.close()
    """)
    (tmp_path / "window.py").write_text(script)
    (tmp_path / "text.txt").write_text(MARKER)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(tmp_path / "window.py"), str(tmp_path / "text.txt")]
    said = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=50, check=True).stdout
    assert said == f"The part of the workbench that reads files could not be started.\n{MARKER}\n"


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system knows no niceness")
def test_that_workers_let_the_window_go_first(workers: MediaWorkers) -> None:
    (pid,) = workers.worker_pids()
    assert os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, 0)
