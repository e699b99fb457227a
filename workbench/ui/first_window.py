"""One window per account: a later start finds the first window and asks it to come forward."""

import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WORD = b"raise\n"
WAIT_MS = 300


class FirstWindow(QObject):
    """Listens for later starts while it lives. Only this user may connect."""

    raised = Signal()

    def __init__(self, account_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        name = _server_name(account_id)
        # Only the holder of the account's lock gets here: what stands there is left over from a crash.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()
            socket.disconnectFromServer()


def raise_first_window(account_id: str) -> bool:
    """Ask the window that has this account open to come forward; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_server_name(account_id))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(_WORD)
    socket.flush()
    socket.waitForDisconnected(WAIT_MS)
    return True


def _server_name(account_id: str) -> str:
    return "workbench-" + hashlib.sha256(account_id.encode()).hexdigest()[:24]
