"""How much slips through the checks: the references with thousands of small slips in them.

    python -m tests.mutants [--equivalents] [EXERCISE ...]

Each mutant is played through its exercise's check. One that passes is held against the reference
on other inputs; if it differs there, it has survived, and the check has a hole. What the columns
mean is printed below them. Equivalents are worth reading, too: a check may never look at a thing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.mutants.elsewhere import SCALES, SEEDS
from tests.mutants.measuring import DOUBLES, TOLD, Tally, hold_memory, measured
from tutor.course.loader import Course

COLUMNS = ("mutants", "raised", "rejected", "equivalent", "survivors")
LEGEND = f"""
mutants     references with one slip, every one there is, and {DOUBLES} random pairs of two
raised      raise in some scene of the check, or run on without end
rejected    some array is wrong in some scene, or the tutor says that something else is
equivalent  accepted, and nowhere different from the reference: {len(SEEDS)} other seeds with all
            scenes, and the cases at {" and ".join(f"{scale:g}" for scale in SCALES)} times the \
numbers (places: so many scenes)
survivors   accepted by the tutor, and different from the reference there
named       of up to {TOLD} rejected ones an exercise, drawn at random: told by a name that gives
            the same numbers, at once or after the search (if it is the cause, nobody looks here)
located     of the same: no name, but told where (cases, entries, arrays, or where it starts)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("exercise", nargs="*")
    parser.add_argument("--equivalents", action="store_true", help="list them as well")
    arguments = parser.parse_args()
    wanted = arguments.exercise
    root = Course.locate(None)
    known = Course.load(root).exercises
    for name in wanted:
        if name not in known:
            parser.error(f"there is no exercise {name}")
    started = time.perf_counter()
    print(f"{'':22}" + "".join(f"{each:>11}" for each in (*COLUMNS, "places")), end="")
    print(f"{'named':>9}{'located':>9}")
    tallies = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), context, initializer=hold_memory) as pool:
        for tally in pool.map(partial(measured, root), wanted or list(known)):
            tallies.append(tally)
            if not tally.left_out:
                print(_row(tally), flush=True)
    print(_row(_sum(tallies)))
    print(LEGEND)
    for tally in tallies:
        if tally.left_out:
            print(f"left out: {tally.exercise}, {tally.left_out}")
    _tell_survivors(tallies)
    for tally in tallies if arguments.equivalents else ():
        for change in tally.equivalents:
            print(f"equivalent: {tally.exercise}, {change}")
    worked = sum(tally.seconds for tally in tallies)
    by_the_clock = time.perf_counter() - started
    print(f"\n{worked:.0f} seconds of work, {by_the_clock:.0f} by the clock")


def _row(tally: Tally) -> str:
    raised = tally.counts["raised"] + tally.counts["ran on"]
    numbers = [{**tally.counts, "raised": raised}.get(each, 0) for each in COLUMNS]
    drawn = sum(tally.told.values())
    shares = [
        f"{100 * tally.told[each] / drawn:.0f} %" if drawn else "-" for each in ("named", "located")
    ]
    cells = "".join(f"{number:11,}" for number in (*numbers, tally.elsewhere))
    return f"{tally.exercise:22}{cells}" + "".join(f"{share:>9}" for share in shares)


def _sum(tallies: list[Tally]) -> Tally:
    counts, told = Counter[str](), Counter[str]()
    for tally in tallies:
        counts += tally.counts
        told += tally.told
    return Tally("all", counts, told, elsewhere=sum(tally.elsewhere for tally in tallies))


def _tell_survivors(tallies: list[Tally]) -> None:
    for tally in tallies:
        for each in tally.survivors:
            given = "  (a line that the stub gives)" if each.given else ""
            print(f"\nSURVIVOR {tally.exercise}{given}\n  {each.change}\n  {each.place}")


if __name__ == "__main__":
    main()
