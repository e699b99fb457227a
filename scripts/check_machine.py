"""Finds out by doing whether this machine can show what the workbench shows.

Each trial runs in a child of its own, because a missing system library ends a process instead of
raising. Installs nothing: scripts/setup acts on the exit code: 0 fine, 1 something is missing,
2 everything works and only the face that the window is drawn for is missing.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

TRIAL_TIMEOUT_S = 60
FRAME_TIMEOUT_MS = 20_000
FRAME_WIDTH, FRAME_HEIGHT, FRAME_COUNT = 160, 96, 24
LEAST_INK = 40


def try_label() -> str:
    """A label in a window rendered offscreen leaves ink, in a face that is made for reading."""
    from PySide6.QtGui import QFontMetrics, QImage
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication([])
    label = QLabel("Demonstrated")
    label.resize(200, 40)
    picture = label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    ground = picture.pixelColor(0, 0).lightness()
    ink = sum(
        abs(picture.pixelColor(x, y).lightness() - ground) > 60
        for x in range(picture.width())
        for y in range(picture.height())
    )
    metrics = QFontMetrics(application.font())
    if ink < LEAST_INK:
        return f"a label painted {ink} dark pixels: no font is installed"
    if metrics.horizontalAdvance("iiiiiiii") == metrics.horizontalAdvance("WWWWWWWW"):
        return "only a typewriter font is installed"
    return ""


def try_video() -> str:
    """A clip made here is decoded by PyAV, and by Qt's player with its sound."""
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mp4"
        _make_clip(clip)
        return _decode_with_av(clip) or _play_with_qt(clip)


def try_screen() -> str:
    """Qt's plugin for X11 finds its libraries; tried only where there is such a display."""
    if sys.platform != "linux" or not os.environ.get("DISPLAY"):
        return ""
    import ctypes

    from PySide6.QtCore import QLibraryInfo

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    try:
        ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
    except OSError as problem:
        return str(problem)
    return ""


def try_face() -> str:
    """The face that the window is drawn for is installed. A wish: without it the system's face serves."""
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    QGuiApplication([])
    return "" if QFontDatabase.hasFamily("Inter") else "the typeface Inter is not installed"


def _make_clip(clip: Path) -> None:
    import av

    with av.open(str(clip), "w") as container:
        stream = container.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt = FRAME_WIDTH, FRAME_HEIGHT, "yuv420p"
        for number in range(FRAME_COUNT):
            frame = av.VideoFrame(FRAME_WIDTH, FRAME_HEIGHT, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([60 + number * 4]) * plane.buffer_size)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _decode_with_av(clip: Path) -> str:
    import av

    with av.open(str(clip)) as container:
        decoded = sum(1 for _ in container.decode(video=0))
    return "" if decoded == FRAME_COUNT else f"PyAV decoded {decoded} of {FRAME_COUNT} frames"


def _play_with_qt(clip: Path) -> str:
    from PySide6.QtCore import QTimer, QUrl
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink

    application = QGuiApplication([])
    player, sink, sound = QMediaPlayer(), QVideoSink(), QAudioOutput()
    player.setVideoSink(sink)
    player.setAudioOutput(sound)
    seen: list[int] = []

    def on_frame(frame: QVideoFrame) -> None:
        if frame.isValid() and not (image := frame.toImage()).isNull():
            seen.append(image.width())
            application.quit()

    sink.videoFrameChanged.connect(on_frame)
    player.errorOccurred.connect(lambda *_: application.quit())
    QTimer.singleShot(FRAME_TIMEOUT_MS, application.quit)
    player.setSource(QUrl.fromLocalFile(str(clip)))
    player.play()
    application.exec()
    player.stop()
    return "" if seen == [FRAME_WIDTH] else f"Qt's player showed no frame {player.errorString()}".rstrip()


TRIALS: dict[str, Callable[[], str]] = {
    "label": try_label,
    "video": try_video,
    "screen": try_screen,
    "face": try_face,
}
QUICK = ("label", "screen")
WISHES = ("face",)


def _run_trial(name: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.multimedia.*=false"}
    command = [sys.executable, "-I", str(Path(__file__).resolve()), name]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=TRIAL_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"no answer in {TRIAL_TIMEOUT_S} seconds"
    if done.returncode == 0:
        return ""
    said = (done.stdout.strip() or done.stderr.strip()).splitlines()
    return said[-1] if said else f"ended with code {done.returncode}"


def main(arguments: list[str]) -> int:
    """Run every trial, the two quick ones (`--quick`), or the one that is named."""
    if arguments and arguments[0] in TRIALS:
        problem = TRIALS[arguments[0]]()
        print(problem)
        return 1 if problem else 0
    problems = {name: _run_trial(name) for name in (QUICK if "--quick" in arguments else tuple(TRIALS))}
    for name, problem in problems.items():
        if problem:
            print(f"  {name}: {problem}", file=sys.stderr)
    failed = {name for name, problem in problems.items() if problem}
    return 0 if not failed else 2 if failed <= set(WISHES) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
