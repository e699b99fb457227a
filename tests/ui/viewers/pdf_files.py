"""Small real PDFs with words: a book with labels and contents, one that is locked, one in Hebrew, a scan."""

from pathlib import Path

import pymupdf

PAGES = 30
LINES = 12
PASSWORD = "Open sesame 7"
HEBREW = "שלום עולם טוב"
BOOK, LOCKED, LEFTWARD, SCAN = "book.pdf", "locked.pdf", "leftward.pdf", "scan.pdf"
AES_256 = 5
"""The library's number for it, which its annotations leave out."""
RARE_PAGE = 21
SIDEWAYS = 3


def make_files(folder: Path) -> None:
    """All of them."""
    make_book(folder / BOOK)
    make_locked(folder / LOCKED)
    make_leftward(folder / LEFTWARD)
    make_scan(folder / SCAN)


def line(page: int, number: int) -> str:
    """What stands in a line of the book."""
    rare = " A quagga crossed." if (page, number) == (RARE_PAGE, 5) else ""
    return f"Sheet {page}, row {number}: pupils counted aloud.{rare}"


def make_book(path: Path) -> None:
    """Pages i to iv, then 1 on; a chapter for each ten sheets; sheet 3 lies sideways in the file."""
    with pymupdf.open() as document:
        for page in range(PAGES):
            sheet = document.new_page(width=400, height=560)
            for number in range(LINES):
                sheet.insert_text((40, 60 + number * 36), line(page, number), fontsize=11)
        document[SIDEWAYS].set_rotation(90)
        rules = [
            {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1},
            {"startpage": 4, "prefix": "", "style": "D", "firstpagenum": 1},
        ]
        document.set_page_labels(rules)
        chapters = [entry for first in range(0, PAGES, 10) for entry in _chapter(first)]
        document.set_toc(chapters)
        document.save(path)


def _chapter(first: int) -> list[list[object]]:
    return [[1, f"Chapter {first // 10 + 1}", first + 1], [2, f"What happened on sheet {first + 5}", first + 6]]


def make_locked(path: Path) -> None:
    """Two pages that ask for a password."""
    with pymupdf.open() as document:
        for page in range(2):
            document.new_page(width=400, height=560).insert_text((40, 60), f"Kept under lock, sheet {page}.")
        document.save(path, encryption=AES_256, user_pw=PASSWORD, owner_pw="another")


def make_leftward(path: Path) -> None:
    """A line of Hebrew."""
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=300)
        page.insert_htmlbox(pymupdf.Rect(40, 40, 360, 140), f'<p dir="rtl">{HEBREW}</p>')
        document.save(path)


def make_scan(path: Path) -> None:
    """A page without a word."""
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=560)
        page.draw_rect(pymupdf.Rect(50, 50, 350, 500), color=None, fill=(0.8, 0.8, 0.8))
        document.save(path)
