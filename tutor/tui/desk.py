"""Which check of which exercise counts: the newest save wins. Pure, apart from cancelling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from tutor.tui.problem import Problem
from tutor.verdict import Verdict


class Ticket(Protocol):
    """What `tutor.checking.checker.Cancellation` is: a check can be called off by it."""

    def cancel(self) -> None: ...


@dataclass(frozen=True)
class CheckState:
    """What is known about the present bytes of one exercise's file.

    While `checking`, `verdict` is the one of an older version and is shown as such. `level` is
    the level that this pass has earned, 0 for none.
    """

    name: str
    checking: bool = False
    verdict: Verdict | None = None
    problem: Problem | None = None
    level: int = 0


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
        self._states: dict[str, CheckState] = {}

    def state(self, name: str) -> CheckState:
        return self._states.get(name, CheckState(name))

    def recall(self, name: str, kept: Verdict | None, sha256: str) -> CheckState:
        """Take up the verdict at hand, else the `kept` one, if it is of these bytes."""
        state = self.state(name)
        if not state.checking:
            known = (each for each in (state.verdict, kept) if each and is_of(each, sha256))
            state = replace(state, verdict=next(known, None))
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
        ticket = self._new_ticket()
        self._running[name] = _Run(ticket, sha256)
        self._states[name] = replace(state, checking=True, problem=None, level=0)
        return ticket

    def is_newest(self, name: str, ticket: Ticket) -> bool:
        running = self._running.get(name)
        return running is not None and running.ticket is ticket

    def finish(
        self, name: str, *, verdict: Verdict | None, problem: Problem | None, level: int
    ) -> CheckState:
        """The newest check has ended, and its verdict is of the bytes that the file holds."""
        self._running.pop(name, None)
        self._states[name] = CheckState(name, False, verdict, problem, level)
        return self._states[name]

    def deepen(self, name: str, verdict: Verdict) -> CheckState | None:
        """A verdict that is at hand has become a fuller one; None if it no longer stands."""
        state = self.state(name)
        at_hand = state.verdict
        if state.checking or at_hand is None or at_hand.sha256 != verdict.sha256:
            return None
        self._states[name] = replace(state, verdict=verdict)
        return self._states[name]

    def drop(self, name: str) -> None:
        """The newest check has ended, but the file holds other bytes by now."""
        self._running.pop(name, None)

    def cancel_all(self) -> None:
        for run in self._running.values():
            run.ticket.cancel()
        self._running.clear()
