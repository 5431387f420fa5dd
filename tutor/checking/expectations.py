"""What is right: the reference's answers to every case of a check, worked out once."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from tutor.checking.judge import Expected, expected
from tutor.spec import Case, Check

SEED = 20


class CaseExpectation(Struct, frozen=True):
    """One case and the reference's arrays for it, in the order of the probe."""

    case: Case
    arrays: dict[str, Expected]


class Expectations(Struct, frozen=True):
    """A check with the right answers to all of its cases."""

    check: Check
    cases: tuple[CaseExpectation, ...]


def expectations(check: Check) -> Expectations:
    """Run the probe on the reference for every case. What it raises is the course's fault."""
    cases = tuple(check.cases(np.random.default_rng(SEED)))
    return Expectations(check, tuple(_expectation(check, case) for case in cases))


def _expectation(check: Check, case: Case) -> CaseExpectation:
    answers = check.probe(check.reference, case)
    arrays = {name: expected(name, value, case, check.tolerance) for name, value in answers}
    return CaseExpectation(case, arrays)
