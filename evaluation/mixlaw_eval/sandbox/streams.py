"""The pipes to and from a process, used without ever waiting for it."""

from __future__ import annotations

import os

_CHUNK = 2**16


class Inflow:
    """Our end of a pipe that the process writes to, kept up to a limit."""

    def __init__(self, descriptor: int, limit: int) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.data = bytearray()
        self.ended = False
        self._limit = limit

    @property
    def overflowed(self) -> bool:
        """Whether more came than the limit allows."""
        return len(self.data) > self._limit

    def drain(self) -> None:
        """Take what is there; once above the limit, the rest stays in the pipe."""
        while not self.ended and not self.overflowed:
            try:
                chunk = os.read(self.descriptor, _CHUNK)
            except BlockingIOError:
                return
            self.data += chunk
            self.ended = not chunk

    def head(self) -> bytes:
        """What came, cut at the limit."""
        return bytes(self.data[: self._limit])


class Outflow:
    """Our end of a pipe that the process reads from."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self._pending = b""

    @property
    def is_pending(self) -> bool:
        """Whether something is left to be written."""
        return bool(self._pending)

    def put(self, content: bytes) -> None:
        """Add to what is to be written."""
        self._pending += content

    def flush(self) -> None:
        """Write what the pipe takes; all is dropped when nobody reads any more."""
        try:
            while self._pending:
                self._pending = self._pending[os.write(self.descriptor, self._pending) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._pending = b""
