"""Speed as ratios, each against a yardstick that is measured in turn with it, in the same run.

    python -m tests.benchmarks [--runs N]

Machines are noisy: run it when nothing else does, and read the medians.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.benchmarks.terminal import Terminal, drawn_within
from tutor.checking.checker import Checker
from tutor.course.loader import Course

EXERCISE = "linear_backward"
YARDSTICK_APP = Path(__file__).with_name("one_markdown.py")


def seconds(command: list[str]) -> float:
    """Wall-clock time of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def against(
    label: str, aim: float, runs: int, ours: Callable[[], float], yardstick: Callable[[], float]
) -> None:
    """Measure in turn, ours and the yardstick; print medians and the median of the ratios."""
    ours(), yardstick()
    pairs = [(ours(), yardstick()) for _ in range(runs)]
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{label:46} {mine * 1e3:6.0f} ms {other * 1e3:6.0f} ms   {ratio:5.2f}x   (aim {aim}x)")


def command_line(tutor: list[str], folder: Path, runs: int) -> None:
    workspace = ["--workspace", str(folder / "cli")]
    numpy_import = [sys.executable, "-c", "import numpy"]
    seconds([*tutor, "check", EXERCISE, *workspace])
    solve(folder / "cli")
    for words, aim in ((["list"], 1.6), (["check", EXERCISE], 2.5)):
        command = [*tutor, *words, *workspace]
        label = f"bp-tutor {' '.join(words)} / import numpy"
        against(label, aim, runs, lambda c=command: seconds(c), lambda: seconds(numpy_import))


def solve(workspace: Path, ending: str = "\n# mine\n") -> None:
    solution = Course.load(Course.locate(None)).solution(EXERCISE)
    (workspace / "exercises" / f"{EXERCISE}.py").write_text(solution + ending, encoding="utf-8")


def first_screen(tutor: list[str], folder: Path, runs: int) -> None:
    ours = [*tutor, "--workspace", str(folder / "screen")]
    plain = [sys.executable, str(YARDSTICK_APP)]
    against(
        "first screen / Textual app with one Markdown",
        1.3,
        runs,
        lambda: drawn_within(ours, b"first_save"),
        lambda: drawn_within(plain, b"first_save"),
    )


def save_to_verdict(tutor: list[str], folder: Path, saves: int) -> None:
    """From the editor's rename to the last byte of the new verdict at the terminal."""
    workspace = folder / "saves"
    seconds([*tutor, "check", EXERCISE, "--workspace", str(workspace)])
    path = workspace / "exercises" / f"{EXERCISE}.py"
    right = Course.load(Course.locate(None)).solution(EXERCISE)
    wrong = right.replace("axis=0", "axis=1")
    taken = []
    with Terminal([*tutor, "--workspace", str(workspace)], size=(120, 36)) as terminal:
        terminal.wait_for(b"first_save")
        terminal.type("/")
        time.sleep(0.5)
        terminal.type(EXERCISE)
        time.sleep(0.5)
        terminal.type("\r")
        time.sleep(1.5)
        for number in range(saves):
            source, shown = (right, b"PASSED") if number % 2 else (wrong, b"WRONG")
            terminal.drain()
            started = time.perf_counter()
            beside = path.with_suffix(".tmp")
            beside.write_text(f"{source}\n# save {number}\n", encoding="utf-8")
            beside.replace(path)
            terminal.wait_for(shown)
            taken.append(time.perf_counter() - started)
            time.sleep(0.6)
    told = " ".join(f"{q} % {np.percentile(taken, q) * 1e3:.0f} ms" for q in (50, 95, 100))
    print(f"save to verdict on screen, {saves} saves: {told}   (aim: 95 % in 150 ms)")


def check_alone(folder: Path, runs: int) -> None:
    course = Course.load(Course.locate(None))
    checker = Checker(course)
    checker.warm()
    path = folder / "mine.py"
    path.write_text(course.solution(EXERCISE) + "\n# mine\n", encoding="utf-8")
    taken = []
    for _ in range(runs):
        time.sleep(0.5)  # the spare worker warms up, as it does between two saves
        taken.append(checker.check_file(course.exercises[EXERCISE], path)[0].seconds)
    checker.close()
    told = " ".join(f"{q} % {np.percentile(taken[1:], q) * 1e3:.0f} ms" for q in (50, 95))
    print(f"check of {EXERCISE} with a warm worker: {told}   (aim: 30 ms)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    arguments = parser.parse_args()
    beside = Path(sys.executable).with_name("bp-tutor")
    program = str(beside) if beside.exists() else shutil.which("bp-tutor")
    tutor = [program] if program else [sys.executable, "-m", "tutor"]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs have their bytecode
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command_line(tutor, folder, arguments.runs)
        first_screen(tutor, folder, arguments.runs)
        check_alone(folder, 2 * arguments.runs)
        save_to_verdict(tutor, folder, 4 * arguments.runs)


if __name__ == "__main__":
    main()
