"""The format keeps what was written, tells nothing, and refuses what was changed."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import EvidenceError
from workbench.sealed import layout
from workbench.sealed.layout import CHUNK_SIZE, HEADER_SIZE, SEALED_CHUNK_SIZE
from workbench.sealed.reader import PlainFile, PlainReader, SealedFile, SealedReader, SealedStream, open_reader
from workbench.sealed.writer import SealedWriter

KEY = b"k" * 32
DATA = os.urandom(3 * CHUNK_SIZE + 777)


def seal(file: Path, data: bytes = DATA, file_id: str = "e1") -> None:
    with SealedWriter(file, KEY, file_id, len(data)) as writer:
        for start in range(0, len(data), 65_000):
            writer.write(data[start : start + 65_000])
        writer.finish()


def file_key(file: Path) -> bytes:
    return layout.file_key(KEY, layout.Header.unpack(file.read_bytes()[:HEADER_SIZE]).salt)


def opened(file: Path) -> tuple[int, SealedReader]:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        return descriptor, SealedReader(descriptor, file_key(file))
    except BaseException:
        os.close(descriptor)
        raise


def unseal(file: Path) -> bytes:
    descriptor, reader = opened(file)
    try:
        return reader.read_at(0, reader.size)
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("size", [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 2 * CHUNK_SIZE, len(DATA)])
def test_that_what_was_written_is_read_back(tmp_path: Path, size: int) -> None:
    seal(tmp_path / "f", DATA[:size])
    assert unseal(tmp_path / "f") == DATA[:size]


def test_that_any_part_is_read_in_place(tmp_path: Path) -> None:
    seal(tmp_path / "f")
    descriptor, reader = opened(tmp_path / "f")

    @given(st.integers(0, len(DATA) + 10), st.integers(0, 2 * CHUNK_SIZE))
    def check(offset: int, length: int) -> None:
        assert reader.read_at(offset, length) == DATA[offset : offset + length]

    check()
    os.close(descriptor)


def test_that_a_stream_over_a_reader_behaves_like_a_file(tmp_path: Path) -> None:
    seal(tmp_path / "f")
    descriptor, reader = opened(tmp_path / "f")
    stream = SealedStream(reader)
    assert stream.seek(-5, io.SEEK_END) == len(DATA) - 5
    assert stream.read() == DATA[-5:]
    assert (stream.seek(100), stream.read(7), stream.tell()) == (100, DATA[100:107], 107)
    assert io.BufferedReader(SealedStream(reader)).read() == DATA
    os.close(descriptor)


def test_that_a_sealed_file_and_a_plain_file_open_through_the_same_door(tmp_path: Path) -> None:
    seal(tmp_path / "f")
    (tmp_path / "p").write_bytes(DATA)
    sealed = SealedFile(os.open(tmp_path / "f", os.O_RDONLY), file_key(tmp_path / "f"), len(DATA))
    plain = PlainFile(os.open(tmp_path / "p", os.O_RDONLY))
    assert [open_reader(each).read_at(CHUNK_SIZE - 3, 9) for each in (sealed, plain)] == [
        DATA[CHUNK_SIZE - 3 : CHUNK_SIZE + 6]
    ] * 2
    assert PlainReader(plain.descriptor).size == open_reader(sealed).size
    assert "kkk" not in repr(sealed)
    assert str(sealed.key) not in repr(sealed)
    sealed.close()
    plain.close()


@pytest.mark.parametrize("place", [10, 20, 40, HEADER_SIZE, HEADER_SIZE + SEALED_CHUNK_SIZE + 5, -1])
def test_that_one_changed_byte_is_an_error_and_never_data(tmp_path: Path, place: int) -> None:
    seal(tmp_path / "f")
    whole = bytearray((tmp_path / "f").read_bytes())
    whole[place] ^= 1
    (tmp_path / "f").write_bytes(whole)
    with pytest.raises(EvidenceError):
        unseal(tmp_path / "f")


def test_that_swapped_chunks_are_refused(tmp_path: Path) -> None:
    seal(tmp_path / "f")
    whole = (tmp_path / "f").read_bytes()
    first, second = layout.chunk_offset(0), layout.chunk_offset(1)
    third = layout.chunk_offset(2)
    (tmp_path / "f").write_bytes(whole[:first] + whole[second:third] + whole[first:second] + whole[third:])
    with pytest.raises(EvidenceError):
        unseal(tmp_path / "f")


@pytest.mark.parametrize("length", [0, HEADER_SIZE, HEADER_SIZE + SEALED_CHUNK_SIZE, 3 * SEALED_CHUNK_SIZE])
def test_that_a_file_cut_short_is_refused_when_it_is_opened(tmp_path: Path, length: int) -> None:
    seal(tmp_path / "f")
    os.truncate(tmp_path / "f", length)
    with pytest.raises(EvidenceError):
        unseal(tmp_path / "f")


def test_that_two_files_of_one_submission_never_share_key_and_nonce(tmp_path: Path) -> None:
    pairs = []
    for number in range(20):
        file = tmp_path / str(number)
        seal(file, DATA, file_id="e1")
        pairs += [(file_key(file), layout.nonce(index)) for index in range(4)]
    assert len(set(pairs)) == len(pairs) == 80


def test_that_a_sealed_file_holds_neither_its_plaintext_nor_its_id(tmp_path: Path) -> None:
    seal(tmp_path / "f", b"MARKER-OF-A-CHILD" * 1000, file_id="evidence-id-17")
    sealed = (tmp_path / "f").read_bytes()
    assert b"MARKER" not in sealed
    assert b"evidence-id-17" not in sealed


def test_that_a_download_is_resumed_at_a_chunk_boundary_and_hashed_anew(tmp_path: Path) -> None:
    with SealedWriter(tmp_path / "f", KEY, "e1", len(DATA)) as writer:
        writer.write(DATA[: 2 * CHUNK_SIZE + 50])
    before = (tmp_path / "f").read_bytes()
    writer, offset, digest = SealedWriter.resume(tmp_path / "f", KEY, "e1", len(DATA))
    assert offset == 2 * CHUNK_SIZE
    assert digest.digest() == hashlib.sha256(DATA[:offset]).digest()
    writer.write(DATA[offset:])
    writer.finish()
    assert unseal(tmp_path / "f") == DATA
    assert (tmp_path / "f").read_bytes().startswith(before)


@pytest.mark.parametrize("how", ["torn", "tampered", "another id", "another size", "missing"])
def test_that_what_cannot_be_resumed_starts_a_new_file_with_new_salt(tmp_path: Path, how: str) -> None:
    file = tmp_path / "f"
    with SealedWriter(file, KEY, "e1", len(DATA)) as writer:
        writer.write(DATA[: 2 * CHUNK_SIZE])
    salt = layout.Header.unpack(file.read_bytes()).salt
    if how == "torn":
        os.truncate(file, HEADER_SIZE + SEALED_CHUNK_SIZE + 99)
    elif how == "tampered":
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    elif how == "missing":
        file.unlink()
    file_id = "e2" if how == "another id" else "e1"
    size = len(DATA) - (how == "another size")
    writer, offset, digest = SealedWriter.resume(file, KEY, file_id, size)
    writer.close()
    assert (offset, digest.digest()) == (0, hashlib.sha256().digest())
    assert layout.Header.unpack(file.read_bytes()).salt != salt


def test_that_a_whole_file_is_resumed_as_whole(tmp_path: Path) -> None:
    seal(tmp_path / "f")
    writer, offset, digest = SealedWriter.resume(tmp_path / "f", KEY, "e1", len(DATA))
    writer.finish()
    assert (offset, digest.digest()) == (len(DATA), hashlib.sha256(DATA).digest())
    assert unseal(tmp_path / "f") == DATA


def test_that_too_many_and_too_few_bytes_are_refused(tmp_path: Path) -> None:
    with SealedWriter(tmp_path / "f", KEY, "e1", 10) as writer:
        writer.write(b"12345")
        with pytest.raises(EvidenceError, match="ends early"):
            writer.finish()
        with pytest.raises(EvidenceError, match="More arrived"):
            writer.write(b"1234567")
