"""A course of three lessons and three exercises, and a checker that answers by magic words."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from msgspec import structs
from textual.pilot import Pilot

from tutor.lending import Followed
from tutor.spec import Exercise
from tutor.tui.app import TutorApp
from tutor.tui.screens.base import ExerciseBound
from tutor.tui.widgets.key_line import KeyLine
from tutor.tui.widgets.title_line import TitleLine
from tutor.verdict import ArrayTally, Diagnosis, Finding, Frame, Verdict

Running = Callable[..., AbstractAsyncContextManager[Pilot[None]]]

PICTURE = "".join(str(n % 10) for n in range(76))

COURSE = {
    "lessons/course.toml": """
format_version = 1
title = "A small course"
levels = ["one thing works", "two things work", "nothing counts for this", "nor for this"]

[[units]]
title = "First"

[[units.lessons]]
file = "00-hello.md"
exercises = ["alpha"]

[[units]]
title = "Second"

[[units.lessons]]
file = "01-numbers.md"

[[units.lessons]]
file = "02-more.md"
exercises = ["beta", "gamma"]

[exercises.alpha]
level = 1

[exercises.beta]
level = 2
needs = ["alpha"]

[exercises.gamma]
""",
    "lessons/00-hello.md": f"""# Hello

A first paragraph with `code` and a link to [numbers](01-numbers.md).

```text
{PICTURE}
```

**Checkpoint.** What shape has it? Two numbers.

<details data-answer="3 5"><summary>Answer</summary>

It is (3, 5), because a gradient has the shape of its variable.

</details>

Between the two.

**Checkpoint.** Why does it have that shape?

<details><summary>Answer</summary>

Each entry has its own gradient.

</details>

## Your turn

`alpha`: do something.
""",
    "lessons/01-numbers.md": "# Numbers\n\n"
    + "\n\n".join(f"Paragraph {n} of many." for n in range(20))
    + "\n\n## Deep `inside`\n\n"
    + "\n\n".join(f"Paragraph {n} of many." for n in range(20, 40)),
    "lessons/02-more.md": "# More of it\n\nShort.\n",
}

for _name in ("alpha", "beta", "gamma"):
    COURSE |= {
        f"exercises/{_name}.py": f'"""{_name}."""\n\n\ndef {_name}(x):\n    return x  # TODO\n',
        f"exercises/{_name}.md": f"""# The exercise {_name}

What to do in {_name}.

## Hint: a nudge
Look at the shapes.

## Hint: the idea
Twice is a product.

## Hint: nearly all
Write `2 * x`.
""",
        f"checks/{_name}.py": "gradients = {}\n\n\ndef cases(rng):\n    return []\n\n\n"
        "def probe(learner, case):\n    return []\n",
        f"checks/solutions/{_name}.py": f'"""Ours."""\n\n\ndef {_name}(x):\n    return 2 * x\n',
    }


def write_course(root: Path) -> Path:
    for name, text in COURSE.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


class FakeTicket:
    """Counts as a cancellation, and can be waited for."""

    def __init__(self) -> None:
        self.listener: Callable[[Followed], None] | None = None
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class CalledOff(Exception):
    pass


class FakeChecker:
    """Judges by words in the file: `PASS`, `CRASH`, `BROKEN`, `ODD` (wrong, and not clear why),
    `PLAIN` (wrong, and no hint fits).

    `SLOW` waits for `release`, and reports its `REPORTS` before. The search for causes waits for
    `release` where the file says `SEARCH`, and finds one where it says `CAUSE`.
    """

    def __init__(self) -> None:
        self.release = threading.Event()
        self.judged: list[str] = []
        self.called_off = 0
        self.waiting = threading.Event()
        self.searching = threading.Event()
        self.searches_called_off = 0
        self.warmed = threading.Event()

    def warm(self) -> None:
        self.warmed.set()

    def close(self) -> None:
        self.release.set()

    def check_file(
        self, exercise: Exercise, path: Path, ticket: FakeTicket | None = None
    ) -> tuple[Verdict, bytes | None]:
        source = path.read_bytes()
        text = source.decode()
        if ticket is not None and ticket.listener is not None:
            for value in re.findall(r"REPORTS ([\d. a-z]+)", text):
                for each in value.split():
                    ticket.listener(Followed("one row: short", "loss", 1, float(each)))
        if "SLOW" in text:
            self._wait(ticket)
        self.judged.append(text)
        if "BROKEN" in text:
            from tutor.errors import CourseError

            raise CourseError("The check has no cases.", hint="Add one.", path=Path("checks/x.py"))
        return verdict_for(exercise.name, source), source

    def _wait(self, ticket: FakeTicket | None) -> None:
        self.waiting.set()
        for _ in range(1000):
            if ticket is not None and ticket.cancelled:
                self.called_off += 1
                raise CalledOff
            if self.release.wait(0.01):
                return

    def look_further(self, verdict: Verdict, cancelled: Callable[[], bool]) -> Verdict:
        text = self.judged[-1]
        if "SEARCH" in text:
            self.searching.set()
            for _ in range(1000):
                if cancelled():
                    self.searches_called_off += 1
                    return verdict
                if self.release.wait(0.01):
                    break
        if "CAUSE" not in text:
            return verdict
        return structs.replace(verdict, diagnoses=(*verdict.diagnoses, FOUND_LATER))


TURNED = Diagnosis(
    "turned",
    "Your `grad_W` is turned round.",
    "grad_output.T @ x, exactly",
    why="Rows belong to inputs.",
    read="numbers#deep-inside",
    reading="Numbers: Deep `inside`",
    hint=2,
    arrays=("grad_W",),
)
FOUND_LATER = Diagnosis(
    "halved",
    "Your `grad_b` is half of it.",
    "half, exactly",
    read="more",
    reading="More of it",
    hint=3,
    arrays=("grad_b",),
)


def verdict_for(name: str, source: bytes) -> Verdict:
    """The fake's verdict on these bytes."""
    text = source.decode()
    common: dict[str, Any] = {
        "exercise": name,
        "sha256": hashlib.sha256(source).hexdigest(),
        "seconds": 0.019,
        "cases": 6,
    }
    if "PASS" in text:
        arrays = (ArrayTally("output", 6, 6), ArrayTally("grad_W", 6, 6))
        return Verdict(outcome="passed", arrays=arrays, **common)
    if "CRASH" in text:
        finding = Finding(
            "one row",
            "",
            "crash",
            "Your code raised `ZeroDivisionError`: division by zero.",
            frames=(Frame(5, name, "    return x / 0"),),
        )
        return Verdict(
            outcome="faulty", findings=(finding,), output="before\n\x1b[31mred", **common
        )
    if text == COURSE[f"exercises/{name}.py"]:
        finding = Finding("", "", "unchanged", "This is still the stub.")
        return Verdict(outcome="faulty", findings=(finding,), **common)
    findings = tuple(
        Finding(case, "grad_W", "shape", "`grad_W` has the wrong shape.", "(5, 3)", "(3, 5)")
        for case in ("every size differs", "one row: a missing sum still fits")
    )
    arrays = (ArrayTally("output", 6, 6), ArrayTally("grad_W", 2, 6))
    if "ODD" not in text:
        cause = structs.replace(TURNED, hint=0) if "PLAIN" in text else TURNED
        return Verdict(
            outcome="wrong", findings=findings, diagnoses=(cause,), arrays=arrays, **common
        )
    odd = Finding(
        "one row",
        "grad_b",
        "value",
        "`grad_b` is off in 3 of 4 entries.",
        " 0.5*  1.0*\n-0.5*  0.0",
        " 1.0  2.0\n-1.0  0.0",
    )
    return Verdict(
        outcome="wrong",
        findings=(*findings, odd),
        diagnoses=(TURNED,),
        arrays=(*arrays, ArrayTally("grad_b", 5, 6)),
        output="\n".join(f"printed {n}" for n in range(60)),
        **common,
    )


# -- looking at the screen -----------------------------------------------------------------------


async def until(pilot: Pilot[None], true: Callable[[], object], seconds: float = 8.0) -> None:
    """Wait until something holds."""
    for _ in range(int(seconds / 0.02)):
        await pilot.pause(0.02)
        if true():
            return
    raise AssertionError(f"still not so; the screen:\n{screen_text(pilot.app)}")


def screen_text(app: Any) -> str:
    """What stands on the screen, as a person would read it."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip) for strip in strips]
    return "\n".join(line[:width].rstrip() for line in lines[:height])


def on_screen(pilot: Pilot[None], text: str) -> Callable[[], bool]:
    """Whether these words stand on the screen."""
    return lambda: text in screen_text(pilot.app)


def keys_told(app: TutorApp) -> str:
    """The bottom line."""
    line = app.screen.query_one(KeyLine)
    return " ".join(f"{key.shown}:{key.label}" for key in line.keys)


def title(app: TutorApp) -> str:
    told = app.screen.query_one(TitleLine).title
    return " | ".join((told.strong, *told.parts, told.right))


def exercise_screen(app: TutorApp) -> ExerciseBound:
    assert isinstance(app.screen, ExerciseBound)
    return app.screen
