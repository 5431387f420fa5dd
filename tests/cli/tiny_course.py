"""A course of two exercises that are checked in a blink."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping

HINTS = "## Hint: first\nONE\n\n## Hint: second\nTWO\n\n## Hint: third\nTHREE\n"

COURSE = {
    "lessons/course.toml": """
format_version = 1
title = "Two times"

[[units]]
title = "Start"

[[units.lessons]]
file = "01-doubling.md"
exercises = ["scale"]

[[units]]
title = "On"

[[units.lessons]]
file = "02-shifting.md"
exercises = ["shift"]

[exercises.scale]
level = 1

[exercises.shift]
level = 2
needs = ["scale"]
seconds = 1.5
""",
    "lessons/01-doubling.md": """# Doubling

∂(2x)/∂x is `2`.

```text
x ──> · 2 ──> y                                                         end.
```

**Checkpoint.** What is 2 · 3? (one number)

<details data-answer="6"><summary>Answer</summary>

SIX, as 3 + 3.

</details>

**Checkpoint.** Why?

<details><summary>Answer</summary>

BECAUSE it is so.

</details>

## Your turn

`scale`
""",
    "lessons/02-shifting.md": "# Shifting\n\nAdd one.\n",
    "exercises/scale.py": 'def scale(x):\n    raise NotImplementedError("TODO: twice x")\n',
    "exercises/scale.md": "# Scale\n\nTwice x.\n\n" + HINTS,
    "exercises/shift.py": 'def shift(x):\n    raise NotImplementedError("TODO: x + 1")\n',
    "exercises/shift.md": "# Shift\n\nx + 1.\n\n" + HINTS,
    "checks/scale.py": """
from tutor.spec import Case

gradients = {}


def cases(rng):
    yield Case("three: a plain number", x=3.0)
    yield Case("two: squaring gives the same", x=2.0)
    yield Case("a list", x=rng.normal(size=4))


def probe(learner, case):
    yield "output", learner.scale(case.x)
""",
    "checks/shift.py": """
from tutor.spec import Case

gradients = {}


def cases(rng):
    yield Case("three", x=3.0)


def probe(learner, case):
    yield "output", learner.shift(case.x)
""",
    "checks/solutions/scale.py": "def scale(x):\n    return 2 * x\n",
    "checks/solutions/shift.py": "def shift(x):\n    return x + 1\n",
}

RIGHT = "def scale(x):\n    return 2 * x\n"
WRONG = "def scale(x):\n    print('hello')\n    return x * x\n"

Program = Callable[..., subprocess.CompletedProcess[str]]


def arguments(environment: Mapping[str, str], *words: str) -> list[str]:
    return [sys.executable, "-m", "tutor", *words, "--course", environment["TEST_COURSE"]]
