"""`python -m tutor` and `bp-tutor`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process; the exit code."""
    try:
        if _is_check(sys.argv[1:]):
            # A worker takes as long to start as we do: it starts first, and both go on together.
            from tutor.checking.spare import start_early

            start_early()

        from tutor.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before `run` could see to it
        return 130


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
    sys.exit(main())
