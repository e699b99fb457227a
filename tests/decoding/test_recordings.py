from pathlib import Path

import pytest

from tests.media.conftest import opened
from tests.media.making import make_clip
from workbench.decoding.recordings import open_recording
from workbench.errors import EvidenceError
from workbench.sealed.reader import open_reader


def test_that_a_picture_in_an_unknown_form_is_refused_in_words(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    clip.write_bytes(clip.read_bytes().replace(b"avc1\0\0\0\0", b"zzz9\0\0\0\0"))
    with opened(clip) as source, pytest.raises(EvidenceError, match="form that cannot be decoded"):
        open_recording(open_reader(source))
