"""The way of the tour through the window, step by step. Only widgets, keys and the mouse; the hub stops and returns."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QListView

from workbench.demo.driver import Driver, Steps, until
from workbench.demo.hub_process import HubProcess
from workbench.demo.session import PASSPHRASE
from workbench.demo.staged import StagedSubmission
from workbench.demo.tour_look import LookAround
from workbench.demo.tour_scoring import Scorer

SYNC_LIMIT_S = 45.0


class Tour:
    """Signs in, scores online and offline, sends. `confirmed` counts what the queue says arrived."""

    def __init__(
        self, driver: Driver, hub: HubProcess, code: str, online: StagedSubmission, offline: StagedSubmission
    ) -> None:
        self._driver = driver
        self._hub = hub
        self._code = code
        self._online = online
        self._offline = offline
        self._look = LookAround(driver)
        self.scorer = Scorer(driver, self._look)
        self.confirmed = 0

    def steps(self) -> Steps:
        """Everything, in order."""
        yield from self._look_light()
        yield from self._sign_in()
        yield from self._sync()
        yield from self._open(self._online)
        yield from self.scorer.see_unreadable(self._online)
        yield from self.scorer.score(self._online, all_pictures=True)
        yield from self.scorer.look_again(self._online)
        yield from self.scorer.finalize(self._online)
        yield from self._go_offline()
        yield from self._open(self._offline)
        yield from self.scorer.score(self._offline, all_pictures=False)
        yield from self.scorer.finalize(self._offline)
        yield from self._come_back()
        yield from self._send_now()
        yield from self._see_confirmed()

    def _look_light(self) -> Steps:
        self._driver.begin_step("Choose the light look")
        yield until("the sign-in page", lambda: self._driver.is_on("signInAddress"))
        yield from self._look.choose_look("Light", is_dark=False)

    def _sign_in(self) -> Steps:
        drive = self._driver
        drive.begin_step("Sign in")
        drive.type_into("signInAddress", self._hub.address)
        drive.type_into("signInCode", self._code)
        yield from drive.picture("sign-in")
        drive.click("signInButton")
        yield until("the page that protects the laptop", lambda: drive.is_on("protectButton"))
        drive.begin_step("Protect this laptop")
        if drive.is_checked("keyringChoice"):
            drive.click("keyringChoice", QPoint(8, drive.widget("keyringChoice").height() // 2))
        drive.type_into("passphraseField", PASSPHRASE)
        drive.type_into("passphraseAgainField", PASSPHRASE)
        yield from drive.picture("protect")
        drive.click("protectButton")
        yield until("the queue", lambda: self._rows() > 0, SYNC_LIMIT_S)

    def _sync(self) -> Steps:
        drive = self._driver
        drive.begin_step("Fetch the evidence")
        yield until("the chip to say Online", lambda: drive.text("syncChip").startswith("Online"), SYNC_LIMIT_S)
        drive.click("syncChip")
        yield until("all evidence", lambda: self._all_fetched(), SYNC_LIMIT_S)
        yield from drive.picture("synced")
        drive.press(Qt.Key.Key_Escape)
        yield until("the popover to close", lambda: drive.seen("syncPopover") is None)
        yield from drive.picture("queue")

    def _open(self, submission: StagedSubmission) -> Steps:
        drive = self._driver
        drive.begin_step(f"Open {submission.pseudonym}")
        drive.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        yield until("the search field", lambda: drive.is_on("queueSearch"))
        drive.type_into("queueSearch", submission.pseudonym)
        yield until("the one row", lambda: self._rows() == 1 and submission.pseudonym in self._row_text(0))
        queue = drive.widget("queueList")
        assert isinstance(queue, QListView)
        center = queue.visualRect(queue.model().index(0, 0)).center()
        drive.click_inside(queue.viewport(), center)
        about = submission.pseudonym
        yield until("the rubric", lambda: drive.is_on("level_A_1") and about in drive.text("submissionMeta"))
        yield until("the first card", lambda: drive.is_on("evidenceCard_1"))

    def _go_offline(self) -> Steps:
        drive = self._driver
        drive.begin_step("Go offline")
        self._hub.stop()
        yield from self._check_now("Offline")
        yield from drive.picture("offline")
        drive.press(Qt.Key.Key_Escape)
        yield until("the popover to close", lambda: drive.seen("syncPopover") is None)

    def _check_now(self, answer: str) -> Steps:
        """Open the popover and ask the hub; it stays open."""
        drive = self._driver
        drive.click("syncChip")
        yield until("the popover", lambda: drive.is_on("syncNowButton"))
        drive.click("syncNowButton")
        yield until(f"the chip to say {answer}", lambda: drive.text("syncChip").startswith(answer))

    def _come_back(self) -> Steps:
        drive = self._driver
        drive.begin_step("Come back")
        self._hub.start()
        yield from self._check_now("Online")
        yield from drive.picture("back-online")

    def _send_now(self) -> Steps:
        drive = self._driver
        drive.begin_step("Send now")
        drive.click("sendNowButton")
        yield until("both to be sent", lambda: "to send" not in drive.text("syncChip"))
        yield from drive.picture("sent")
        drive.press(Qt.Key.Key_Escape)
        yield until("the popover to close", lambda: drive.seen("syncPopover") is None)

    def _see_confirmed(self) -> Steps:
        """The queue lists both as confirmed."""
        drive = self._driver
        drive.begin_step("See both confirmed")
        drive.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        yield until("the search field", lambda: drive.is_on("queueSearch"))
        drive.type_into("queueSearch", "")
        drive.press(Qt.Key.Key_Backspace)
        drive.click("section_scored")
        yield until("both decisions", lambda: self._rows() >= self.scorer.finalized)
        yield until("them to be confirmed", lambda: self._count_confirmed() >= self.scorer.finalized)
        self.confirmed = self._count_confirmed()
        yield from drive.picture("confirmed")

    def _all_fetched(self) -> bool:
        words = self._driver.text("fetchProgress").split()
        return len(words) > 2 and words[0].isdigit() and words[0] == words[2]

    def _rows(self) -> int:
        queue = self._driver.seen("queueList")
        return queue.model().rowCount() if isinstance(queue, QListView) else 0

    def _row_text(self, row: int) -> str:
        queue = self._driver.seen("queueList")
        if not isinstance(queue, QListView):
            return ""
        index: QModelIndex = queue.model().index(row, 0)
        return str(index.data())

    def _count_confirmed(self) -> int:
        return sum("Confirmed" in self._row_text(row) for row in range(self._rows()))
