"""The messages between the tutor and the worker that runs learner code.

Everything is plain data: numbers, text, sequences, and arrays as raw buffers with a dtype and a
shape, in MessagePack. Nothing is pickled, so reading a message can never run code. The tutor
parses replies as if an enemy had written them: dtypes are on a list, shapes must fit their
buffers, lengths are capped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from msgspec import Meta, Struct

from tutor.framing import WireError, framed

NUMERIC_KINDS = "biufc"
MAX_ARRAY = 48 * 1024 * 1024
MAX_DEPTH = 16
MAX_ITEMS = 20_000

MODULE = 0
OPERATION = 1
FIRST_FREE = 2
OPERATORS = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "pow": "**",
    "matmul": "@",
    "neg": "-",
}


# -- values -------------------------------------------------------------------------------------


Layout = Literal["C", "F", "gaps"]


class Array(Struct, frozen=True, tag="a"):
    """A numeric NumPy array, C-ordered. `scalar` marks a NumPy scalar such as `np.float64(1)`.

    `lent` marks an argument that the callee may write to but must hand back unchanged; `layout`
    asks the receiver to lay it out in memory as the sender had it: C order, Fortran order, or
    with gaps between the entries.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes
    scalar: bool = False
    lent: bool = False
    layout: Layout = "C"


class Sequence(Struct, frozen=True, tag="s"):
    """A list (`mutable`) or a tuple."""

    mutable: bool
    items: Annotated[tuple[Value, ...], Meta(max_length=MAX_ITEMS)]


class Mapping(Struct, frozen=True, tag="m"):
    """A dict with text keys."""

    items: Annotated[dict[str, Value], Meta(max_length=MAX_ITEMS)]


class Handle(Struct, frozen=True, tag="h"):
    """An object that stays in the worker: number `id`, of class `cls`."""

    id: int
    cls: str


class Method(Struct, frozen=True, tag="f"):
    """Something callable that stays in the worker, found as an attribute."""

    name: str


class Callback(Struct, frozen=True, tag="c"):
    """A function of the tutor's that learner code may call."""

    id: int


class Seed(Struct, frozen=True, tag="r"):
    """A random generator, to be made from its seed in the receiving process."""

    seed: int


class Opaque(Struct, frozen=True, tag="o"):
    """A value that has no business on the wire; only its type's name travels."""

    type_name: str


Value = (
    None
    | bool
    | int
    | float
    | str
    | Array
    | Sequence
    | Mapping
    | Handle
    | Method
    | Callback
    | Seed
    | Opaque
)


# -- requests: tutor to worker ------------------------------------------------------------------


class Load(Struct, frozen=True, tag="load"):
    """Run this source as the learner's module. `folder` is where its imports are looked up.

    `seconds` (wall clock) and `memory_mb` (address space on top of the idle worker's) bound
    everything that learner code does from here on.
    """

    source: bytes
    filename: str
    folder: str
    seconds: float
    memory_mb: int


class Make(Struct, frozen=True, tag="make"):
    """Call `name` on handle `target` and keep what comes back as handle `id`.

    Handle 0 is the module; handle 1 has Python's operators, under the names in `OPERATORS`.
    """

    id: int
    target: int
    name: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]


class Call(Struct, frozen=True, tag="call"):
    """Call `name` on the object with handle `target`, or on the module (target 0).

    `measured` asks for the peak of the memory that is allocated while it runs.
    """

    target: int
    name: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    measured: bool = False


class Get(Struct, frozen=True, tag="get"):
    target: int
    name: str


class Take(Struct, frozen=True, tag="take"):
    """Read an attribute of handle `target` and keep it as handle `id`."""

    id: int
    target: int
    name: str


class Set(Struct, frozen=True, tag="set"):
    target: int
    name: str
    value: Value


class Fetch(Struct, frozen=True, tag="fetch"):
    """Send what these handles hold, as one tuple."""

    targets: tuple[int, ...]


class Drop(Struct, frozen=True, tag="drop"):
    """Forget a handle that the tutor no longer uses."""

    target: int


class Mute(Struct, frozen=True, tag="mute"):
    """Drop what learner code prints from here on, or stop dropping it."""

    on: bool


class Answer(Struct, frozen=True, tag="answer"):
    """What a callback returned, or the message of the exception that it raised."""

    value: Value
    error: str = ""


Request = Load | Make | Call | Get | Take | Set | Fetch | Drop | Mute


class Batch(Struct, frozen=True, tag="batch"):
    """Requests in order. Only the last one's result is answered; the first failure ends it."""

    requests: tuple[Request, ...]


# -- replies: worker to tutor -------------------------------------------------------------------


class Line(Struct, frozen=True):
    """One of the learner's own lines in a traceback."""

    file: str
    line: int
    function: str
    text: str


class Ready(Struct, frozen=True, tag="ready"):
    """Sent once by a new worker: which limits hold in it (name -> what was done or why not)."""

    held: dict[str, str]
    lacking: dict[str, str]


class Loaded(Struct, frozen=True, tag="loaded"):
    """The learner's module ran; these are its public names, classes apart."""

    classes: tuple[str, ...]
    others: tuple[str, ...]


class Done(Struct, frozen=True, tag="done"):
    """A result. `changed` holds the lent arguments whose bytes differ now, by name or position.

    `peak` is the most memory in bytes that a measured call had allocated at a time.
    """

    value: Value
    changed: dict[str, Array] = {}
    peak: int = 0


class Asked(Struct, frozen=True, tag="asked"):
    """Learner code calls callback `id`; an `Answer` is awaited."""

    id: int
    args: tuple[Value, ...]
    kwargs: dict[str, Value]


class Failed(Struct, frozen=True, tag="failed"):
    """Learner code did not get through.

    `error` names the exception, `kind` says how: exception, syntax, missing, readonly, memory,
    timeout, exit, input, output, import or todo. `where` is the failed request
    (`Linear.backward`), `lines` the learner's own lines, outermost first, `known` the public
    names that a missing name may have been meant as.
    """

    kind: str
    error: str
    message: str
    where: str
    lines: tuple[Line, ...] = ()
    known: tuple[str, ...] = ()


Reply = Ready | Loaded | Done | Asked | Failed


_encoder = msgspec.msgpack.Encoder()
encode_body: Callable[[Any], bytes] = _encoder.encode
_batches = msgspec.msgpack.Decoder(Batch | Answer)
_replies = msgspec.msgpack.Decoder(Reply)


def frame(message: Batch | Answer | Reply) -> bytes:
    """A message as bytes, with its length in front. WireError if it cannot be sent."""
    try:
        body = encode_body(message)
    except (OverflowError, RecursionError, UnicodeEncodeError) as error:
        raise WireError(f"cannot be sent: {error}") from error
    return framed(body)


def parse_request(body: bytes) -> Batch | Answer:
    """Raises WireError for anything that is not a request."""
    return _parse(_batches, body)  # type: ignore[no-any-return]


def parse_reply(body: bytes) -> Reply:
    """Raises WireError for anything that is not a reply."""
    return _parse(_replies, body)  # type: ignore[no-any-return]


def _parse(decoder: msgspec.msgpack.Decoder[Any], body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError, ValueError, UnicodeDecodeError) as error:
        raise WireError(f"not a message: {error}") from error


# -- arrays and values --------------------------------------------------------------------------


def pack_array(array: np.ndarray[Any, Any] | np.generic, *, lent: bool = False) -> Array:
    """An array for the wire. Its kind must be numeric.

    The buffer holds the entries as they shall lie in memory, gaps included.
    """
    layout: Layout = "C"
    plain = np.asarray(array).astype(array.dtype.newbyteorder("<"), order="K", copy=False)
    data = plain
    if not plain.flags.c_contiguous and plain.size:
        layout = "F" if plain.flags.f_contiguous else "gaps"
        data = plain.T if layout == "F" else np.repeat(plain, 2, axis=-1)
    return Array(
        dtype=plain.dtype.str,
        shape=plain.shape,
        data=data.tobytes(),
        scalar=isinstance(array, np.generic),
        lent=lent,
        layout=layout,
    )


def unpack_array(packed: Array) -> np.ndarray[Any, Any]:
    """The array, viewing the message's buffer, so that nobody can make it writeable.

    WireError if its parts do not fit.
    """
    order, kind = packed.dtype[:1], packed.dtype[1:2]
    if len(packed.dtype) > 4 or order not in "<|" or kind not in NUMERIC_KINDS:
        raise WireError(f"no numeric dtype: {packed.dtype!r}")
    if any(size < 0 for size in packed.shape):  # -1 would be filled in
        raise WireError(f"no shape: {packed.shape!r}")
    try:
        flat = np.frombuffer(packed.data, np.dtype(packed.dtype))
        if packed.layout == "F":
            return flat.reshape(packed.shape[::-1]).T
        if packed.layout == "gaps" and packed.shape:
            return flat.reshape(*packed.shape[:-1], 2 * packed.shape[-1])[..., ::2]
        return flat.reshape(packed.shape)
    except (TypeError, ValueError, OverflowError) as error:
        raise WireError(f"no array: {error}") from error
