"""What is known of an evidence in a few words. Knows no widget."""

from PySide6.QtCore import QCoreApplication

from workbench.model.submission import Evidence, EvidenceKind
from workbench.queries.views import EvidenceItem
from workbench.ui import words


def _tr(text: str) -> str:
    return QCoreApplication.translate("facts", text)


def meta(item: EvidenceItem, *, has_captions: bool) -> str:
    """`12:04 · captions`, `8 pages`, `740 words`; while it is not here, how much of it is."""
    if item.state == "missing":
        return _tr("Not here yet")
    if item.state == "partial":
        here, size = words.amount(item.bytes_here), words.amount(item.evidence.size)
        return _tr("{here} of {size}").format(here=here, size=size)
    if item.state != "ready" or item.evidence.facts.reason:
        return _tr("Cannot be shown")
    parts = [measure(item.evidence)]
    if has_captions:
        parts.append(_tr("captions"))
    return " · ".join(parts)


def measure(evidence: Evidence) -> str:
    """How long, how many pages or words; else how large the file is."""
    facts = evidence.facts
    if facts.duration_ms is not None:
        return words.clock(facts.duration_ms)
    if facts.pages is not None:
        return words.counted(facts.pages, _tr("page"), _tr("pages"))
    if facts.words is not None:
        return words.counted(facts.words, _tr("word"), _tr("words"))
    if evidence.kind is EvidenceKind.IMAGE and facts.width and facts.height:
        return f"{facts.width} × {facts.height}"
    return words.amount(evidence.size)


def kind_name(kind: EvidenceKind) -> str:
    """The kind in a word."""
    return {
        EvidenceKind.VIDEO: _tr("Video"),
        EvidenceKind.AUDIO: _tr("Sound"),
        EvidenceKind.PDF: _tr("PDF"),
        EvidenceKind.IMAGE: _tr("Image"),
        EvidenceKind.TEXT: _tr("Text"),
        EvidenceKind.CAPTIONS: _tr("Captions"),
        EvidenceKind.LINK: _tr("Link"),
        EvidenceKind.UNSUPPORTED: _tr("Unknown kind"),
    }[kind]


def details(evidence: Evidence) -> str:
    """Kind and size, the type of an unknown kind too, for a file that cannot be shown."""
    kind = evidence.facts.media_type if evidence.kind is EvidenceKind.UNSUPPORTED else ""
    parts = [kind_name(evidence.kind), kind, words.amount(evidence.size)]
    return " · ".join(part for part in parts if part)
