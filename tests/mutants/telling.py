"""How much of what a rejected mutant did is told: its name, its place, or neither."""

from __future__ import annotations

from typing import Literal

from tests.mistakes.corpus import PLACES
from tutor.diagnosis.diagnose import after_search, at_once
from tutor.diagnosis.evidence import Evidence
from tutor.diagnosis.misconceptions import Known

Told = Literal["named", "located", "neither"]


def told(evidence: Evidence, known: Known) -> Told:
    """What a learner is told at once and after the search, in one word.

    Named: a misconception, a habit, something remembered, a factor, a formula, a broken relation;
    also a lent array that was not put back and a limit that was missed, which findings name.
    Located: no name, but the cases or the entries that are wrong, where it starts, or some arrays
    wrong and others right.
    """
    if not evidence.wrong:
        return "named"
    first = at_once(evidence, known)
    found = {each.id for each in (*first, *after_search(evidence, known, first))}
    if found - PLACES:
        return "named"
    return "located" if found or len(evidence.wrong) < len(evidence.arrays) else "neither"
