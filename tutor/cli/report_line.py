"""The line that follows what learner code reports while it runs; on a terminal only."""

from __future__ import annotations

import sys
import time
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from tutor.cli.paper import clean, is_terminal
from tutor.curves import Curve, Curves, sparkline, summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.lending import Followed

SECONDS_BETWEEN = 0.05
_MOST_BLOCKS = 40


class ReportLine:
    """One line for each curve: it is written over until the next curve begins.

    Without an output it hears and says nothing.
    """

    def __init__(
        self, output: TextIO | None, width: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._output = output
        self._width = width
        self._clock = clock
        self._curves = Curves()
        self._shown: Curve | None = None
        self._shown_at = -SECONDS_BETWEEN

    @classmethod
    def on_stdout(cls) -> ReportLine:
        """On the standard output, if that is a terminal that can show blocks."""
        shows = is_terminal(sys.stdout) and "utf" in (sys.stdout.encoding or "").lower()
        return cls(sys.stdout if shows else None, get_terminal_size().columns)

    def hear(self, followed: Followed) -> None:
        """Take a value, and show it unless the one before was shown a blink ago."""
        if self._output is None:
            return
        if self._shown is not None and followed.case != self._shown.case:
            self._show()  # the last value of the curve that has ended
        self._curves.hear(followed)
        if self._clock() - self._shown_at >= SECONDS_BETWEEN:
            self._show()

    def close(self) -> None:
        """Show the last value; what is written next stands below."""
        self._show()
        if self._output is not None and self._shown is not None:
            print(file=self._output)

    def _show(self) -> None:
        curves = self._curves.now()
        if self._output is None or not curves or curves[-1] == self._shown:
            return
        curve = curves[-1]
        if self._shown is not None and self._shown.case != curve.case:
            print(file=self._output)
        self._shown, self._shown_at = curve, self._clock()
        print(f"\r{self._words(curve)}", end="", file=self._output, flush=True)

    def _words(self, curve: Curve) -> str:
        """The curve in one line, padded over what stood there; the last column stays empty."""
        words = f"{clean(curve.name)}   {summary(curve)}"
        room = min(_MOST_BLOCKS, self._width - 1 - len(words) - 3)
        if room > 0:
            words += f"   {sparkline(curve, room)}"
        return f"{words:{self._width - 1}}"[: self._width - 1]
