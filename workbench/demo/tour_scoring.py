"""How the tour scores one submission: by keyboard, a citation and a note for each criterion, then feedback."""

from collections.abc import Generator
from functools import partial

from PySide6.QtCore import Qt

from workbench.demo.driver import Driver, Steps, StuckError, Wait, until
from workbench.demo.script import ScriptedScore
from workbench.demo.staged import Card, StagedSubmission
from workbench.demo.tour_look import LookAround
from workbench.model.submission import EvidenceKind

CITE_BUTTONS = {
    EvidenceKind.VIDEO: "citeButton",
    EvidenceKind.AUDIO: "citeButton",
    EvidenceKind.PDF: "pdfCiteButton",
    EvidenceKind.IMAGE: "imageCiteButton",
    EvidenceKind.TEXT: "textCiteButton",
}
_StepsToCard = Generator[Wait, None, Card | None]


class Scorer:
    """Scores what is open. Keeps which card was cited for which criterion, by submission."""

    def __init__(self, driver: Driver, look: LookAround) -> None:
        self._driver = driver
        self._look = look
        self.cited: dict[str, dict[str, Card]] = {}
        self.finalized = 0
        self.notes: list[str] = []

    def see_unreadable(self, submission: StagedSubmission) -> Steps:
        """A file that cannot be shown says why."""
        card = next((card for card in submission.cards if card.kind is None), None)
        if card is None:
            return
        self._driver.begin_step(f"See why {card.label} cannot be shown")
        self._driver.click_card(card.number)
        yield until("the reason", lambda: bool(self._driver.text("unreadableReason")))
        yield from self._driver.picture("unreadable")

    def score(self, submission: StagedSubmission, *, all_pictures: bool) -> Steps:
        """Every criterion, then feedback; a picture of each criterion, or of the last only."""
        criteria = submission.offering.rubric.criteria
        for index, (criterion, score) in enumerate(zip(criteria, submission.script.scores, strict=True)):
            letter = submission.offering.rubric.letter(criterion.id)
            self._driver.begin_step(f"Score criterion {letter} of {submission.pseudonym}")
            if index:
                self._driver.press(Qt.Key.Key_J)
            yield until("the criterion to open", partial(self._driver.is_on, f"level_{letter}_1"))
            card = yield from self._show(submission, score.cited_in)
            if index and card is not None and card.kind is EvidenceKind.VIDEO:
                self._go_on()
            if card is not None:
                self.cited.setdefault(submission.script.submission, {})[criterion.id] = card
            yield from self._score_criterion(letter, score, is_cited=card is not None)
            if all_pictures or index == len(criteria) - 1:
                yield from self._driver.picture(f"scored-{submission.script.submission.lower()}-{letter.lower()}")
        yield from self._give_feedback(submission)

    def _score_criterion(self, letter: str, score: ScriptedScore, *, is_cited: bool) -> Steps:
        drive = self._driver
        level = f"level_{letter}_{score.level}"
        drive.press(Qt.Key(Qt.Key.Key_0 + score.level))
        yield until("the level", lambda: drive.is_checked(level))
        if is_cited:
            drive.press(Qt.Key.Key_C)
            yield until("the citation", lambda: drive.seen(f"citation_{letter}_1") is not None)
        drive.type_into(f"note_{letter}", score.note)
        drive.press(Qt.Key.Key_Return)
        yield until("the note to be left", lambda: not drive.widget(f"note_{letter}").hasFocus())

    def _show(self, submission: StagedSubmission, kind: EvidenceKind) -> _StepsToCard:
        """Show the first evidence of that kind that can be shown; the first time, look around in it."""
        drive = self._driver
        for card in submission.cards_of(kind):
            assert card.kind is not None
            button = CITE_BUTTONS[card.kind]
            drive.click_card(card.number)
            yield until(f"{card.label} to be shown or refused", partial(self._is_settled, card.number, button))
            if drive.is_on(button):
                if card.kind is EvidenceKind.VIDEO and drive.text("positionLabel").startswith("00:00"):
                    self._go_on()
                yield from self._look.look_at(card.kind)
                return card
            self.notes.append(f"{card.label} could not be shown: {drive.text('unreadableReason')}")
        self.notes.append(f"Nothing of the kind {kind.value} could be cited; it was skipped.")
        return None

    def _go_on(self) -> None:
        """Ten seconds on: a citation takes the seconds before."""
        self._driver.press(Qt.Key.Key_F9)
        self._driver.press(Qt.Key.Key_F9)

    def _is_settled(self, number: int, button: str) -> bool:
        is_chosen = self._driver.is_checked(f"evidenceCard_{number}")
        return is_chosen and (self._driver.is_on(button) or self._driver.seen("unreadableView") is not None)

    def _give_feedback(self, submission: StagedSubmission) -> Steps:
        drive = self._driver
        drive.begin_step(f"Write feedback for {submission.pseudonym}")
        drive.press(Qt.Key.Key_F)
        yield until("the feedback editor", lambda: drive.is_on("feedbackEditor"))
        drive.type_into("feedbackEditor", submission.script.feedback)
        yield from drive.picture(f"feedback-{submission.script.submission.lower()}")
        drive.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        yield until("the editor to close", lambda: drive.seen("feedbackEditor") is None)
        yield until("the outcome", lambda: bool(drive.text("outcomeLabel")))

    def look_again(self, submission: StagedSubmission) -> Steps:
        """The second criterion beside the first evidence, light and dark."""
        drive = self._driver
        drive.begin_step("Look at the score view, light and dark")
        for _ in submission.script.scores[2:]:
            drive.press(Qt.Key.Key_K)
        yield until("criterion B", lambda: drive.is_on("level_B_1"))
        yield from self._show(submission, EvidenceKind.VIDEO)
        yield from drive.picture("score-light")
        yield from self._look.choose_look("Dark", is_dark=True)
        yield from drive.picture("score-dark")
        yield from self._look.choose_look("Light", is_dark=False)

    def finalize(self, submission: StagedSubmission) -> Steps:
        """Finalize by keyboard. Raises StuckError when the window says that something is missing."""
        drive = self._driver
        drive.begin_step(f"Finalize {submission.pseudonym}")
        drive.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        yield until(
            "the decision", lambda: drive.seen("takeBackButton") is not None or drive.seen("missingList") is not None
        )
        if drive.seen("missingList") is not None:
            raise StuckError(f"The tour stopped: something was missing for {submission.pseudonym}.")
        self.finalized += 1
        yield from drive.picture(f"finalized-{submission.script.submission.lower()}")
