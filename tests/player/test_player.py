import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.media.making import make_clip, make_sound, make_tone_mp3, turn_clip
from tests.media.test_workers import is_alive, open_descriptors, seal
from tests.player.conftest import Listener
from workbench.player.link import Link


def number_of(frame: QImage) -> int:
    """Which frame of a made clip it is, by its lightness."""
    return round((frame.pixelColor(frame.width() * 3 // 4, frame.height() * 3 // 4).green() - 20) / 4)


def test_that_an_opened_file_shows_its_first_frame_and_stands(listener: Listener, clip: Path) -> None:
    listener.open(clip)
    assert (listener.frames[0].width(), listener.frames[0].height()) == (320, 180)
    assert number_of(listener.frames[0]) == 0
    assert listener.positions == [0]
    assert listener.durations[-1] == pytest.approx(2000, abs=100)
    assert listener.playing == []


def test_that_playing_moves_through_the_frames_to_the_end_and_starts_over(listener: Listener, clip: Path) -> None:
    listener.open(clip)
    listener.player.play()
    listener.until(lambda: listener.ends == 1)
    assert listener.playing == [True, False]
    assert listener.positions == sorted(listener.positions)
    assert listener.positions[-1] >= 1900
    assert len(listener.frames) > 10
    places = len(listener.positions)
    listener.player.play()
    listener.until(lambda: len(listener.positions) > places + 3)
    assert listener.positions[places] < 1000
    assert not listener.reasons


def test_that_pausing_stands_at_the_frame_that_is_shown(listener: Listener, clip: Path) -> None:
    listener.open(clip)
    listener.player.play()
    listener.until(lambda: listener.positions[-1] >= 400)
    listener.player.pause()
    listener.until(lambda: listener.playing == [True, False])
    place = listener.positions[-1]
    listener.until(lambda: number_of(listener.frames[-1]) == place // 40)
    assert place % 40 == 0
    assert listener.after(lambda: listener.player.step(1))[1] == place + 40


def test_that_a_seek_delivers_the_frame_at_the_place_while_paused(listener: Listener, clip: Path) -> None:
    listener.open(clip)
    for place in (1000, 40, 1960, 1500, 0):
        frame, arrived = listener.after(partial(listener.player.seek, place))
        assert arrived == place
        assert number_of(frame) == place // 40


def test_that_a_seek_while_playing_goes_on_from_there(listener: Listener, clip: Path) -> None:
    listener.open(clip)
    listener.player.play()
    listener.until(lambda: listener.positions[-1] >= 200)
    listener.player.seek(1400)
    listener.until(lambda: listener.positions[-1] >= 1400)
    assert not any(500 <= place < 1300 for place in listener.positions)


def test_that_steps_go_one_frame_forward_and_back_exactly(listener: Listener, clip: Path) -> None:
    listener.open(clip)
    listener.after(lambda: listener.player.seek(480))
    walked = []
    for frames in (1, 1, -1, -1, -1, -1, 5, -12):
        frame, place = listener.after(partial(listener.player.step, frames))
        walked.append(place)
        assert number_of(frame) == place // 40
    assert walked == [520, 560, 520, 480, 440, 400, 600, 120]


def test_that_steps_follow_the_frames_where_their_distance_varies(listener: Listener, tmp_path: Path) -> None:
    times = (0, 30, 700, 710, 1500)
    listener.open(make_clip(tmp_path / "clip.mp4", times_ms=times, sound=False))
    forward = [listener.after(lambda: listener.player.step(1))[1] for _ in times[1:]]
    back = [listener.after(lambda: listener.player.step(-1))[1] for _ in times[1:]]
    assert forward == [30, 700, 710, 1500]
    assert back == [710, 700, 30, 0]


def test_that_a_step_ends_playing(listener: Listener, clip: Path) -> None:
    listener.open(clip)
    listener.player.play()
    listener.until(lambda: listener.positions[-1] >= 200)
    listener.player.step(1)
    listener.until(lambda: listener.playing == [True, False])


@pytest.mark.parametrize("rate", [0.5, 3.0])
def test_that_it_plays_to_the_end_at_other_speeds(listener: Listener, clip: Path, rate: float) -> None:
    listener.player.set_rate(rate)
    listener.player.set_muted(True)
    listener.open(clip)
    listener.after(lambda: listener.player.seek(1200))
    listener.player.play()
    listener.until(lambda: listener.ends == 1)
    assert not listener.reasons


def test_that_sound_without_picture_plays(listener: Listener, tmp_path: Path) -> None:
    listener.open(make_sound(tmp_path / "talk.m4a"), pictures=False)
    listener.player.seek(1000)
    listener.until(lambda: listener.positions[-1] == 1000)
    listener.player.play()
    listener.until(lambda: listener.ends == 1)
    assert listener.positions[-1] > 1000
    assert not listener.frames


def test_that_a_phone_held_sideways_stands_upright_paused_and_playing(listener: Listener, tmp_path: Path) -> None:
    listener.open(turn_clip(make_clip(tmp_path / "phone.mov")))
    listener.player.play()
    listener.until(lambda: len(listener.frames) > 3)
    for frame in (listener.frames[0], listener.frames[-1]):
        assert (frame.width(), frame.height()) == (180, 320)
        corner = frame.pixelColor(135, 60)
        assert corner.red() > 180
        assert corner.blue() < 70


def test_that_frames_fit_the_view_and_follow_its_size(own_listener: Listener, clip: Path) -> None:
    own_listener.player.set_view_size(160, 160)
    own_listener.open(clip)
    assert (own_listener.frames[-1].width(), own_listener.frames[-1].height()) == (160, 90)
    own_listener.player.set_view_size(2400, 1400)
    own_listener.until(lambda: own_listener.frames[-1].width() == 320)
    own_listener.player.play()
    own_listener.until(lambda: len(own_listener.frames) > 6)
    assert {frame.width() for frame in own_listener.frames[-3:]} == {320}


def test_that_sealed_evidence_plays(listener: Listener, tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mp4")
    source = seal(path)
    path.unlink()
    listener.open_source(source)
    source.close()
    listener.player.play()
    listener.until(lambda: listener.ends == 1)
    assert len(listener.frames) > 5


def test_that_a_file_cut_short_is_refused_and_the_next_one_opens(
    listener: Listener, clip: Path, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(clip.read_bytes()[:9000])
    assert listener.refused(cut) == "The file ends early."
    pid = listener.player.pid
    listener.open(clip)
    assert listener.player.pid == pid


def test_that_a_text_is_refused_in_words(listener: Listener, tmp_path: Path) -> None:
    text = tmp_path / "clip.mp4"
    text.write_text("#EXTM3U\nhttp://127.0.0.1:9/secret.ts\n")
    assert listener.refused(text) == "This is not a recording that can be played."


def test_that_a_player_that_is_killed_is_replaced(own_listener: Listener, clip: Path) -> None:
    own_listener.open(clip)
    own_listener.player.play()
    own_listener.until(lambda: own_listener.positions[-1] > 100)
    killed = own_listener.player.pid
    os.kill(killed, signal.SIGKILL)
    own_listener.until(lambda: len(own_listener.reasons) == 1)
    assert "started anew" in own_listener.reasons[0]
    assert own_listener.playing[-1] is False
    own_listener.open(clip)
    assert own_listener.player.pid != killed
    assert number_of(own_listener.after(lambda: own_listener.player.seek(800))[0]) == 20


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process for a while")
def test_that_a_player_that_falls_silent_is_replaced(own_listener: Listener, clip: Path) -> None:
    own_listener.open(clip)
    silent = own_listener.player.pid
    os.kill(silent, signal.SIGSTOP)
    own_listener.player.seek(1000)
    own_listener.until(lambda: len(own_listener.reasons) == 1)
    assert "stopped answering" in own_listener.reasons[0]
    own_listener.open(clip)
    assert own_listener.player.pid != silent
    own_listener.until(lambda: not is_alive(silent))


def test_that_many_seeks_at_once_end_at_the_last_place(listener: Listener, clip: Path) -> None:
    listener.open(clip)
    for place in range(0, 2000, 20):
        listener.player.seek(place)
    listener.until(lambda: listener.positions[-1] == 1980)
    listener.until(lambda: number_of(listener.frames[-1]) == 49)


def test_that_another_file_follows_at_once(listener: Listener, clip: Path, tmp_path: Path) -> None:
    listener.open(clip)
    listener.player.play()
    listener.until(lambda: listener.positions[-1] > 100)
    listener.open(make_clip(tmp_path / "other.mkv", size=(160, 160)))
    listener.until(lambda: listener.frames[-1].width() == 160)
    assert listener.playing == [True, False]
    assert listener.positions[-1] == 0


def test_that_changing_files_while_they_play_never_gets_stuck(listener: Listener, clip: Path, tmp_path: Path) -> None:
    other = make_clip(tmp_path / "other.mkv", size=(160, 160))
    for path in (clip, other) * 5:
        listener.open(path)
        listener.player.play()
        listener.until(lambda: listener.positions[-1] > 0)
        listener.player.seek(1500)
    assert not listener.reasons


@pytest.mark.skipif(sys.platform != "linux", reason="counts descriptors in /proc")
def test_that_closing_leaves_neither_process_nor_descriptor(own_listener: Listener, clip: Path) -> None:
    before = open_descriptors()
    for _ in range(2):
        own_listener.open(clip)
        pid = own_listener.player.pid
        own_listener.player.close()
        assert not is_alive(pid)
    # Python's own tracker of shared memory keeps one pipe to itself from the first child on.
    assert open_descriptors() <= before + 1


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_that_the_player_ends_with_a_window_that_is_killed(clip: Path, tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, sys
        from PySide6.QtGui import QGuiApplication
        from workbench.player.client import Player
        from workbench.sealed.reader import PlainFile
        if __name__ == "__main__":
            application = QGuiApplication([])
            player = Player()
            player.frame_arrived.connect(lambda _: print(player.pid, flush=True))
            player.open(PlainFile(os.open(sys.argv[1], os.O_RDONLY)))
            application.exec()
    """)
    (tmp_path / "window.py").write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "window.py"), str(clip)], stdout=subprocess.PIPE, env=environment
    ) as window:
        assert window.stdout is not None
        player = int(window.stdout.readline())
        window.kill()
        window.wait()
    while is_alive(player):
        threading.Event().wait(0.01)


@pytest.mark.parametrize(
    "name",
    [
        "big-buck-bunny-5s-h264-aac.mp4",
        "clip-hevc.mp4",
        "clip-vp9.webm",
        "phone-rotated-90.mov",
        "variable-frame-rate.mp4",
    ],
)
def test_that_real_recordings_play_seek_and_step(listener: Listener, shared_evidence: Path, name: str) -> None:
    listener.open(shared_evidence / name)
    listener.player.play()
    listener.until(lambda: listener.positions[-1] > 300)
    listener.player.pause()
    listener.until(lambda: listener.playing[-1] is False)
    assert listener.after(lambda: listener.player.seek(3000))[1] == 3000
    forward = listener.after(lambda: listener.player.step(1))[1]
    assert 3000 < forward < 3500
    assert 2500 < listener.after(lambda: listener.player.step(-1))[1] <= 3000
    assert not listener.reasons


def test_that_the_truncated_recording_is_refused(listener: Listener, shared_evidence: Path) -> None:
    assert listener.refused(shared_evidence / "truncated-no-moov.mp4") == "The file ends early."


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process for a while")
def test_that_a_player_that_no_longer_empties_its_pipe_is_ended(own_listener: Listener, clip: Path) -> None:
    own_listener.open(clip)
    silent = own_listener.player.pid
    os.kill(silent, signal.SIGSTOP)
    for place in range(20_000):
        own_listener.player.seek(place % 2000)
    own_listener.player.close()
    assert not is_alive(silent)


def test_that_a_playlist_that_looks_like_sound_leads_nowhere(listener: Listener, tmp_path: Path) -> None:
    secret, sound = make_sound(tmp_path / "secret.m4a"), make_tone_mp3(tmp_path / "tone.mp3")
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/spy"
        for first in ("ffconcat version 1.0\nfile", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n"):
            for place in (secret.as_uri(), str(secret), address):
                tag = b"ID3\x04\0\0" + bytes(4)
                bait = tmp_path / "bait.mp3"
                bait.write_bytes(tag + f"{first} {place}\n".encode() + sound.read_bytes())
                listener.open(bait, pictures=False)
                listener.player.play()
                listener.until(lambda: bool(listener.reasons) or listener.ends > 0)
                assert listener.durations[-1] < 1000
                listener.reasons.clear()
                listener.ends = 0
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_that_a_process_that_chatters_without_end_is_not_listened_to(listener: Listener) -> None:
    link = Link(lambda _link, _event: None)

    def chatter() -> None:
        for number in range(100_000):
            listener.player._hear(link, {"event": "position", "ms": number})

    try:
        with pytest.raises(ValueError, match="so much"):
            chatter()
    finally:
        link.stop()
        link.join(10)
