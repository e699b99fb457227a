"""Whether a decision agrees with its rubric, its policy and its evidence. Pure: no database, no clock."""

from workbench.citations.fitting import objection
from workbench.hub.verdict import Refused, invalid
from workbench.model.decision import CriterionScore, Decision, ScoreState
from workbench.model.ids import EvidenceHash
from workbench.model.offering import Offering
from workbench.model.rubric import Criterion
from workbench.model.submission import Submission
from workbench.rubrics.completeness import missing
from workbench.rubrics.outcome import decide
from workbench.wire.canonical import policy_hash
from workbench.wire.events import EventResult

_AT = "body.decision"


def check_judgement(made: Decision, offering: Offering) -> None:
    """Every criterion is judged once, complete by the policy, and the outcome follows. Raises Refused."""
    for number, score in enumerate(made.scores):
        _check_score(offering, score, f"{_AT}.scores.{number}")
    scores = {score.criterion_id: score for score in made.scores}
    if len(scores) != len(made.scores):
        raise invalid(f"{_AT}.scores", "A criterion is scored twice.")
    outcome = decide(offering.rubric, scores)
    if outcome is None:
        raise invalid(f"{_AT}.scores", "A criterion has no level.")
    if outcome.result is not made.outcome.result:
        raise invalid(f"{_AT}.outcome.result", f"These levels come to “{outcome.result.value}”.")
    # A policy that changed meanwhile binds later decisions, not this one.
    if made.policy_hash == policy_hash(offering.policy):
        for item in missing(offering, scores, made.citations, made.feedback):
            raise invalid(f"{_AT}.{_field_of(item.what)}", item.sentence)
    if made.session_position < 1 or made.active_ms < 0:
        raise invalid(f"{_AT}.session_position", "A position counts from 1, and a time is not below 0.")


def check_evidence(made: Decision, work: Submission) -> None:
    """Every citation and every watched hash is of this attempt, as it is now. Raises Refused."""
    here = {piece.id: piece for piece in work.evidence}
    if len({citation.id for citation in made.citations}) != len(made.citations):
        raise invalid(f"{_AT}.citations", "Two citations have the same id.")
    judged = {score.criterion_id for score in made.scores}
    for number, citation in enumerate(made.citations):
        at = f"{_AT}.citations.{number}"
        if citation.criterion_id not in judged:
            raise invalid(f"{at}.criterion_id", "This criterion is not in the rubric.")
        if citation.evidence_id not in here:
            raise invalid(f"{at}.evidence_id", "This evidence does not belong to the submission.")
        _check_bytes(citation.sha256, [here[citation.evidence_id].sha256])
        if why := objection(citation, here[citation.evidence_id]):
            raise invalid(f"{at}.place", why)
    for sha256 in made.evidence_hashes:
        _check_bytes(sha256, [piece.sha256 for piece in work.evidence])


def _check_score(offering: Offering, score: CriterionScore, at: str) -> None:
    try:
        criterion = offering.rubric.criterion(score.criterion_id)
    except KeyError as error:
        raise invalid(f"{at}.criterion_id", "This criterion is not in the rubric.") from error
    if score.state is ScoreState.SCORED:
        _check_level(criterion, score, at)
    elif score.level_id is not None:
        raise invalid(f"{at}.level_id", "Only a scored criterion has a level.")
    elif score.state is ScoreState.NOT_APPLICABLE and not criterion.allows_not_applicable:
        raise invalid(f"{at}.state", "The rubric does not allow “not applicable” here.")


def _check_level(criterion: Criterion, score: CriterionScore, at: str) -> None:
    if all(level.id != score.level_id for level in criterion.levels):
        raise invalid(f"{at}.level_id", "The criterion has no such level.")


def _check_bytes(looked_at: EvidenceHash, now: list[EvidenceHash]) -> None:
    if looked_at not in now:
        raise Refused(EventResult.ATTEMPT_CHANGED, "A piece of evidence was replaced after it was looked at.")


def _field_of(what: str) -> str:
    return {"citation": "citations", "feedback": "feedback"}.get(what, "scores")
