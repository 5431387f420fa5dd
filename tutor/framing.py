"""How a message is delimited on a pipe: a 4-byte little-endian length, then that many bytes."""

from __future__ import annotations

HEADER_BYTES = 4
MAX_FRAME = 64 * 1024 * 1024


class WireError(Exception):
    """Bytes that are no message, or a message that cannot be what it says it is."""


def framed(body: bytes) -> bytes:
    """The body with its length in front. WireError if it is too large to be taken."""
    _refuse_too_large(len(body))
    return len(body).to_bytes(HEADER_BYTES, "little") + body


def body_length(header: bytes) -> int:
    """The length that a header announces. WireError if it is too large to be taken."""
    length = int.from_bytes(header, "little")
    _refuse_too_large(length)
    return length


def _refuse_too_large(length: int) -> None:
    if length > MAX_FRAME:
        raise WireError(f"a message of {length:,} bytes; at most {MAX_FRAME:,} are taken")
