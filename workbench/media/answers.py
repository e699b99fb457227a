"""Every job with the function that answers it. Runs in a worker process only."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from workbench.decoding.frames import Raster
from workbench.errors import EvidenceError
from workbench.media import captions, image, jobs, text, tracks, video, waveform
from workbench.media.documents import DOCUMENT_TYPES, DocumentShelf, document_type, read_document
from workbench.media.drawing import Drawing
from workbench.media.look_over import look_over
from workbench.media.pdf import PdfShelf
from workbench.media.sniff import Sniffed, sniff
from workbench.model.findings import LookedOver
from workbench.model.submission import EvidenceFacts, EvidenceKind
from workbench.sealed.reader import PlainFile, Reader, SealedFile, open_reader

Source: TypeAlias = SealedFile | PlainFile
Seen: TypeAlias = LookedOver | jobs.Inspection
Heard: TypeAlias = tuple[jobs.Cue, ...] | tuple[jobs.TextTrack, ...] | jobs.Waveform
Rows: TypeAlias = tuple[jobs.OutlineEntry, ...] | tuple[jobs.TextHit, ...]
Pictures: TypeAlias = tuple[Raster, ...] | tuple[Drawing, ...]
Answer: TypeAlias = Seen | jobs.Pages | jobs.PageText | jobs.TextDocument | Heard | Rows | Pictures

SIDE_LIMIT = 16_384
_NOT = {
    EvidenceKind.PDF: "This is not a PDF.",
    EvidenceKind.IMAGE: "This is not an image.",
    EvidenceKind.VIDEO: "This is not a recording that can be played.",
}


class Answers:
    """Answers jobs, one after the other, and keeps the last file of each kind open."""

    def __init__(self) -> None:
        self._pdf = PdfShelf()
        self._image = image.ImageShelf()
        self._recordings = video.RecordingShelf()
        self._documents = DocumentShelf()
        self._by_job: dict[type[jobs.Job[Any]], Callable[[Any, Source], Answer]] = {
            jobs.Inspect: self._inspect,
            jobs.Recognise: _recognise,
            jobs.RenderImage: self._render_image,
            jobs.RenderPage: self._render_page,
            jobs.PageSizes: self._page_sizes,
            jobs.ReadOutline: self._read_outline,
            jobs.ReadPage: self._read_page,
            jobs.FindText: self._find_text,
            jobs.VideoFrame: self._video_frame,
            jobs.FilmPictures: lambda job, source: self._recordings.film(
                source, job.times_ms, _side(job.height), job.known_ms
            ),
            jobs.ReadWaveform: _read_waveform,
            jobs.ReadTracks: lambda _, source: tracks.read_tracks(open_reader(source)),
            jobs.LookOver: lambda job, source: look_over(job, source, self._pdf, self._image),
            jobs.ReadText: self._read_text,
            jobs.ReadPicture: self._read_picture,
            jobs.ReadCaptions: lambda _, source: captions.read_captions(open_reader(source)),
            jobs.Thumbnail: self._thumbnail,
        }

    def answer(self, job: jobs.Job[Any], source: Source) -> Answer:
        """The answer; pictures as rasters. Raises EvidenceError with the reason."""
        self._recordings.let_go(source)
        return self._by_job[type(job)](job, source)

    def _inspect(self, job: jobs.Inspect, source: Source) -> jobs.Inspection:
        kind, media_type = EvidenceKind.UNSUPPORTED, ""
        try:
            reader = open_reader(source)
            sniffed = sniff(reader, job.kind_hint)
            kind, media_type = sniffed.kind, sniffed.media_type
            return self._facts(sniffed, reader, source)
        except EvidenceError as refusal:
            media_type = media_type or getattr(refusal, "media_type", "")
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
                facts = image.facts_of(reader, sniffed.media_type)
                note = image.note_of(reader, sniffed.media_type)
            case EvidenceKind.CAPTIONS:
                cues = captions.read_captions(reader)
                facts = replace(facts, duration_ms=max((cue.end_ms for cue in cues), default=0))
                has_captions = True
            case EvidenceKind.TEXT:
                facts = _text_facts(sniffed, reader)
        return jobs.Inspection(kind=sniffed.kind, facts=facts, captions=has_captions, note=note)

    def _read_text(self, _: jobs.ReadText, source: Source) -> jobs.TextDocument:
        reader = open_reader(source)
        found = sniff(reader, EvidenceKind.TEXT)
        if found.media_type in DOCUMENT_TYPES:
            return self._documents.read(source, found.media_type)
        return text.read_text(reader)

    def _read_picture(self, job: jobs.ReadPicture, source: Source) -> tuple[Raster, ...]:
        media_type = document_type(open_reader(source))
        if media_type not in DOCUMENT_TYPES:
            raise EvidenceError("This is not a document with pictures.")
        width, height = _side(job.max_width), _side(job.max_height)
        return (self._documents.picture(source, media_type, job.number, width, height),)

    def _video_frame(self, job: jobs.VideoFrame, source: Source) -> tuple[Raster, ...]:
        width, height = _side(job.max_width), _side(job.max_height)
        return (self._recordings.frame_at(source, job.at_ms, width, height),)

    def _page_sizes(self, job: jobs.PageSizes, source: Source) -> jobs.Pages:
        sniffed = sniff(open_reader(source), EvidenceKind.PDF)
        if sniffed.kind is EvidenceKind.IMAGE:
            return self._image.pages(source, sniffed.media_type)
        _expect(source, EvidenceKind.PDF)
        return self._pdf.pages(source, job.password)

    def _render_page(self, job: jobs.RenderPage, source: Source) -> tuple[Drawing, ...]:
        _expect(source, EvidenceKind.PDF)
        width = _side(job.width)
        return (self._pdf.render(source, job.page, width, job.clip, job.rotation, job.password),)

    def _read_outline(self, job: jobs.ReadOutline, source: Source) -> tuple[jobs.OutlineEntry, ...]:
        _expect(source, EvidenceKind.PDF)
        return self._pdf.outline(source, job.password)

    def _read_page(self, job: jobs.ReadPage, source: Source) -> jobs.PageText:
        _expect(source, EvidenceKind.PDF)
        return self._pdf.text(source, job.page, job.password)

    def _find_text(self, job: jobs.FindText, source: Source) -> tuple[jobs.TextHit, ...]:
        _expect(source, EvidenceKind.PDF)
        return self._pdf.find(source, job.query, range(job.first, job.last + 1), job.most, job.password)

    def _render_image(self, job: jobs.RenderImage, source: Source) -> tuple[Raster, ...]:
        media_type = _expect(source, EvidenceKind.IMAGE).media_type
        width, height = _side(job.max_width), _side(job.max_height)
        return (self._image.render(source, media_type, replace(job, max_width=width, max_height=height)),)

    def _thumbnail(self, job: jobs.Thumbnail, source: Source) -> Pictures:
        reader = open_reader(source)
        sniffed = sniff(reader)
        width, height = _side(job.max_width), _side(job.max_height)
        match sniffed.kind:
            case EvidenceKind.PDF:
                return (self._pdf.fit(source, width, height),)
            case EvidenceKind.IMAGE:
                return (self._image.render(source, sniffed.media_type, jobs.RenderImage(width, height)),)
            case EvidenceKind.VIDEO:
                return (video.cover(reader, width, height),)
        raise EvidenceError("There is no picture of this file.")


def _recognise(_: jobs.Recognise, source: Source) -> jobs.Inspection:
    sniffed = sniff(open_reader(source))
    return jobs.Inspection(kind=sniffed.kind, facts=EvidenceFacts(media_type=sniffed.media_type))


def _text_facts(sniffed: Sniffed, reader: Reader) -> EvidenceFacts:
    if sniffed.media_type in DOCUMENT_TYPES:
        said = read_document(reader, sniffed.media_type).text
        return EvidenceFacts(media_type=sniffed.media_type, words=len(said.split()))
    document = text.read_text(reader)
    media_type = "text/markdown" if document.is_markdown else "text/csv" if document.is_table else "text/plain"
    return EvidenceFacts(media_type=media_type, words=len(document.text.split()))


def _read_waveform(job: jobs.ReadWaveform, source: Source) -> jobs.Waveform:
    return waveform.read_waveform(open_reader(source), job.start_ms, job.end_ms, job.count)


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
