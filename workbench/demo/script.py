"""What the tour scores: fixed, as data. The hub's decisions are compared with this, field by field."""

from dataclasses import dataclass

from workbench.model.decision import Result
from workbench.model.submission import EvidenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedScore:
    """One criterion, in the rubric's order: the level's number key, where it is cited, and the note."""

    level: int
    cited_in: EvidenceKind
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedDecision:
    """One submission. `outcome` is what its levels must come to."""

    submission: str
    scores: tuple[ScriptedScore, ...]
    feedback: str
    outcome: Result


ONLINE = ScriptedDecision(
    submission="S-1042",
    scores=(
        ScriptedScore(
            level=3,
            cited_in=EvidenceKind.VIDEO,
            note="Asks one question about one goal, and says when the answer is due.",
        ),
        ScriptedScore(
            level=3,
            cited_in=EvidenceKind.PDF,
            note="Compares exit tickets by reading group; names the gap in group 2 that the average hid.",
        ),
        ScriptedScore(
            level=2,
            cited_in=EvidenceKind.IMAGE,
            note="The plan fits the results. Add one piece of work that shows group 2 without the strips.",
        ),
        ScriptedScore(
            level=3,
            cited_in=EvidenceKind.TEXT,
            note="Before and after by group, and an honest word on what is not known yet.",
        ),
    ),
    feedback=(
        "Your question is sharp, and sorting the tickets by reading group found what the average was hiding. "
        "To meet the third criterion, show one student of group 2 at work without the strips."
    ),
    outcome=Result.NOT_YET,
)
OFFLINE = ScriptedDecision(
    submission="S-1051",
    scores=(
        ScriptedScore(level=2, cited_in=EvidenceKind.VIDEO, note="The boards ask for exactly what the goal names."),
        ScriptedScore(level=2, cited_in=EvidenceKind.IMAGE, note="Every student holds up a sentence of their own."),
        ScriptedScore(level=2, cited_in=EvidenceKind.TEXT, note="Explains the wrong answers by what surprised them."),
        ScriptedScore(level=2, cited_in=EvidenceKind.PDF, note="The plan says when to stop, and the lesson stops."),
        ScriptedScore(level=2, cited_in=EvidenceKind.VIDEO, note="Boards go up again after the change."),
    ),
    feedback="You counted, you stopped, and you used a student's own words. Put the second look on paper next time.",
    outcome=Result.AWARD,
)
