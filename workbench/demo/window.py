"""Opens the real window on the demo and stays until it is closed."""

import signal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from workbench.app import Desktop, Invitation
from workbench.demo.hub_process import HubProcess
from workbench.demo.session import PASSPHRASE, Stage, enrolment_code, remember_port

LISTEN_MS = 500


def show(stage: Stage) -> int:
    """Start the hub, open the window with sign-in filled in, end both together. Returns the exit code."""
    with HubProcess(stage.hub, stage.port) as hub:
        remember_port(stage, hub.port)
        app = QApplication.instance() or QApplication([])
        QApplication.setApplicationName("assessor-workbench")
        QApplication.setApplicationDisplayName("Assessor Workbench")
        desktop = Desktop(stage.profile, invitation=invitation(stage, hub))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: desktop.close())
        # Python hears a signal only when it runs, and Qt may leave it waiting for long.
        listening = QTimer(app, interval=LISTEN_MS)
        listening.timeout.connect(lambda: None)
        listening.start()
        desktop.start()
        return app.exec()


def invitation(stage: Stage, hub: HubProcess) -> Invitation:
    """What the sign-in pages are filled with."""
    return Invitation(address=hub.address, code=enrolment_code(stage), passphrase=PASSPHRASE)
