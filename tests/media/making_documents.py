"""Documents for tests, made with the programs' own libraries, and hostile ones made by hand."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.shared import Inches
from PIL import Image
from pptx import Presentation
from pptx.util import Inches as SlideInches

PICTURE_SIZE = (640, 400)


def picture(color: str = "seagreen") -> io.BytesIO:
    """A PNG."""
    stream = io.BytesIO()
    Image.new("RGB", PICTURE_SIZE, color).save(stream, "PNG")
    stream.seek(0)
    return stream


def make_word(path: Path) -> Path:
    """Headings, lists, a picture between two paragraphs, a table with ragged content, and words after it."""
    document = Document()
    document.add_heading("Lesson plan", 0)
    document.add_heading("What we do", 1)
    document.add_paragraph("First the class 😀 looks at the picture.")
    document.add_picture(picture(), width=Inches(3))
    document.add_paragraph("Then each pair explains one mistake.")
    for words in ("Look", "Explain"):
        document.add_paragraph(words, style="List Bullet")
    for words in ("Count", "Compare"):
        document.add_paragraph(words, style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((*table.rows[0].cells, *table.rows[1].cells), ("Group", "Score", "A", "=1+2"), strict=True):
        cell.text = words
    document.add_paragraph("Afterwards")
    document.save(str(path))
    return path


def make_slides(path: Path) -> Path:
    """Three slides: points with speaker notes; a picture with a caption under it; a table on a hidden slide."""
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "Fractions"
    first.placeholders[1].text = "Halves\nQuarters"
    first.notes_slide.notes_text_frame.text = "Ask why before how."
    second = deck.slides.add_slide(deck.slide_layouts[6])
    caption = second.shapes.add_textbox(SlideInches(1), SlideInches(5), SlideInches(4), SlideInches(1))
    caption.text_frame.text = "The number line"
    second.shapes.add_picture(picture("steelblue"), SlideInches(1), SlideInches(1), width=SlideInches(4))
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "Results"
    table = third.shapes.add_table(1, 2, SlideInches(1), SlideInches(2), SlideInches(4), SlideInches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Before", "After"
    third.element.set("show", "0")
    deck.save(str(path))
    return path


def rewrite(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The archive with each of its files changed."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, change(name, data))
    return path
