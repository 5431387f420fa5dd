"""Which exercise is meant when the command line names none, and where to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.progress.rules import Status

if TYPE_CHECKING:
    from tutor.itinerary import Stop
    from tutor.session import Overview, Session


def current_exercise(session: Session) -> str:
    """The exercise that the learner is at.

    It is the one whose file was changed last among those not passed; when no file of those was
    changed, the next one of the course; when all are passed, the one whose file was changed last.
    """
    names = list(session.course.exercises)
    unfinished = [n for n in names if session.standing(n).status is not Status.PASSED]
    return (
        _last_changed(session, unfinished)
        or session.overview().next_exercise
        or _last_changed(session, names)
        or names[0]
    )


def what_next(overview: Overview, following: Stop | None) -> str:
    """The command that goes on, with a lesson also the one for the exercise that comes after."""
    if following is None:
        return "Everything is read and passed." if overview.total else "Everything is read."
    if following.kind == "exercise":
        return f"Continue: bp-tutor edit {following.name}"
    then = f"   then: bp-tutor edit {overview.next_exercise}" if overview.next_exercise else ""
    return f"Continue: bp-tutor lesson {following.name}{then}"


def _last_changed(session: Session, names: list[str]) -> str:
    changed = [(time, name) for name in names if (time := _changed_at(session, name))]
    return max(changed)[1] if changed else ""


def _changed_at(session: Session, name: str) -> float:
    """When the learner's file was written; 0 while it is absent or still the stub."""
    path = session.path(name)
    try:
        if path.read_bytes() == session.course.stub(name):
            return 0.0
        return path.stat().st_mtime
    except OSError:
        return 0.0
