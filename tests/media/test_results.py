"""What a worker that a file has taken over might answer, and that none of it reaches the window."""

import json
from typing import Any

import pytest

from workbench.errors import EvidenceError
from workbench.media import client, jobs
from workbench.media.results import read_answer

FACTS = {"media_type": "", "pages": None, "duration_ms": None, "width": None, "height": None, "rotation": 0,
         "has_audio": None, "words": None, "reason": ""}  # fmt: skip
CUE = {"start_ms": 0, "end_ms": 9, "text": "Hello"}
LINE = {"start": 0, "box": {"x": 0.0, "y": 0.0, "width": 1.0, "height": 0.1}, "lefts": [0.1], "rights": [0.2]}
PAGES = {"sizes": [[1.0, 2.0]], "labels": ["i"], "note": ""}


def answered(job: jobs.Job[Any], result: object) -> Any:
    return read_answer(job, {"result": result}, None)


@pytest.mark.parametrize(
    ("job", "honest"),
    [
        (jobs.Inspect(), {"kind": "pdf", "facts": FACTS}),
        (jobs.PageSizes(), PAGES),
        (jobs.ReadCaptions(), [CUE]),
        (jobs.ReadTracks(), [{"language": "eng", "title": "", "cues": [CUE]}]),
        (jobs.ReadPage(0), {"text": "a", "lines": [LINE]}),
        (jobs.ReadWaveform(0, 9, 2), {"peaks": [0, 255]}),
        (jobs.ReadOutline(), [{"level": 1, "title": "", "page": None}]),
        (jobs.ReadText(), {"text": "", "is_markdown": False, "blocks": [{"kind": "picture", "picture": 0}]}),
    ],
)
def test_that_an_honest_answer_is_believed(job: jobs.Job[Any], honest: object) -> None:
    assert answered(job, honest) is not None


@pytest.mark.parametrize(
    ("job", "nonsense"),
    [
        (jobs.Inspect(), {"kind": "video", "facts": FACTS | {"duration_ms": 10**12}}),
        (jobs.Inspect(), {"kind": "pdf", "facts": FACTS | {"pages": -1}}),
        (jobs.PageSizes(), PAGES | {"sizes": [[float("nan"), 2.0]]}),
        (jobs.PageSizes(), PAGES | {"sizes": [[float("inf"), 2.0]]}),
        (jobs.PageSizes(), PAGES | {"sizes": [[0.0, 2.0]]}),
        (jobs.PageSizes(), PAGES | {"labels": []}),
        (jobs.ReadCaptions(), [CUE | {"end_ms": 2**31}]),
        (jobs.ReadTracks(), [{"language": "", "title": "", "cues": [CUE | {"start_ms": -1}]}]),
        (jobs.ReadPage(0), {"text": "a", "lines": [LINE | {"start": 1}]}),
        (jobs.ReadPage(0), {"text": "a", "lines": [LINE | {"rights": []}]}),
        (jobs.ReadWaveform(0, 9, 2), {"peaks": [0, 256]}),
        (jobs.ReadOutline(), [{"level": 1, "title": "", "page": 2**40}]),
        (jobs.ReadText(), {"text": "", "is_markdown": False, "blocks": [{"kind": "picture", "picture": -1}]}),
        (jobs.FilmPictures((0,), 9, (1,)), [{"width": 1, "height": 1, "offset": 0, "at_ms": 2**31}]),
    ],
)
def test_that_numbers_beyond_any_file_are_no_answer(job: jobs.Job[Any], nonsense: object) -> None:
    with pytest.raises(EvidenceError, match="no proper answer"):
        answered(job, json.loads(json.dumps(nonsense)))


def test_that_a_reason_is_a_sentence_and_not_a_book() -> None:
    with pytest.raises(EvidenceError) as refusal:
        read_answer(jobs.Inspect(), {"refused": ["x" * 1_000_000, "", ""]}, None)
    assert len(refusal.value.happened) <= 500


@pytest.mark.parametrize("said", ["what the pupil wrote", "a\nb", "x" * 61, ["ValueError"], None])
def test_that_the_log_keeps_nothing_of_a_worker_but_the_name_of_an_error(said: object) -> None:
    assert client._detail({"detail": said}) == "known reason"
    assert client._detail({"detail": "ValueError"}) == "ValueError"
