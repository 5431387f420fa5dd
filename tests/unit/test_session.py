"""What a learner can do, and that none of it loses anything."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tutor.course.loader import Course
from tutor.errors import UsageError
from tutor.session import Session
from tutor.workspace.files import Workspace

EXERCISE = "linear_backward"


def write(session: Session, source: str) -> None:
    session.prepare()
    session.path(EXERCISE).write_text(source, encoding="utf-8")


def wrong(course: Course, note: str = "") -> str:
    return course.solution(EXERCISE).replace("axis=0", "axis=1") + f"\n# {note}\n"


def test_looking_creates_nothing(session: Session) -> None:
    session.overview()
    session.ladder(EXERCISE)
    session.history(EXERCISE)
    session.lesson("linear-layer")
    session.last_attempt(EXERCISE)
    assert not session.workspace.root.exists()


def test_judging_a_file_leaves_no_trace(session: Session, tmp_path: Path, course: Course) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text(course.solution(EXERCISE) + "\n# mine\n", encoding="utf-8")
    assert session.judge(EXERCISE, mine).passed
    assert not session.workspace.root.exists()


def test_a_start_never_overwrites(session: Session, course: Course) -> None:
    write(session, "mine = 1\n")
    again = Session(course, session.workspace)
    again.prepare()
    assert session.path(EXERCISE).read_text(encoding="utf-8") == "mine = 1\n"
    assert again.notices == ()
    again.close()


def test_the_whole_ladder(session: Session, course: Course) -> None:
    write(session, wrong(course))
    assert session.take_hint(EXERCISE) is None
    session.check(EXERCISE)
    first = session.take_hint(EXERCISE)
    assert first is not None
    assert first.number == 3  # a bias gradient that is no sum: the hint that speaks of it
    assert [hint.number for hint in session.ladder(EXERCISE).shown] == [3]
    assert session.take_hint(EXERCISE) is None
    assert "opens after another try" in session.ladder(EXERCISE).next_hint.says
    write(session, wrong(course, "tried again"))
    session.check(EXERCISE)
    assert session.take_hint(EXERCISE) is not None
    assert session.solution(EXERCISE) is None
    while (hint := session.take_hint(EXERCISE, anyway=True)) is not None:
        last = hint
    assert last.number == session.ladder(EXERCISE).total
    assert session.solution(EXERCISE) == course.solution(EXERCISE)
    assert session.standing(EXERCISE).words() == "revealed"


def test_what_a_search_finds_is_kept_with_the_attempt(session: Session, course: Course) -> None:
    right = "self.grad_b = grad_output.sum(axis=0)"
    solution = course.solution(EXERCISE)
    assert right in solution
    write(session, solution.replace(right, "self.grad_b = grad_output.sum(axis=0) * self.b"))
    verdict = session.check(EXERCISE)
    assert [told.id for told in verdict.diagnoses] == []
    further = session.look_further(verdict)
    assert [told.arrays for told in further.diagnoses] == [("grad_b",)]
    attempt = session.last_attempt(EXERCISE)
    assert attempt is not None
    assert attempt.verdict == further
    assert session.look_further(verdict) == verdict  # once


def test_a_pass_survives_a_restart(session: Session, course: Course) -> None:
    write(session, course.solution(EXERCISE))
    assert session.check(EXERCISE).passed
    again = Session(course, session.workspace)
    assert again.standing(EXERCISE).words() == "passed"
    again.close()


def test_reset_keeps_a_copy_and_history_brings_it_back(session: Session, course: Course) -> None:
    write(session, "precious = 1\n")
    kept = session.reset(EXERCISE)
    assert kept is not None
    assert session.path(EXERCISE).read_bytes() == course.stub(EXERCISE)
    assert session.reset(EXERCISE) is None
    session.restore(EXERCISE, kept.id)
    assert session.path(EXERCISE).read_text(encoding="utf-8") == "precious = 1\n"


def test_restore_keeps_what_it_replaces(session: Session, course: Course) -> None:
    write(session, wrong(course))
    session.check(EXERCISE)
    attempt = session.history(EXERCISE)[0]
    write(session, "never checked = syntax error\n")
    session.restore(EXERCISE, attempt.id)
    sources = [session.version_source(version) for version in session.history(EXERCISE)]
    assert b"never checked = syntax error\n" in sources
    with pytest.raises(UsageError, match="no version 999"):
        session.restore(EXERCISE, 999)


def test_the_same_bytes_are_one_attempt(session: Session, course: Course) -> None:
    write(session, wrong(course))
    session.check(EXERCISE)
    session.check(EXERCISE)
    assert session.standing(EXERCISE).attempts == 1


def test_a_prediction_is_marked_and_a_sentence_is_not(session: Session) -> None:
    lesson = session.lesson("linear-layer")
    prediction = next(c for c in lesson.checkpoints if c.expected is not None)
    typed = " ".join(map(str, prediction.expected or ()))
    assert session.answer(lesson.name, prediction.id, typed).mark == "right"
    far_off = " ".join(["-77"] * len(prediction.expected or ()))
    assert session.answer(lesson.name, prediction.id, far_off).mark == "wrong"
    with pytest.raises(UsageError, match="asks for"):
        session.answer(lesson.name, prediction.id, "a slip of the keys")
    assert session.answer(lesson.name, prediction.id, None).mark == "wrong"
    own = next(c for c in session.lesson("local-gradients").checkpoints if c.expected is None)
    assert session.answer("local-gradients", own.id, "because").mark is None
    assert session.mark_answer("local-gradients", own.id, "partly").text == "because"


def test_unknown_names_get_a_suggestion(session: Session) -> None:
    with pytest.raises(UsageError, match="linear_bakward") as refused:
        session.brief("linear_bakward")
    assert "linear_backward" in refused.value.hint


def test_a_damaged_state_file_is_set_aside_and_work_goes_on(
    session: Session, course: Course
) -> None:
    write(session, wrong(course))
    session.check(EXERCISE)
    session.close()
    session.workspace.database.write_bytes(b"not a database" * 1000)
    again = Session(course, session.workspace)
    again.prepare()
    assert "It is kept, unchanged, as" in " ".join(again.notices)
    assert list(session.workspace.state_dir.glob("*corrupt*"))
    assert not list(session.workspace.exercises_dir.glob("*.new*"))
    again.check(EXERCISE)
    again.close()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_killed_tutor_leaves_no_process_behind(tmp_path: Path, course: Course) -> None:
    """`kill -9` in the middle of a check of code that sleeps and swallows every exception."""
    workspace = Workspace.locate(tmp_path / "work", {})
    session = Session(course, workspace)
    session.prepare()
    session.path(EXERCISE).write_text(SWALLOWS)
    session.close()
    tutor = subprocess.Popen(
        [sys.executable, "-m", "tutor", "--workspace", str(workspace.root), "check", EXERCISE]
    )
    worker = _child_of(tutor.pid)
    tutor.send_signal(signal.SIGKILL)
    tutor.wait()
    deadline = time.monotonic() + 15
    while _alive(worker):
        assert time.monotonic() < deadline, "the worker outlives its tutor"
        time.sleep(0.1)


SWALLOWS = """
import time

while True:
    try:
        time.sleep(0.5)
    except BaseException:
        pass
"""


def _child_of(pid: int) -> int:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for each in Path("/proc").glob("[0-9]*/stat"):
            if _stat(each)[1:2] == [str(pid)]:
                time.sleep(1.0)  # let it get into the learner's code
                return int(each.parent.name)
        time.sleep(0.02)
    raise AssertionError("no worker was started")


def _alive(pid: int) -> bool:
    return _stat(Path(f"/proc/{pid}/stat"))[:1] not in ([], ["Z"])


def _stat(path: Path) -> list[str]:
    """State and parent of a process; nothing if it is gone."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def test_first_uses_from_several_threads_are_one(session: Session) -> None:
    with ThreadPoolExecutor(8) as pool:
        checkers = set(pool.map(lambda _: id(session.checker), range(8)))
        list(pool.map(lambda _: session.prepare(), range(8)))
    assert len(checkers) == 1
    assert session.notices == ()


def test_a_draft_is_kept_among_the_versions(session: Session) -> None:
    session.keep_draft(EXERCISE, b"half a thought\n")
    (version,) = session.history(EXERCISE)
    assert (version.kind, session.version_source(version)) == ("draft", b"half a thought\n")
