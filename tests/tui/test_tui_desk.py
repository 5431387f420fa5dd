"""The newest save wins, whatever the order of the answers."""

from __future__ import annotations

from small_course import FakeTicket, verdict_for

from tutor.tui.desk import Desk, is_of
from tutor.verdict import Finding, Verdict

WRONG = verdict_for("alpha", b"wrong")
SHA = WRONG.sha256


def test_a_newer_save_calls_the_older_check_off() -> None:
    desk = Desk(FakeTicket)
    old = desk.start("alpha", "1")
    new = desk.start("alpha", "2")
    assert isinstance(old, FakeTicket)
    assert old.cancelled
    assert new is not None
    assert not desk.is_newest("alpha", old)
    assert desk.is_newest("alpha", new)


def test_the_same_bytes_are_not_checked_twice_at_once() -> None:
    desk = Desk(FakeTicket)
    assert desk.start("alpha", "1") is not None
    assert desk.start("alpha", "1") is None
    assert desk.start("alpha", "1", anew=True) is None


def test_bytes_with_a_verdict_are_checked_again_only_on_demand() -> None:
    desk = Desk(FakeTicket)
    desk.start("alpha", SHA)
    desk.finish("alpha", verdict=WRONG, problem=None)
    assert desk.start("alpha", SHA) is None
    assert desk.start("alpha", SHA, anew=True) is not None


def test_exercises_do_not_disturb_each_other() -> None:
    desk = Desk(FakeTicket)
    alpha, beta = desk.start("alpha", "1"), desk.start("beta", "1")
    assert alpha is not None
    assert beta is not None
    assert desk.is_newest("alpha", alpha)
    assert desk.is_newest("beta", beta)


def test_while_checking_the_old_verdict_is_known_as_old() -> None:
    desk = Desk(FakeTicket)
    desk.start("alpha", SHA)
    desk.finish("alpha", verdict=WRONG, problem=None)
    desk.start("alpha", "other")
    state = desk.state("alpha")
    assert state.checking
    assert state.verdict is WRONG


def test_a_kept_verdict_is_recalled_only_for_its_own_bytes() -> None:
    desk = Desk(FakeTicket)
    assert desk.recall("alpha", WRONG, "other").verdict is None
    assert desk.recall("alpha", WRONG, SHA).verdict is WRONG
    assert desk.recall("alpha", None, "other").verdict is None


def test_a_file_that_could_not_be_read_has_no_bytes_to_compare() -> None:
    missing = Verdict(
        "alpha", "faulty", "hash of nothing", 0.0, (Finding("", "", "file", "No file."),)
    )
    assert is_of(missing, "")


def test_the_end_calls_everything_off() -> None:
    desk = Desk(FakeTicket)
    tickets = [desk.start(name, "1") for name in ("alpha", "beta")]
    desk.cancel_all()
    assert all(isinstance(t, FakeTicket) and t.cancelled for t in tickets)
