"""`python -m tutor` and `bp-tutor`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from tutor.errors import PlatformError


def main() -> None:
    """Run the command line of this process, and end the process."""
    # Imports make many objects and no garbage: looking for it as often as usual costs 10 ms.
    gc.set_threshold(20_000)
    checking = _is_check(sys.argv[1:])
    try:
        if checking:
            # A worker takes as long to start as we do: it starts first, and both go on together.
            from tutor.checking.spare import start_early

            with suppress(PlatformError):  # the check itself will meet it again, and tell it
                start_early()

        from tutor.cli.main import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before `run` could see to it
        code = 130
    if checking:
        # All is written and closed. Python would take NumPy apart first, for as long as a check.
        os._exit(code)
    sys.exit(code)


def _is_check(arguments: list[str]) -> bool:
    """Whether a file is about to be checked, told without the command line's parser."""
    words = iter(arguments)
    for word in words:
        if word in ("--workspace", "--course"):
            next(words, None)
        elif not word.startswith("-"):
            return word == "check" and not {"--help", "-h"} & set(arguments)
    return False


if __name__ == "__main__":
    main()
