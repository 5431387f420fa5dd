"""What the tutor remembers about a learner, as frozen values. Times are seconds since the epoch."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tutor.verdict import Outcome, Verdict

KeptKind = Literal["reset", "restore", "draft"]
VersionKind = Literal["attempt", "reset", "restore", "draft"]
Mark = Literal["right", "partly", "wrong"]


class Attempt(Struct, frozen=True):
    """One check of one saved version of a file; its source is kept under `sha256`."""

    id: int
    exercise: str
    at: float
    sha256: str
    outcome: Outcome
    verdict: Verdict

    @property
    def passed(self) -> bool:
        return self.outcome == "passed"

    @property
    def fitting_hints(self) -> tuple[int, ...]:
        """The numbers of the hints that fit the mistakes that were named."""
        return tuple(each.hint for each in self.verdict.diagnoses if each.hint)


class Version(Struct, frozen=True):
    """A kept version of a learner's file: from an attempt, or set aside by reset or restore.

    `outcome` and `verdict` are None for versions that were kept without being checked. `id` counts
    all kept versions of the workspace and is what `history` prints and `restore` takes.
    """

    id: int
    exercise: str
    at: float
    sha256: str
    kind: VersionKind
    outcome: Outcome | None
    verdict: Verdict | None = None


class HintTaken(Struct, frozen=True):
    """A hint that was shown: which, when, for which bytes, and whether it was asked for early."""

    exercise: str
    number: int
    at: float
    sha256: str
    anyway: bool


class Answer(Struct, frozen=True):
    """A learner's committed answer to a checkpoint; `text` is None for "I don't know"."""

    lesson: str
    checkpoint: str
    text: str | None
    mark: Mark | None
    at: float
