"""A failure as the screen tells it: what, where, and what to do."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from tutor.errors import TutorError


@dataclass(frozen=True)
class Problem:
    """What went wrong, where, and what a learner can do about it."""

    message: str
    where: str = ""
    hint: str = ""

    def sentence(self) -> str:
        """All of it in one run of words, for a toast."""
        return " ".join(each for each in (self.message, self.hint) if each)


def problem_of(error: BaseException) -> Problem:
    """Our own errors in their own words; anything else as the bug of ours that it is."""
    if isinstance(error, TutorError):
        return Problem(error.message, error.where(), error.hint)
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return Problem(
        f"bp-tutor itself failed: {type(error).__name__}: {error}",
        place,
        "What you wrote is safe. Please report this line.",
    )
