"""How long the formula search takes, what it finds, and what it finds where nothing is.

    PYTHONPATH=. python tests/diagnosis/measure_formula.py [--budget 0.3] [--nonsense 1]

Every row of the table is searched for with its budget, three times, and the fastest counts; then
`--nonsense` bent versions of each row, which no formula should fit.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence

import numpy as np
from formula_mistakes import TABLE, samples
from test_formula_search import NONSENSE, title

from tutor.diagnosis.formula.samples import Sample
from tutor.diagnosis.formula.search import search


def timed(tried: list[Sample], budget: float) -> tuple[float, float, str | None]:
    """Wall-clock and processor seconds, and what was found."""
    started, worked = time.perf_counter(), time.process_time()
    found = search(tried, budget)
    text = found.text if found is not None else None
    return time.perf_counter() - started, time.process_time() - worked, text


def finds(budget: float) -> None:
    fastest, missed, others = [], [], []
    for row in TABLE:
        tried = samples(row)
        runs = [timed(tried, budget) for _ in range(3)]
        fastest.append(min(runs, key=lambda run: run[0]))
        text = fastest[-1][2]
        if text is None:
            missed.append(title(row))
        elif text != row.read:
            others.append(f"{title(row)} -> {text}")
    print(f"{len(TABLE)} formulas, budget {budget * 1e3:.0f} ms: {len(missed)} missed")
    _print_times(fastest)
    for line in [*(f"missed: {m}" for m in missed), *(f"another: {o}" for o in others)]:
        print(line)


def false_finds(budget: float, count: int) -> None:
    runs = []
    for number, row in enumerate(TABLE):
        for bend in (NONSENSE[(number + k) % len(NONSENSE)] for k in range(count)):
            tried = [
                Sample(bend(s.target), s.leaves, s.sizes)
                for s in samples(row)
                if np.isfinite(s.target).all() and s.target.size > 1
            ]
            if not tried:
                continue
            runs.append(timed(tried, budget))
            if runs[-1][2] is not None:
                print(f"FALSE: {title(row)}, {bend.__name__} -> {runs[-1][2]}")
    found = sum(run[2] is not None for run in runs)
    print(f"{len(runs)} arrays that are no formula: {found} found to be one")
    _print_times(runs)


def _print_times(runs: Sequence[tuple[float, float, str | None]]) -> None:
    for which, kind in ((0, "wall clock"), (1, "processor")):
        times = sorted(run[which] * 1e3 for run in runs)
        late = times[int(0.95 * len(times))]
        middle = statistics.median(times)
        print(f"  {kind}: median {middle:.0f} ms, 95 % {late:.0f} ms, worst {times[-1]:.0f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--budget", type=float, default=0.3)
    parser.add_argument("--nonsense", type=int, default=1)
    options = parser.parse_args()
    finds(options.budget)
    if options.nonsense:
        false_finds(options.budget, options.nonsense)
