"""Answers `LookOver`: which kind of file it is, and who looks it over. Runs in a worker process only."""

from workbench.errors import EvidenceError
from workbench.media import jobs
from workbench.media.image import ImageShelf
from workbench.media.look_over_measures import SIDE_PX
from workbench.media.look_over_pages import look_over_image, look_over_pages
from workbench.media.look_over_recording import look_over_recording
from workbench.media.pdf import PdfShelf
from workbench.media.sniff import sniff
from workbench.model.findings import LookedOver
from workbench.model.submission import EvidenceKind
from workbench.sealed.reader import PlainFile, SealedFile, open_reader


def look_over(job: jobs.LookOver, source: SealedFile | PlainFile, pdf: PdfShelf, image: ImageShelf) -> LookedOver:
    """One part of the file; a kind without pictures and sound has one part without facts. Raises EvidenceError."""
    # Threads of its own would take both cores from what is on screen.
    import cv2

    cv2.setNumThreads(1)
    if not 0 <= job.part < 1_000_000 or job.length < 0:
        raise EvidenceError("There is no such part.")
    reader = open_reader(source)
    sniffed = sniff(reader)
    if sniffed.kind in (EvidenceKind.VIDEO, EvidenceKind.AUDIO):
        return look_over_recording(reader, job.part, job.length)
    if sniffed.kind is EvidenceKind.PDF:
        pages = len(pdf.pages(source, job.password).sizes)
        return look_over_pages(job.part, pages, lambda page: pdf.render(source, page, SIDE_PX, None, 0, job.password))
    if sniffed.kind is EvidenceKind.IMAGE:
        count, media_type = len(image.pages(source, sniffed.media_type).sizes), sniffed.media_type
        return look_over_image(
            job.part,
            count,
            lambda page: image.render(source, media_type, jobs.RenderImage(SIDE_PX, SIDE_PX, page=page)),
        )
    return LookedOver(parts=1, unit="whole", length=0)
