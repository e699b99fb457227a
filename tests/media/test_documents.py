"""Word and PowerPoint files, honest and hostile, read by a real worker."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.media.conftest import Ask
from tests.media.making_documents import make_slides, make_word, rewrite
from workbench.errors import EvidenceError
from workbench.media.jobs import BlockKind, Inspect, ReadPicture, ReadText
from workbench.model.submission import EvidenceKind

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@pytest.mark.parametrize(("name", "media_type", "words"), [("a.docx", WORD, 28), ("a.pptx", SLIDES, 13)])
def test_that_a_document_is_a_text_by_its_content_whatever_its_name(
    ask: Ask, tmp_path: Path, name: str, media_type: str, words: int
) -> None:
    path = (make_word if name == "a.docx" else make_slides)(tmp_path / name).rename(tmp_path / "plan.pdf")
    inspection = ask(path, Inspect(EvidenceKind.PDF))
    assert (inspection.kind, inspection.facts.reason) == (EvidenceKind.TEXT, "")
    assert (inspection.facts.media_type, inspection.facts.words) == (media_type, words)


def test_that_a_word_document_keeps_its_order_lists_table_and_picture(ask: Ask, tmp_path: Path) -> None:
    blocks = ask(make_word(tmp_path / "plan.docx"), ReadText()).blocks
    assert [(block.kind.value, block.text or block.rows, block.sign) for block in blocks] == [
        ("heading", "Lesson plan", ""),
        ("heading", "What we do", ""),
        ("paragraph", "First the class 😀 looks at the picture.", ""),
        ("picture", (), ""),
        ("paragraph", "Then each pair explains one mistake.", ""),
        ("item", "Look", "•"),
        ("item", "Explain", "•"),
        ("item", "Count", "1."),
        ("item", "Compare", "2."),
        ("table", (("Group", "Score"), ("A", "=1+2")), ""),
        ("paragraph", "Afterwards", ""),
    ]
    picture = ask(tmp_path / "plan.docx", ReadPicture(0, 320, 320))
    assert (picture.width, picture.height) == (320, 200)
    assert bytes(picture.pixels[:4]) == bytes((87, 139, 46, 255))
    picture.release()
    with pytest.raises(EvidenceError, match="no such picture"):
        ask(tmp_path / "plan.docx", ReadPicture(1, 320, 320))


def test_that_slides_come_in_order_with_notes_and_what_stands_lower_comes_later(ask: Ask, tmp_path: Path) -> None:
    blocks = ask(make_slides(tmp_path / "deck.pptx"), ReadText()).blocks
    assert [(block.kind.value, block.text) for block in blocks] == [
        ("slide", "Fractions"),
        ("item", "Halves"),
        ("item", "Quarters"),
        ("notes", ""),
        ("note", "Ask why before how."),
        ("slide", ""),
        ("picture", ""),
        ("paragraph", "The number line"),
        ("slide", "Results"),
        ("table", ""),
    ]
    assert [block.level for block in blocks if block.kind is BlockKind.SLIDE] == [1, 2, 3]
    assert blocks[-1].rows == (("Before", "After"),)


def test_that_what_was_deleted_with_changes_tracked_is_not_shown_and_what_was_added_is(
    ask: Ask, tmp_path: Path
) -> None:
    def track(name: str, data: bytes) -> bytes:
        marked = b"<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        return data.replace(b"<w:body>", b"<w:body>" + marked + b"</w:p>") if name == "word/document.xml" else data

    assert ask(rewrite(make_word(tmp_path / "a.docx"), track), ReadText()).blocks[0].text == "kept"


def test_that_a_picture_outside_the_file_is_not_fetched(ask: Ask, tmp_path: Path) -> None:
    def link(name: str, data: bytes) -> bytes:
        if name != "word/_rels/document.xml.rels":
            return data
        return data.replace(
            b'Target="media/image1.png"', b'Target="file:///etc/hostname" TargetMode="External"'
        ).replace(b'Target="/word/media/image1.png"', b'Target="file:///etc/hostname" TargetMode="External"')

    path = rewrite(make_word(tmp_path / "a.docx"), link)
    pictures = [block for block in ask(path, ReadText()).blocks if block.kind is BlockKind.PICTURE]
    assert [picture.picture for picture in pictures] == [None]


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_that_entities_are_refused(ask: Ask, tmp_path: Path, declaration: bytes, encoding: str) -> None:
    def declare(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        body = data.split(b"?>", 1)[1].replace(b"Afterwards", b"&a;")
        return f"<?xml version='1.0' encoding='{encoding}'?>{(declaration + body).decode()}".encode(encoding)

    path = rewrite(make_word(tmp_path / "a.docx"), declare)
    assert "declares things" in ask(path, Inspect()).facts.reason
    with pytest.raises(EvidenceError, match="declares things"):
        ask(path, ReadText())


def test_that_a_document_that_unpacks_to_a_hundred_times_more_is_refused_soon(ask: Ask, tmp_path: Path) -> None:
    def swell(name: str, data: bytes) -> bytes:
        return data.replace(b"Afterwards", b"A" * 60_000_000) if name == "word/document.xml" else data

    path = rewrite(make_word(tmp_path / "a.docx"), swell)
    assert path.stat().st_size < 200_000
    assert "grow too large" in ask(path, Inspect()).facts.reason


def test_that_a_file_inside_that_claims_to_be_small_is_measured_all_the_same(ask: Ask, tmp_path: Path) -> None:
    path = make_word(tmp_path / "a.docx")
    with zipfile.ZipFile(path) as archive:
        data = archive.read("word/document.xml").replace(b"Afterwards", b"A" * 60_000_000)
    rewrite(path, lambda name, former: data if name == "word/document.xml" else former)
    lie(path, "word/document.xml", 1000)
    inspection = ask(path, Inspect())
    assert inspection.kind is EvidenceKind.TEXT
    assert inspection.facts.reason.endswith(".")


def lie(path: Path, name: str, size: int) -> None:
    """Write another unpacked size into both of the archive's accounts of a file."""
    data = bytearray(path.read_bytes())
    start = data.find(name.encode())
    struct.pack_into("<I", data, start - 30 + 22, size)
    central = data.rfind(name.encode())
    struct.pack_into("<I", data, central - 46 + 24, size)
    path.write_bytes(data)


def test_that_a_picture_of_a_billion_pixels_is_refused_and_the_words_are_shown(ask: Ask, tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")
    path = rewrite(make_word(tmp_path / "a.docx"), lambda name, data: bomb if name.endswith(".png") else data)
    assert "Afterwards" in ask(path, ReadText()).text
    with pytest.raises(EvidenceError, match="too large"):
        ask(path, ReadPicture(0, 300, 300))


def test_that_elements_nested_without_end_are_refused(ask: Ask, tmp_path: Path) -> None:
    def nest(name: str, data: bytes) -> bytes:
        deep = b"<w:sdt><w:sdtContent>" * 5000 + b"</w:sdtContent></w:sdt>" * 5000
        return data.replace(b"<w:body>", b"<w:body>" + deep) if name == "word/document.xml" else data

    assert "damaged" in ask(rewrite(make_word(tmp_path / "a.docx"), nest), Inspect()).facts.reason


@pytest.mark.parametrize("keep", [100, 5000, 20_000])
def test_that_a_document_that_ends_early_is_refused_with_a_reason(ask: Ask, tmp_path: Path, keep: int) -> None:
    path = make_word(tmp_path / "a.docx")
    path.write_bytes(path.read_bytes()[:keep])
    inspection = ask(path, Inspect(EvidenceKind.TEXT))
    assert inspection.kind is EvidenceKind.UNSUPPORTED
    assert "damaged document or archive" in inspection.facts.reason


def test_that_a_long_document_is_cut_and_says_so(ask: Ask, tmp_path: Path) -> None:
    def lengthen(name: str, data: bytes) -> bytes:
        more = b"<w:p><w:r><w:t>more</w:t></w:r></w:p>" * 30_000
        return data.replace(b"<w:body>", b"<w:body>" + more) if name == "word/document.xml" else data

    document = ask(rewrite(make_word(tmp_path / "a.docx"), lengthen), ReadText())
    assert len(document.blocks) == 20_000
    assert "only its beginning" in document.note


def test_that_an_archive_tells_how_much_it_holds_and_names_nothing(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "photos.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(11):
            archive.writestr(f"Maria Lopez {number}.jpg", b"x")
        archive.writestr("notes.pdf", b"x")
    inspection = ask(path, Inspect(EvidenceKind.PDF))
    assert inspection.kind is EvidenceKind.UNSUPPORTED
    assert inspection.facts.reason == "This is a Zip archive with 12 files (11 pictures, 1 PDF), not a PDF."
    assert inspection.facts.media_type == "application/zip"


def test_that_a_spreadsheet_is_named(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "scores.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            b"<Types>application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml</Types>",
        )
    inspection = ask(path, Inspect())
    assert inspection.facts.reason == "This is a spreadsheet (Excel), which is not shown here."
    assert "spreadsheetml" in inspection.facts.media_type


def test_that_a_jpeg_that_lies_on_its_side_stands_upright_in_a_document(ask: Ask, tmp_path: Path) -> None:
    photo = Image.new("RGB", (400, 200), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(tmp_path / "photo.jpg", exif=exif)
    data = (tmp_path / "photo.jpg").read_bytes()
    path = rewrite(make_word(tmp_path / "a.docx"), lambda name, former: data if name.endswith(".png") else former)
    picture = ask(path, ReadPicture(0, 1000, 1000))
    assert (picture.width, picture.height) == (200, 400)
    picture.release()


def test_that_a_document_with_macros_is_read_and_its_programs_are_left_out(ask: Ask, tmp_path: Path) -> None:
    def arm(name: str, data: bytes) -> bytes:
        plain = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return data.replace(plain, b"ms-word.document.macroEnabled.main+xml") if "Content_Types" in name else data

    assert "Afterwards" in ask(rewrite(make_word(tmp_path / "a.docm"), arm), ReadText()).text


def test_that_a_part_without_a_name_is_passed_over(ask: Ask, tmp_path: Path) -> None:
    path = make_word(tmp_path / "plan.docx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("?", b"nothing")
    archived = path.read_bytes()
    # The name's length of the last entry, in its own header and in the list at the end.
    local, listed = archived.rindex(b"PK\x03\x04") + 26, archived.rindex(b"PK\x01\x02")
    nameless = bytearray(archived)
    nameless[listed + 28 : listed + 30] = b"\0\0"
    nameless[listed + 30 : listed + 32] = b"\0\0"
    del nameless[listed + 46]
    end = nameless.rindex(b"PK\x05\x06")
    size = int.from_bytes(nameless[end + 12 : end + 16], "little") - 1
    nameless[end + 12 : end + 16] = size.to_bytes(4, "little")
    assert nameless[local : local + 2] == b"\1\0"
    path.write_bytes(nameless)
    with zipfile.ZipFile(path) as archive:
        assert "" in archive.namelist()
    assert ask(path, ReadText()).blocks[0].text == "Lesson plan"
