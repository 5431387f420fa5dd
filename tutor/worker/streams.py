"""What learner code has in place of a terminal, and the pipes that it does not see."""

from __future__ import annotations

import io
import os
from typing import Any

from tutor import wire
from tutor.framing import HEADER_BYTES, body_length

MAX_OUTPUT = 1_000_000


class TooMuchOutput(BaseException):
    """Learner code printed more than `MAX_OUTPUT` bytes."""


class AskedForInput(BaseException):
    """Learner code waits for a keyboard that it does not have."""


class Capture(io.BufferedIOBase):
    """Where learner prints go: the capture file behind descriptor 2, up to a limit."""

    def __init__(self) -> None:
        self.muted = False
        self._left = MAX_OUTPUT

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = len(data)
        if self.muted:
            return size
        if size > self._left:
            os.write(2, bytes(data[: self._left]))
            self._left = 0
            raise TooMuchOutput
        self._left -= size
        os.write(2, data)
        return size


class Channel:
    """Frames over two pipe descriptors, kept off the standard streams."""

    def __init__(self, requests: int, replies: int) -> None:
        self._requests = requests
        self._replies = replies

    def receive(self) -> wire.Batch | wire.Answer:
        """The next request. EOFError when the tutor is gone."""
        return wire.parse_request(self._read(body_length(self._read(HEADER_BYTES))))

    def send(self, reply: wire.Reply) -> None:
        view = memoryview(wire.frame(reply))
        while view:
            view = view[os.write(self._replies, view) :]

    def _read(self, size: int) -> bytes:
        parts = []
        while size:
            part = os.read(self._requests, min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def refuse_input(*_prompt: object) -> str:
    """Stands in for `input()`."""
    raise AskedForInput
