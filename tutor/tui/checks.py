"""Runs checks in threads, and lets only the newest one of each exercise speak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual.app import App
from textual.message import Message
from textual.timer import Timer

from tutor.curves import Curves
from tutor.errors import TutorError
from tutor.session import LevelRow, Overview, Session
from tutor.tui.desk import CheckState, Desk, Ticket, is_of
from tutor.tui.problem import Problem, problem_of
from tutor.verdict import Verdict

_SECONDS_BETWEEN_CURVES = 0.05  # values may come faster than anybody can see


@dataclass(frozen=True)
class Result:
    """What one check came to: a verdict or a problem, and the course as it stands after it."""

    name: str
    ticket: Ticket
    verdict: Verdict | None = None
    problem: Problem | None = None
    overview: Overview | None = None


class Checked(Message):
    """A check has ended."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


class LookedFurther(Message):
    """The search for more about a verdict that has been told is over."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


class Checks:
    """The checks of all exercises; `tell` hears every change of how one stands."""

    def __init__(
        self,
        app: App[None],
        session: Session,
        new_ticket: Callable[[], Ticket],
        tell: Callable[[CheckState], None],
    ) -> None:
        self._app = app
        self._session = session
        self._desk = Desk(new_ticket)
        self._tell = tell
        self._following: dict[str, tuple[Ticket, Curves, Timer]] = {}

    def state(self, name: str) -> CheckState:
        return self._desk.state(name)

    def sha256(self, name: str) -> str:
        """The hash of the file's present bytes; empty where they cannot be read."""
        try:
            return self._session.current_sha256(name)
        except TutorError:
            return ""

    def recall(self, name: str) -> CheckState:
        """How the exercise stands when it is opened: the last verdict, if it is still true."""
        attempt = self._session.last_attempt(name)
        return self._desk.recall(name, attempt.verdict if attempt else None, self.sha256(name))

    def want(self, name: str, *, anew: bool) -> None:
        """Check the file as it is now, unless these bytes are being checked.

        Without `anew`, bytes that have their verdict are not checked again.
        """
        ticket = self._desk.start(name, self.sha256(name), anew=anew)
        if ticket is not None:
            self._follow(name, ticket)
            self._run(name, ticket)

    def _follow(self, name: str, ticket: Ticket) -> None:
        """Look every now and then what learner code has reported: the newest is what counts."""
        self._stop_following(name)
        curves = Curves()
        ticket.listener = curves.hear
        timer = self._app.set_interval(_SECONDS_BETWEEN_CURVES, lambda: self._look(name))
        self._following[name] = (ticket, curves, timer)

    def _look(self, name: str) -> None:
        if name in self._following:
            ticket, curves, _ = self._following[name]
            state = self._desk.follow(name, ticket, curves.now())
            if state is not None:
                self._tell(state)

    def _stop_following(self, name: str) -> None:
        """The check is over: one last look."""
        self._look(name)
        if name in self._following:
            self._following.pop(name)[2].stop()

    def _run(self, name: str, ticket: Ticket) -> None:
        self._tell(self._desk.state(name))
        self._app.run_worker(
            partial(self._judge, name, ticket),
            group=f"check {name}",
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )

    def _judge(self, name: str, ticket: Ticket) -> None:
        """In a thread: one check, which ends in one message; then a search for causes."""
        try:
            verdict = self._session.check(name, ticket)  # type: ignore[arg-type]
            result = Result(name, ticket, verdict, overview=self._session.overview())
        except Exception as error:  # noqa: BLE001 - told on the screen
            result = Result(name, ticket, problem=problem_of(error))
        self._app.post_message(Checked(result))
        if result.verdict is not None and not result.verdict.passed:
            self._look_further(result.verdict, ticket)

    def _look_further(self, verdict: Verdict, ticket: Ticket) -> None:
        try:
            verdict = self._session.look_further(verdict, ticket)  # type: ignore[arg-type]
        except TutorError:
            pass  # the verdict stands; what keeps it from being kept is told at the next save
        finally:
            self._app.post_message(LookedFurther(verdict))

    def finish(self, result: Result, *, level: LevelRow | None) -> CheckState | None:
        """Take a result; None where it must not be shown because the file has moved on.

        `level` is the level newly earned.
        """
        name, verdict = result.name, result.verdict
        if not self._desk.is_newest(name, result.ticket):
            return None
        self._stop_following(name)
        if verdict is not None and not is_of(verdict, self.sha256(name)):
            self._desk.drop(name)
            self.want(name, anew=True)
            return None
        state = self._desk.finish(name, verdict=verdict, problem=result.problem, level=level)
        self._tell(state)
        return state

    def deepen(self, verdict: Verdict) -> None:
        """Show what was found later, if the verdict still stands."""
        state = self._desk.deepen(verdict.exercise, verdict)
        if state is not None:
            self._tell(state)

    def stop(self) -> None:
        """Call off everything, so that no thread is waited for at the end."""
        for name in tuple(self._following):
            self._following.pop(name)[2].stop()
        self._desk.cancel_all()
