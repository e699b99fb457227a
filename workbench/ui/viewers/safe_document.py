"""Texts of strangers as documents to read: no network, no files, no live links, no HTML. Paints nothing."""

import re
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

MARKDOWN_MOST = 60_000
"""Characters; a longer text is shown as it was typed, since laying it out would stop the window."""
DEPTH_MOST = 12
TABLE_BARS_MOST = 400
"""A text with more bars than this keeps its tables as they were typed: Qt needs minutes for a large one."""
LINE_HEIGHT = 140
HEADINGS = (2, 1, 0)
"""Qt's steps of size: 1.5, 1.2 and 1 times the text."""
_NO_HTML = QTextDocument.MarkdownFeature.MarkdownNoHTML
_WITH_TABLES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | _NO_HTML
_WITHOUT_TABLES = QTextDocument.MarkdownFeature.MarkdownDialectCommonMark | _NO_HTML


_COSTLY = re.compile("[\u200d\U00010000-\U0010ffff]")
_COST_MOST = 60_000
_JOINER, _JOINER_COST = "\u200d", 5


def bearable(text: str) -> str:
    """The beginning that can be laid out: pictographs, and those joined to each other, cost many times a letter."""
    cost = 0
    for found in _COSTLY.finditer(text):
        cost += _JOINER_COST if found[0] == _JOINER else 1
        if cost > _COST_MOST:
            return text[: found.start()]
    return text


class SafeDocument(QTextDocument):
    """Loads nothing, whatever its text asks for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setUndoRedoEnabled(False)

    def loadResource(self, _type: int, _name: QUrl | str) -> Any:
        """Nothing."""
        return None

    def show_text(self, text: str, *, is_markdown: bool, font: QFont) -> None:
        """Replace the text; Markdown is laid out where that is safe."""
        self.clear()
        self.setDefaultFont(font)
        if is_markdown and len(text) <= MARKDOWN_MOST and not _is_deep(text):
            has_large_tables = text.count("|") > TABLE_BARS_MOST
            self.setMarkdown(text, _WITHOUT_TABLES if has_large_tables else _WITH_TABLES)
            _calm(self)
            _space(self)
        else:
            self.setPlainText(text)


def _is_deep(text: str) -> bool:
    """Whether quotes or lists are nested further than anybody writes by hand."""
    return any(
        line[: 4 * DEPTH_MOST].count(">") > DEPTH_MOST or len(line) - len(line.lstrip(" \t")) > 8 * DEPTH_MOST
        for line in text.splitlines()
    )


def _calm(document: QTextDocument) -> None:
    """Make links and images inert: a link becomes its words, an image the words in its place."""
    inert: list[tuple[int, int, bool]] = []
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            form = fragment.charFormat()
            if form.isImageFormat() or form.isAnchor():
                inert.append((fragment.position(), fragment.length(), form.isImageFormat()))
            iterator += 1
        block = block.next()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for start, length, is_image in reversed(inert):
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        if is_image:
            said = cursor.charFormat().toImageFormat().property(QTextFormat.Property.ImageAltText)
            cursor.insertText(f"[{said}]" if said else "[…]", QTextCharFormat())
        else:
            cursor.setCharFormat(_without_link(cursor.charFormat()))
    cursor.endEditBlock()


def _without_link(form: QTextCharFormat) -> QTextCharFormat:
    plain = QTextCharFormat(form)
    for key in (QTextFormat.Property.AnchorHref, QTextFormat.Property.AnchorName, QTextFormat.Property.IsAnchor):
        plain.clearProperty(key)
    plain.clearForeground()
    plain.setFontUnderline(False)
    return plain


def _space(document: QTextDocument) -> None:
    """Lines and paragraphs far enough apart to read at length; headings larger, but calm."""
    unit = document.defaultFont().pixelSize()
    whole = QTextCursor(document)
    whole.beginEditBlock()
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        is_item = block.textList() is not None
        level = block.blockFormat().headingLevel()
        form.setTopMargin(unit if level else 0 if is_item else unit * 0.25)
        form.setBottomMargin(unit * (0.25 if is_item else 0.75))
        cursor.mergeBlockFormat(form)
        if level:
            letters = QTextCharFormat()
            letters.setFontWeight(QFont.Weight.DemiBold)
            letters.setProperty(QTextFormat.Property.FontSizeAdjustment, HEADINGS[min(level, 3) - 1])
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(letters)
        block = block.next()
    whole.endEditBlock()
