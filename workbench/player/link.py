"""The window's line to one playback process: two threads, so that the window never waits for a pipe.

The writer starts the process and sends; the reader receives and copies frames out of the ring. Neither
touches a widget: everything goes through the two callbacks, which must only queue.
"""

import queue
import threading
from collections.abc import Callable
from typing import Any

from workbench.decoding.child import Child, HeldSource
from workbench.player.process import main
from workbench.player.ring import EmptiedRing

EVENT_LIMIT = 4096
Hear = Callable[["Link", dict[str, Any]], None]

_STOP: tuple[Any, ...] = ("stop",)


class Link:
    """One process from its start to its end. `hear` gets every event; `{"event": "gone"}` is the last.

    A `hear` that raises ValueError ends it.
    """

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._outbox: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._child: Child | None = None
        self._stopping = False
        self._rings: dict[int, EmptiedRing] = {}
        self._lock = threading.Lock()
        self._writer = threading.Thread(target=self._write, name="player-writer", daemon=True)
        self._writer.start()

    @property
    def pid(self) -> int:
        """The process id, 0 before it was started."""
        return self._child.pid if self._child is not None else 0

    def post(self, *command: Any) -> None:
        """Send a command: its name, its number, its arguments. Never blocks."""
        self._outbox.put(command)

    def post_ring(self, number: int, width: int, height: int) -> None:
        """Give the process a new ring for frames up to this size; the old one goes."""
        self._outbox.put(("ring", number, width, height))

    def post_open(self, number: int, source: HeldSource) -> None:
        """Open a file. The source is closed once it was sent."""
        self._outbox.put(("open", number, source))

    def stop(self) -> None:
        """End the process; returns at once."""
        self._stopping = True
        self._outbox.put(_STOP)
        if self._child is not None:
            # The writer may be stuck in a pipe that a hung process no longer empties.
            self._child.strike()

    def join(self, timeout_s: float) -> None:
        """Wait until process and threads have ended."""
        self._writer.join(timeout_s)

    def _write(self) -> None:
        child = reader = None
        try:
            child = self._child = Child(main, "player")
            reader = threading.Thread(target=self._read, args=(child,), name="player-reader", daemon=True)
            reader.start()
            while (command := self._outbox.get()) is not _STOP and not self._stopping:
                self._send(child, command)
        except OSError:
            pass  # the process is gone; the reader says so, or nobody asks any more
        finally:
            self._end(child, reader)

    def _send(self, child: Child, command: tuple[Any, ...]) -> None:
        name, number, *arguments = command
        if name == "open":
            source: HeldSource = arguments[0]
            try:
                child.send("open", number)
                child.send_source(source)
            finally:
                source.close()
        elif name == "ring":
            ring = EmptiedRing(arguments[0], arguments[1], number)
            with self._lock:
                self._rings[number] = ring
            child.send("ring", number)
            child.give(ring.block)
        else:
            child.send(*command)

    def _end(self, child: Child | None, reader: threading.Thread | None) -> None:
        if child is not None:
            child.kill()
        if reader is not None:
            reader.join()
        if child is not None:
            child.close()
        while not self._outbox.empty():
            command = self._outbox.get()
            if command[0] == "open":
                command[2].close()
        for ring in self._rings.values():
            ring.close()
        self._hear(self, {"event": "gone"})

    def _read(self, child: Child) -> None:
        try:
            while True:
                event = child.receive(None, EVENT_LIMIT)
                event.pop("image", None)
                if event.get("event") == "frame":
                    self._read_frame(event)
                self._hear(self, event)
        except (EOFError, OSError, ValueError):
            self._outbox.put(_STOP)

    def _read_frame(self, event: dict[str, Any]) -> None:
        """Put a copy of the frame into the event, as `image`, and give the slot back."""
        from PySide6.QtGui import QImage

        named = event.get("ring")
        with self._lock:
            ring = self._rings.get(named) if type(named) is int else None
            if ring is None:
                raise ValueError("a frame in a ring that we never made")
            for number in [number for number in self._rings if number < ring.number]:
                self._rings.pop(number).close()
        place = ring.place(event)
        with ring.pixels(place) as pixels:
            image = QImage(pixels, place.width, place.height, place.width * 4, QImage.Format.Format_RGB32)
            event["image"] = image.copy()
            del image
        self.post("free", ring.number, place.slot)
