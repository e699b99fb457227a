"""Times, amounts and places in the words that a person reads. Knows no widget."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workbench.citations.words import percent

if TYPE_CHECKING:
    from workbench.model.assignment import TaskKind
    from workbench.model.citation import Citation, LookedThrough, Place, Stance
    from workbench.model.decision import Result
    from workbench.model.submission import Evidence


def _tr(text: str) -> str:
    return QCoreApplication.translate("words", text)


def clock(ms: int) -> str:
    """`05:04`, or `1:05:04` from an hour on."""
    seconds = ms // 1000
    if seconds >= 3600:
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def amount(bytes_: int) -> str:
    """A file size in the unit that reads best."""
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if bytes_ >= size:
            return f"{bytes_ / size:.1f} {unit}"
    return f"{bytes_} B"


def due(due_at: datetime, now: datetime) -> str:
    """`due tomorrow`, `due Mon 3 Dec`, `3 days late`; both are aware times."""
    days = (due_at.astimezone().date() - now.astimezone().date()).days
    if due_at < now:
        return _tr("due today, late") if days == 0 else _tr("%n late").replace("%n", count_days(-days))
    if days == 0:
        return _tr("due today")
    if days == 1:
        return _tr("due tomorrow")
    return _tr("due {date}").format(date=day(due_at))


def due_role(due_at: datetime, now: datetime) -> str:
    """The colour role of a due date: caution from a day ahead, else muted."""
    return "caution" if due_at - now < timedelta(days=1) else "muted"


def day(moment: datetime) -> str:
    """`Mon 3 Dec` in the person's own zone."""
    local = moment.astimezone()
    return f"{local:%a} {local.day} {local:%b}"


def time_of_day(moment: datetime) -> str:
    """`19:42` in the person's own zone."""
    return f"{moment.astimezone():%H:%M}"


def count_days(days: int) -> str:
    """`1 day`, `3 days`."""
    return _tr("1 day") if days == 1 else _tr("{count} days").format(count=days)


def counted(count: int, one: str, many: str) -> str:
    """`1 page`, `11 pages`."""
    return f"{count:,} {one if count == 1 else many}"


def effort(video_ms: int, pages: int) -> str:
    """`23 min of video, 11 pages`; empty when neither is known."""
    parts = []
    if video_ms:
        parts.append(_tr("{minutes} min of video").format(minutes=max(1, round(video_ms / 60_000))))
    if pages:
        parts.append(counted(pages, _tr("page"), _tr("pages")))
    return ", ".join(parts)


def task_kind(task: "TaskKind") -> str:
    """The name of a kind of task."""
    return {
        "completeness_check": _tr("Completeness check"),
        "score": _tr("Score"),
        "calibration": _tr("Calibration"),
        "adjudicate": _tr("Adjudicate"),
    }[task]


def place(where: "Place", evidence: "Evidence | None") -> str:
    """A citation's place as a chip says it."""
    name = evidence.label if evidence else _tr("Evidence")
    if where.type == "time":
        start, end = clock(where.start_ms), clock(where.end_ms)
        return start if start == end else f"{start}–{end}"
    if where.type == "page":
        return _tr("{name} p. {page}").format(name=name, page=where.page + 1)
    if where.type == "text":
        return _quoted(where.exact, 24)
    if where.type == "page_quote":
        return _tr("{quote} p. {page}").format(quote=_quoted(where.exact, 18), page=where.page + 1)
    if where.type == "looked_through":
        return f"{name} · {looked_through(where, evidence)}"
    return name


def looked_through(where: "LookedThrough", evidence: "Evidence | None") -> str:
    """How much of the evidence was looked through: `96 % watched`, `8 of 8 pages`, `read`."""
    kind = evidence.kind.value if evidence else ""
    if where.unit == "ms":
        said = _tr("{percent} % heard") if kind == "audio" else _tr("{percent} % watched")
        return said.format(percent=percent(where))
    if where.unit == "pages":
        return _tr("{seen} of {total} pages").format(seen=where.seen, total=where.total)
    return _tr("looked at") if kind == "image" else _tr("read")


def _quoted(text: str, most: int) -> str:
    quote = " ".join(text.split())
    return f"“{quote[: most - 2].rstrip()}…”" if len(quote) > most else f"“{quote}”"


def stance(value: "Stance") -> str:
    """What a citation says about its criterion."""
    return {
        "supports": _tr("Supports"),
        "contradicts": _tr("Contradicts"),
        "absent": _tr("Does not show it"),
    }[value]


def stance_mark(value: "Stance") -> str:
    """The mark beside a citation: never a colour alone."""
    return {"supports": "+", "contradicts": "−", "absent": "○"}[value]


def citation(cited: "Citation", evidence: "Evidence | None") -> str:
    """A citation in a sentence, for those who hear it."""
    name = evidence.label if evidence else _tr("Evidence")
    where = cited.place
    told = looked_through(where, evidence) if where.type == "looked_through" else place(where, evidence)
    return _tr("{stance}: {name}, {place}").format(stance=stance(cited.stance), name=name, place=told)


def result(value: "Result") -> str:
    """What a decision comes to, in words."""
    return {
        "award": _tr("Award"),
        "not_yet": _tr("Not yet"),
        "returned": _tr("Returned"),
    }[value]
