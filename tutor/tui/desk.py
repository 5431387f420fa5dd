"""Which check of which exercise counts: the newest save wins. Pure, apart from cancelling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from tutor.curves import Curve
from tutor.lending import Followed
from tutor.report import unexplained
from tutor.session import LevelRow
from tutor.tui.problem import Problem
from tutor.verdict import Verdict


class Ticket(Protocol):
    """What `tutor.checking.checker.Cancellation` is: a check can be called off by it."""

    listener: Callable[[Followed], None] | None

    def cancel(self) -> None: ...


@dataclass(frozen=True)
class CheckState:
    """What is known about the present bytes of one exercise's file.

    While `checking`, `verdict` is the one of an older version and is shown as such. `search` tells
    of the search for causes that follows a verdict: whether it goes on, or was in vain. `level` is
    the level that this pass has earned. `curves` are what learner code reported in this check.
    """

    name: str
    checking: bool = False
    verdict: Verdict | None = None
    problem: Problem | None = None
    search: Literal["", "on", "vain"] = ""
    level: LevelRow | None = None
    curves: tuple[Curve, ...] = ()


@dataclass(frozen=True)
class _Run:
    ticket: Ticket
    sha256: str


def is_of(verdict: Verdict, sha256: str) -> bool:
    """Whether a verdict judged these bytes. A file that could not be read has none to compare."""
    unread = any(finding.kind == "file" for finding in verdict.findings)
    return unread or verdict.sha256 == sha256


class Desk:
    """Hands out a ticket for each check and judges which result may still be shown."""

    def __init__(self, new_ticket: Callable[[], Ticket]) -> None:
        self._new_ticket = new_ticket
        self._running: dict[str, _Run] = {}
        self._searching: dict[str, Ticket] = {}
        self._states: dict[str, CheckState] = {}

    def state(self, name: str) -> CheckState:
        return self._states.get(name, CheckState(name))

    def recall(self, name: str, kept: Verdict | None, sha256: str) -> CheckState:
        """Take up the verdict at hand, else the `kept` one, if it is of these bytes."""
        state = self.state(name)
        if not state.checking:
            known = (each for each in (state.verdict, kept) if each and is_of(each, sha256))
            verdict = next(known, None)
            if verdict is not state.verdict:
                state = CheckState(name, verdict=verdict, problem=state.problem)
            self._states[name] = state
        return state

    def start(self, name: str, sha256: str, *, anew: bool = False) -> Ticket | None:
        """Begin a check of the bytes with this hash; an older check is called off.

        None if these very bytes are being checked, or (unless `anew`) have been.
        """
        running, state = self._running.get(name), self.state(name)
        if running is not None:
            if running.sha256 == sha256:
                return None
            running.ticket.cancel()
        elif not anew and state.verdict is not None and state.verdict.sha256 == sha256:
            return None
        self._end_search(name)
        ticket = self._new_ticket()
        self._running[name] = _Run(ticket, sha256)
        self._states[name] = CheckState(name, checking=True, verdict=state.verdict)
        return ticket

    def _end_search(self, name: str) -> None:
        searching = self._searching.pop(name, None)
        if searching is not None:
            searching.cancel()

    def is_newest(self, name: str, ticket: Ticket) -> bool:
        running = self._running.get(name)
        return running is not None and running.ticket is ticket

    def follow(self, name: str, ticket: Ticket, curves: tuple[Curve, ...]) -> CheckState | None:
        """Learner code has reported more; None if that is not news."""
        state = self.state(name)
        if not self.is_newest(name, ticket) or state.curves == curves:
            return None
        self._states[name] = replace(state, curves=curves)
        return self._states[name]

    def finish(
        self,
        name: str,
        *,
        verdict: Verdict | None,
        problem: Problem | None,
        level: LevelRow | None = None,
    ) -> CheckState:
        """The newest check has ended, and its verdict is of the bytes that the file holds."""
        run = self._running.pop(name, None)
        searching = run is not None and verdict is not None and bool(unexplained(verdict))
        if run is not None and searching:
            self._searching[name] = run.ticket
        self._states[name] = CheckState(
            name,
            verdict=verdict,
            problem=problem,
            search="on" if searching else "",
            level=level,
            curves=self.state(name).curves,
        )
        return self._states[name]

    def deepen(self, name: str, verdict: Verdict) -> CheckState | None:
        """The search is over; the verdict at hand may be a fuller one. None if it has gone."""
        state = self.state(name)
        at_hand = state.verdict
        if state.checking or at_hand is None or at_hand.sha256 != verdict.sha256:
            return None
        self._searching.pop(name, None)
        vain = state.search == "on" and verdict.diagnoses == at_hand.diagnoses
        self._states[name] = replace(state, verdict=verdict, search="vain" if vain else "")
        return self._states[name]

    def drop(self, name: str) -> None:
        """The newest check has ended, but the file holds other bytes by now."""
        run = self._running.pop(name, None)
        if run is not None:
            run.ticket.cancel()

    def cancel_all(self) -> None:
        """Call off every check and every search."""
        for run in self._running.values():
            run.ticket.cancel()
        self._running.clear()
        for name in tuple(self._searching):
            self._end_search(name)
