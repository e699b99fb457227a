"""Connects the parts of a recording's viewer. Holds nothing."""

from typing import TYPE_CHECKING, Literal, cast

from workbench.ui.viewers.video_keys import JUMP_MS

if TYPE_CHECKING:
    from workbench.ui.viewers.video import VideoViewer


def connect_parts(viewer: "VideoViewer") -> None:
    """Playback to viewer, and every control to playback; once."""
    _connect_playback(viewer)
    _connect_timeline(viewer)
    _connect_transport(viewer)


def _connect_playback(viewer: "VideoViewer") -> None:
    playback = viewer.playback
    playback.frame_arrived.connect(viewer.take_frame)
    playback.moved.connect(viewer.take_position)
    playback.duration_changed.connect(viewer.take_duration)
    playback.playing_changed.connect(viewer.transport.play.set_playing)
    playback.playing_changed.connect(viewer.tell_place)
    playback.sought.connect(viewer.tell_place)
    playback.failed.connect(lambda reason: viewer.stills.begin(reason, is_refusal=True))
    playback.stopped.connect(lambda reason: viewer.stills.begin(reason, is_refusal=False))
    viewer.note.play_asked.connect(viewer.stills.play_again)
    viewer.tracks.arrived.connect(viewer.take_captions)
    viewer.marking.changed.connect(viewer.show_marking)


def _connect_timeline(viewer: "VideoViewer") -> None:
    timeline, playback, stage = viewer.timeline, viewer.playback, viewer.stage
    timeline.seek_asked.connect(playback.seek)
    timeline.scrub_asked.connect(viewer.scrub)
    timeline.scrub_ended.connect(playback.end_scrub)
    timeline.mark_dragged.connect(lambda mark, at_ms: viewer.marking.move(cast(Literal["in", "out"], mark), at_ms))
    stage.pressed.connect(playback.toggle)
    stage.time_pressed.connect(lambda part: playback.seek(round(part * timeline.maximum())))
    stage.view_size_changed.connect(playback.set_view_size)


def _connect_transport(viewer: "VideoViewer") -> None:
    transport, playback, marking = viewer.transport, viewer.playback, viewer.marking
    transport.play.clicked.connect(playback.toggle)
    transport.back.clicked.connect(lambda: playback.jump(-JUMP_MS))
    transport.forward.clicked.connect(lambda: playback.jump(JUMP_MS))
    transport.step_back.clicked.connect(lambda: playback.step(-1))
    transport.step_forward.clicked.connect(lambda: playback.step(1))
    transport.rate_asked.connect(viewer.set_rate)
    transport.captions_asked.connect(viewer.choose_captions)
    transport.transcript.clicked.connect(viewer.toggle_transcript)
    viewer.reading.transcript_shown.connect(transport.transcript.setChecked)
    viewer.transcript.seek_asked.connect(playback.seek)
    viewer.transcript.left.connect(viewer.stage.setFocus)
    transport.mark_in.clicked.connect(marking.mark_in)
    transport.mark_out.clicked.connect(marking.mark_out)
    transport.loop.clicked.connect(marking.toggle_loop)
    transport.cite.clicked.connect(viewer.cite_requested)
