"""The wire: what is sent arrives, and no bytes at all can do more than be refused."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tutor import wire
from tutor.framing import HEADER_BYTES, MAX_FRAME, WireError, body_length

DTYPES = st.sampled_from(["f8", "f4", "f2", "i8", "i4", "u1", "?", "c16", ">f8"])


@given(hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0)))
def test_an_array_arrives_as_it_was(array: np.ndarray) -> None:
    arrived = wire.unpack_array(wire.pack_array(array))
    assert arrived.shape == array.shape
    assert arrived.dtype == array.dtype.newbyteorder("<")
    np.testing.assert_array_equal(arrived, array)
    assert not arrived.flags.writeable or arrived.ndim == 0


@pytest.mark.parametrize(
    "array",
    [np.arange(12.0).reshape(3, 4).T, np.arange(24.0).reshape(4, 6)[:, ::2], np.arange(6.0)[::-1]],
    ids=["transposed", "every other column", "backwards"],
)
def test_memory_that_is_not_in_a_row_stays_so(array: np.ndarray) -> None:
    arrived = wire.unpack_array(wire.pack_array(array))
    np.testing.assert_array_equal(arrived, array)
    assert not arrived.flags.c_contiguous


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_or_parsed(noise: bytes) -> None:
    for parse in (wire.parse_reply, wire.parse_request):
        with contextlib.suppress(WireError):
            parse(noise)


@given(st.data())
@settings(max_examples=200)
def test_a_damaged_message_is_refused_or_parsed(data: st.DataObject) -> None:
    """One byte changed anywhere: never anything but a message or a WireError."""
    reply = wire.Done(wire.pack_array(np.arange(6.0).reshape(2, 3)))
    body = bytearray(wire.frame(reply)[HEADER_BYTES:])
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        parsed = wire.parse_reply(bytes(body))
        if isinstance(parsed, wire.Done) and isinstance(parsed.value, wire.Array):
            wire.unpack_array(parsed.value)
    except WireError:
        pass


@pytest.mark.parametrize(
    "packed",
    [
        wire.Array("<f8", (2, 2), b"12345678"),
        wire.Array("<f8", (-1, -1), b"12345678"),
        wire.Array("|O8", (1,), b"12345678"),
        wire.Array("nonsense", (1,), b"12345678"),
        wire.Array("<f7", (1,), b"1234567"),
        wire.Array("<f8", (10**12, 10**12, 0), b""),
    ],
    ids=["too few bytes", "negative", "objects", "no dtype", "odd size", "huge empty"],
)
def test_an_array_that_cannot_be_is_refused(packed: wire.Array) -> None:
    try:
        wire.unpack_array(packed)
    except WireError:
        return
    pytest.fail("was taken")


def test_a_length_above_the_cap_is_refused_before_it_is_read() -> None:
    with pytest.raises(WireError, match="at most"):
        body_length((MAX_FRAME + 1).to_bytes(HEADER_BYTES, "little"))
