"""A submission: an educator's work for one offering. Evidence: one file or text of an attempt."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from workbench.model.ids import EvidenceHash, EvidenceId, OfferingId, SubmissionId


class EvidenceKind(StrEnum):
    """What an assessor does with it: watch, listen, read or look."""

    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    CAPTIONS = "captions"
    LINK = "link"
    UNSUPPORTED = "unsupported"


class StudentsBasis(StrEnum):
    """What somebody's estimate of students reached rests on."""

    ONE_CLASS = "one_class"
    ALL_SECTIONS = "all_sections"
    SMALL_GROUP = "small_group"
    CASELOAD = "caseload"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """What inspection found. `reason` says in words why a file cannot be shown; empty when it can."""

    media_type: str = ""
    pages: int | None = None
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    rotation: int = 0
    has_audio: bool | None = None
    words: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One file of an attempt. `size` in bytes. `captions_for` names the evidence these captions belong to."""

    id: EvidenceId
    order: int
    label: str
    kind: EvidenceKind
    sha256: EvidenceHash
    size: int
    language: str = ""
    captions_for: EvidenceId | None = None
    consent_scope: str = "assessment"
    facts: EvidenceFacts = field(default_factory=EvidenceFacts)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentsReached:
    """An estimate that somebody typed, always carried with its basis."""

    estimate: int
    basis: StudentsBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One attempt as a laptop may know it: a pseudonym instead of identity, district and school."""

    id: SubmissionId
    attempt: int
    offering_id: OfferingId
    offering_version: int
    pseudonym: str
    submitted_at: datetime
    evidence: tuple[Evidence, ...] = ()
    students: StudentsReached | None = None
