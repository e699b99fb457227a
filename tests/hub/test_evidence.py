"""Evidence: by hash, by range, only to whoever judges it now."""

from pathlib import Path

import httpx
import pytest

from tests.hub.laptop import Laptop
from tests.hub.sample import TEXTS
from workbench.hub.database import evidence_folder
from workbench.hub.setup import withdraw

TEXT = TEXTS["s-1"][0].encode()


def get(laptop: Laptop, **headers: str) -> httpx.Response:
    sha256 = laptop.submissions["s-1", 1].evidence[0].sha256
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return laptop.wire.ask("GET", f"/v1/evidence/{sha256}", headers=laptop.headers | named)


def test_that_a_file_arrives_whole_with_a_strong_etag(laptop: Laptop) -> None:
    answer = get(laptop)
    assert (answer.status_code, answer.content) == (200, TEXT)
    sha256 = laptop.submissions["s-1", 1].evidence[0].sha256
    assert answer.headers["etag"] == f'"{sha256}"'
    assert answer.headers["content-length"] == str(len(TEXT))
    assert answer.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-", slice(0, None)),
        ("bytes=5-", slice(5, None)),
        ("bytes=2-4", slice(2, 5)),
        ("bytes=2-999", slice(2, None)),
        ("bytes=-3", slice(-3, None)),
        ("bytes=-999", slice(0, None)),
    ],
)
def test_that_a_part_arrives_by_range(laptop: Laptop, asked: str, part: slice) -> None:
    answer = get(laptop, range=asked)
    assert (answer.status_code, answer.content) == (206, TEXT[part])
    start = part.indices(len(TEXT))[0]
    end = start + len(answer.content) - 1
    assert answer.headers["content-range"] == f"bytes {start}-{end}/{len(TEXT)}"


@pytest.mark.parametrize("asked", ["bytes=999-", f"bytes={len(TEXT)}-", "bytes=-0"])
def test_that_a_part_beyond_the_end_is_a_problem(laptop: Laptop, asked: str) -> None:
    answer = get(laptop, range=asked)
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(TEXT)}"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=4-2", "bytes=-", "bytes=0-1,3-4", "bytes=" + "9" * 99 + "-"])
def test_that_a_range_that_makes_no_sense_is_left_out(laptop: Laptop, asked: str) -> None:
    answer = get(laptop, range=asked)
    assert (answer.status_code, answer.content) == (200, TEXT)


def test_that_a_resume_of_other_bytes_starts_again(laptop: Laptop) -> None:
    etag = get(laptop).headers["etag"]
    assert get(laptop, range="bytes=3-", if_range=etag).status_code == 206
    assert get(laptop, range="bytes=3-", if_range='"other"').content == TEXT
    assert get(laptop, range="bytes=3-", if_range=f"W/{etag}").content == TEXT


def test_that_evidence_is_only_for_whoever_judges_it_now(laptop: Laptop, hub: Path) -> None:
    withdraw(hub, laptop.assignment("s-1").id, "Given to somebody else.")
    assert get(laptop).status_code == 404
    for name in ("0" * 64, "short", "../hub.db", "%2e%2e%2fhub.db"):
        assert laptop.wire.ask("GET", f"/v1/evidence/{name}", headers=laptop.headers).status_code == 404


def test_that_a_file_that_vanished_is_a_problem_not_a_file(laptop: Laptop, hub: Path) -> None:
    for path in evidence_folder(hub).rglob("*"):
        if path.is_file():
            path.unlink()
    answer = get(laptop)
    assert (answer.status_code, answer.headers["content-type"]) == (410, "application/problem+json")


def test_that_a_stranger_gets_nothing(laptop: Laptop) -> None:
    laptop.token = "awb-access-guessed"
    assert get(laptop).status_code == 401
