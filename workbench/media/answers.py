"""Every job with the function that answers it. Runs in a worker process only."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from workbench.decoding.frames import Raster
from workbench.errors import EvidenceError
from workbench.media import captions, image, jobs, text, video
from workbench.media.pdf import PdfShelf
from workbench.media.sniff import Sniffed, sniff
from workbench.model.submission import EvidenceFacts, EvidenceKind
from workbench.sealed.reader import PlainFile, Reader, SealedFile, open_reader

Source: TypeAlias = SealedFile | PlainFile
Answer: TypeAlias = jobs.Inspection | jobs.Pages | jobs.TextDocument | tuple[jobs.Cue, ...] | tuple[Raster, ...]

SIDE_LIMIT = 16_384
_NOT = {
    EvidenceKind.PDF: "This is not a PDF.",
    EvidenceKind.IMAGE: "This is not an image.",
    EvidenceKind.VIDEO: "This is not a recording that can be played.",
}


class Answers:
    """Answers jobs, one after the other, and keeps the last PDF and the last image open."""

    def __init__(self) -> None:
        self._pdf = PdfShelf()
        self._image = image.ImageShelf()
        self._by_job: dict[type[jobs.Job[Any]], Callable[[Any, Source], Answer]] = {
            jobs.Inspect: self._inspect,
            jobs.Recognise: _recognise,
            jobs.RenderImage: self._render_image,
            jobs.RenderPage: self._render_page,
            jobs.PageSizes: self._page_sizes,
            jobs.VideoFrame: _video_frame,
            jobs.Filmstrip: _filmstrip,
            jobs.ReadText: lambda _, source: text.read_text(open_reader(source)),
            jobs.ReadCaptions: lambda _, source: captions.read_captions(open_reader(source)),
            jobs.Thumbnail: self._thumbnail,
        }

    def answer(self, job: jobs.Job[Any], source: Source) -> Answer:
        """The answer; pictures as rasters. Raises EvidenceError with the reason."""
        return self._by_job[type(job)](job, source)

    def _inspect(self, job: jobs.Inspect, source: Source) -> jobs.Inspection:
        kind, media_type = EvidenceKind.UNSUPPORTED, ""
        try:
            reader = open_reader(source)
            sniffed = sniff(reader, job.kind_hint)
            kind, media_type = sniffed.kind, sniffed.media_type
            return self._facts(sniffed, reader, source)
        except EvidenceError as refusal:
            facts = EvidenceFacts(media_type=media_type, reason=refusal.happened)
            return jobs.Inspection(kind=_kind_of_unreadable(kind, job.kind_hint), facts=facts)

    def _facts(self, sniffed: Sniffed, reader: Reader, source: Source) -> jobs.Inspection:
        facts = EvidenceFacts(media_type=sniffed.media_type)
        has_captions, note = None, ""
        match sniffed.kind:
            case EvidenceKind.VIDEO:
                return video.inspect_recording(reader)
            case EvidenceKind.PDF:
                facts = replace(facts, pages=self._pdf.page_count(source))
                note = self._pdf.note(source)
            case EvidenceKind.IMAGE:
                width, height, rotation = image.upright_form(reader, sniffed.media_type)
                facts = replace(facts, width=width, height=height, rotation=rotation)
            case EvidenceKind.CAPTIONS:
                cues = captions.read_captions(reader)
                facts = replace(facts, duration_ms=max((cue.end_ms for cue in cues), default=0))
                has_captions = True
            case EvidenceKind.TEXT:
                document = text.read_text(reader)
                media_type = "text/markdown" if document.is_markdown else "text/plain"
                facts = replace(facts, media_type=media_type, words=len(document.text.split()))
        return jobs.Inspection(kind=sniffed.kind, facts=facts, captions=has_captions, note=note)

    def _page_sizes(self, _: jobs.PageSizes, source: Source) -> jobs.Pages:
        _expect(source, EvidenceKind.PDF)
        return self._pdf.pages(source)

    def _render_page(self, job: jobs.RenderPage, source: Source) -> tuple[Raster, ...]:
        _expect(source, EvidenceKind.PDF)
        return (self._pdf.render(source, job.page, _side(job.width), job.clip),)

    def _render_image(self, job: jobs.RenderImage, source: Source) -> tuple[Raster, ...]:
        media_type = _expect(source, EvidenceKind.IMAGE).media_type
        width, height = _side(job.max_width), _side(job.max_height)
        return (self._image.render(source, media_type, width, height, rotation=job.rotation, clip=job.clip),)

    def _thumbnail(self, job: jobs.Thumbnail, source: Source) -> tuple[Raster, ...]:
        reader = open_reader(source)
        sniffed = sniff(reader)
        width, height = _side(job.max_width), _side(job.max_height)
        match sniffed.kind:
            case EvidenceKind.PDF:
                return (self._pdf.fit(source, width, height),)
            case EvidenceKind.IMAGE:
                return (self._image.render(source, sniffed.media_type, width, height),)
            case EvidenceKind.VIDEO:
                return (video.cover(reader, width, height),)
        raise EvidenceError("There is no picture of this file.")


def _recognise(_: jobs.Recognise, source: Source) -> jobs.Inspection:
    sniffed = sniff(open_reader(source))
    return jobs.Inspection(kind=sniffed.kind, facts=EvidenceFacts(media_type=sniffed.media_type))


def _video_frame(job: jobs.VideoFrame, source: Source) -> tuple[Raster, ...]:
    return (video.frame_at(open_reader(source), job.at_ms, _side(job.max_width), _side(job.max_height)),)


def _filmstrip(job: jobs.Filmstrip, source: Source) -> tuple[Raster, ...]:
    return video.filmstrip(open_reader(source), job.count, _side(job.height))


def _expect(source: Source, kind: EvidenceKind) -> Sniffed:
    sniffed = sniff(open_reader(source), kind)
    if sniffed.kind is not kind:
        raise EvidenceError(_NOT[kind])
    return sniffed


def _side(pixels: int) -> int:
    return max(1, min(SIDE_LIMIT, pixels))


def _kind_of_unreadable(found: EvidenceKind, hint: EvidenceKind | None) -> EvidenceKind:
    """A damaged recording that was handed in as sound stays sound; other content decides for itself."""
    return EvidenceKind.AUDIO if found is EvidenceKind.VIDEO and hint is EvidenceKind.AUDIO else found
