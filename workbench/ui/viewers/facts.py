"""What is known of an evidence in a few words. Knows no widget."""

from PySide6.QtCore import QCoreApplication

from workbench.media.jobs import PASSWORD_NEEDED
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
    if item.state != "ready" or item.evidence.facts.reason not in ("", PASSWORD_NEEDED):
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
    """For a file that cannot be shown: what it is or was handed in as, its type, its size."""
    facts = evidence.facts
    if evidence.kind is EvidenceKind.UNSUPPORTED:
        named = family_name(facts.media_type)
    else:
        named = _tr("Handed in as {kind}").format(kind=kind_name(evidence.kind))
    parts = [named, facts.media_type, words.amount(evidence.size)]
    return " · ".join(part for part in parts if part)


def family_name(media_type: str) -> str:
    """What files of this media type are called, for those that have no viewer."""
    for part, name in {
        "spreadsheet": _tr("Spreadsheet"),
        "excel": _tr("Spreadsheet"),
        "presentation": _tr("Presentation"),
        "opendocument.text": _tr("Text document"),
        "rtf": _tr("Text document"),
        "ole-storage": _tr("Old Office document"),
        "epub": _tr("Electronic book"),
        "application/zip": _tr("Zip archive"),
        "vnd.rar": _tr("Packed archive"),
        "7z": _tr("Packed archive"),
        "gzip": _tr("Packed archive"),
        "html": _tr("Web page"),
        "svg": _tr("Drawing (SVG)"),
        "executable": _tr("Program"),
        "sqlite": _tr("Database"),
        "postscript": _tr("Document for printers"),
    }.items():
        if part in media_type:
            return name
    return kind_name(EvidenceKind.UNSUPPORTED)
