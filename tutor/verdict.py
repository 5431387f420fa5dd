"""What one check found out, as frozen values that travel to the store, the screen and JSON."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Outcome = Literal["passed", "wrong", "faulty"]

FindingKind = Literal[
    # The code ran and its answer is not right.
    "shape",
    "value",
    "nan",
    "none",
    "type",
    "dtype",
    "mutation",
    "forward",
    "backward",
    # There is nothing to judge, or not all of it.
    "unchanged",
    "todo",
    "missing",
    "syntax",
    "import",
    "crash",
    "timeout",
    "memory",
    "output",
    "exit",
    "input",
    "died",
    "file",
]

FAULTS: frozenset[FindingKind] = frozenset(
    {
        "unchanged",
        "todo",
        "missing",
        "syntax",
        "import",
        "crash",
        "timeout",
        "memory",
        "output",
        "exit",
        "input",
        "died",
        "file",
    }
)


class Frame(Struct, frozen=True):
    """One of the learner's own lines in a traceback."""

    line: int
    function: str
    text: str
    file: str = ""


class Finding(Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong.

    `case` and `array` say where (both empty when the whole file is meant), `kind` how,
    `message` tells it in plain words. `yours` and `expected` are short renderings of the
    worst entry or of the shapes. `frames` are the learner's own lines, outermost first.
    """

    case: str
    array: str
    kind: FindingKind
    message: str
    yours: str = ""
    expected: str = ""
    frames: tuple[Frame, ...] = ()


class Diagnosis(Struct, frozen=True, omit_defaults=True):
    """The named cause of findings, with the numbers that prove it.

    `message` says what was done, `evidence` how that is known, `why` why it is wrong. `read`
    names a lesson and its section (`linear-layer#one-number-at-a-time`), `reading` is that in
    words; `hint` is the number of the hint that fits, `arrays` what is explained.
    """

    id: str
    message: str
    evidence: str
    why: str = ""
    read: str = ""
    reading: str = ""
    hint: int = 0
    arrays: tuple[str, ...] = ()


class ArrayTally(Struct, frozen=True):
    """How many cases one array was right in, of those it was judged in."""

    array: str
    right: int
    judged: int


class Verdict(Struct, frozen=True):
    """Everything one check found out about one version of one file.

    `sha256` is the hash of the judged bytes, `seconds` the wall-clock time of the check,
    `output` what the learner's code printed (capped).
    """

    exercise: str
    outcome: Outcome = field(name="verdict")
    sha256: str
    seconds: float
    findings: tuple[Finding, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    output: str = ""
    arrays: tuple[ArrayTally, ...] = ()
    cases: int = 0

    @property
    def passed(self) -> bool:
        return self.outcome == "passed"
