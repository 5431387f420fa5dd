"""What comes next on the map."""

from __future__ import annotations

import pytest
from small_course import verdict_for

from tutor import itinerary
from tutor.session import Session


def passed(session: Session, *names: str) -> None:
    session.prepare()
    for name in names:
        source = b"PASS"
        session.store.record_attempt(source, verdict_for(name, source), at=1.0)


def test_a_beginner_starts_with_the_first_lesson(session: Session) -> None:
    upcoming = itinerary.upcoming(session.overview())
    assert upcoming is not None
    assert (upcoming.kind, upcoming.name) == ("lesson", "hello")


def test_after_the_lesson_comes_its_exercise(session: Session) -> None:
    session.mark_read("hello")
    upcoming = itinerary.upcoming(session.overview())
    assert upcoming is not None
    assert upcoming.id == "exercise:alpha"


def test_lessons_without_exercises_are_not_passed_over(session: Session) -> None:
    passed(session, "alpha")
    upcoming = itinerary.upcoming(session.overview())
    assert upcoming is not None
    assert upcoming.id == "lesson:numbers"


def test_a_lesson_left_out_long_ago_does_not_call_back(session: Session) -> None:
    passed(session, "alpha", "beta")
    upcoming = itinerary.upcoming(session.overview())
    assert upcoming is not None
    assert upcoming.id == "exercise:gamma"


def test_when_all_is_passed_the_unread_lessons_are_left(session: Session) -> None:
    passed(session, "alpha", "beta", "gamma")
    upcoming = itinerary.upcoming(session.overview())
    assert upcoming is not None
    assert upcoming.id == "lesson:hello"
    for lesson in ("hello", "numbers", "more"):
        session.mark_read(lesson)
    assert itinerary.upcoming(session.overview()) is None


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("lesson", "hello"), "exercise:alpha"),
        (("exercise", "alpha"), "lesson:numbers"),
        (("exercise", "beta"), "exercise:gamma"),
        (("exercise", "gamma"), None),
        (("exercise", "unknown"), None),
    ],
)
def test_what_follows(session: Session, here: tuple[str, str], there: str | None) -> None:
    following = itinerary.after(session.overview(), *here)  # type: ignore[arg-type]
    assert (following.id if following else None) == there


def test_needs_are_told_until_they_are_passed(session: Session) -> None:
    beta = {stop.id: stop for stop in itinerary.stops(session.overview())}["exercise:beta"]
    assert beta.needs == ("alpha",)
    passed(session, "alpha")
    beta = {stop.id: stop for stop in itinerary.stops(session.overview())}["exercise:beta"]
    assert beta.needs == ()
