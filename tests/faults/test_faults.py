"""Everything a learner's file can do wrong: each gets its own finding, and the tutor lives on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from tutor.checking.checker import Checker
from tutor.course.loader import Course
from tutor.verdict import Verdict

FILES = Path(__file__).parent / "files"
EXERCISE = "linear_backward"
SECONDS = 1.5
PATIENT_SECONDS = 20.0  # where time is not what is tried

# file, verdict, kind of the finding, what its message says
FAULTS = [
    ("nan_gradient", "wrong", "nan", "`grad_input` is NaN in 12 of its 12 entries"),
    ("infinite_gradient", "wrong", "nan", "`grad_input` is infinite"),
    ("missing_method", "faulty", "missing", "`Linear` has no `backward`"),
    ("method_outside_class", "faulty", "missing", "`Linear` has no `backward`"),
    ("missing_gradient", "faulty", "missing", "`Linear` has no `grad_W`. It has"),
    ("class_missing", "faulty", "missing", "It has `Lineal`: is that the one?"),
    ("empty", "faulty", "file", "is empty"),
    ("returns_none", "wrong", "none", "`grad_input` is None"),
    ("returns_list", "wrong", "type", "`grad_input` is a list"),
    ("returns_tuple", "wrong", "type", "`grad_input` is a tuple of 3 values"),
    ("integer_gradient", "wrong", "dtype", "`grad_input` is int64"),
    ("float32_gradient", "wrong", "dtype", "`grad_input` is float32"),
    ("float32_inside", "wrong", "value", "about 7 digits only"),
    ("transposed", "wrong", "shape", "turned round"),
    ("no_batch_sum", "wrong", "shape", "the 4 rows were not added up"),
    ("wrong_forward", "wrong", "value", "`output` is off"),
    ("wrong_forward_and_backward_to_match", "wrong", "forward", "mend `output` first"),
    ("writes_into_input", "wrong", "mutation", "writes into an array that it was given (line 12)"),
    ("todo_left", "faulty", "todo", "still has its TODO (line 16)"),
    ("syntax_error", "faulty", "syntax", "'(' was never closed"),
    ("indentation_error", "faulty", "syntax", "Python cannot read your file (line 20)"),
    ("not_utf8", "faulty", "syntax", "Python cannot read your file"),
    ("zero_bytes", "faulty", "file", "is not a text file"),
    ("missing_import", "faulty", "import", "No module named"),
    ("deep_in_a_helper", "faulty", "crash", "raises ValueError (line 22)"),
    ("own_exception", "faulty", "crash", "raises Unspeakable (line 16)"),
    ("hidden_escape_codes", "faulty", "crash", "red"),
    ("nameless_exception", "faulty", "crash", "raises an exception"),
    ("grad_too_small", "wrong", "value", "Every entry is 1e-310 times"),
    ("huge_array", "wrong", "type", "array of shape (5000, 4000), 160 MB"),
    ("endless_recursion", "faulty", "crash", "RecursionError"),
    ("endless_loop", "faulty", "timeout", "`Linear.backward` was not done after 1.5 s"),
    ("endless_loop_that_swallows", "faulty", "timeout", "was not done after 1.5 s"),
    ("endless_loop_on_import", "faulty", "timeout", "was not done after 1.5 s"),
    ("sleeps", "faulty", "timeout", "was not done after 1.5 s"),
    ("sys_exit", "faulty", "exit", "ends the program"),
    ("sys_exit_on_import", "faulty", "exit", "ends the program"),
    ("os_exit", "faulty", "died", "os._exit"),
    ("asks_for_input", "faulty", "input", "asks for input() (line 16)"),
    ("million_lines", "faulty", "output", "more than a million characters (line 17)"),
    ("forged_reply", "faulty", "died", "sent what the tutor cannot read"),
    ("forged_length", "faulty", "died", "sent what the tutor cannot read"),
]
LINUX_ONLY = [
    ("memory_blow_up", "faulty", "memory", "more than 512 MB of memory (line 16)"),
    ("memory_in_small_steps", "faulty", "memory", "more than 512 MB of memory (line 18)"),
    ("memory_that_is_kept", "faulty", "memory", "more than 512 MB of memory"),
    ("changes_the_tutors_limits", "faulty", "crash", "may not use files"),
    ("changes_a_files_mode", "faulty", "crash", "may not use files"),
    ("starts_a_process", "faulty", "crash", "may not use files, connections or other processes"),
    ("reads_the_answer", "faulty", "crash", "PermissionError"),
    ("kills_the_tutor", "faulty", "crash", "PermissionError"),
]


@pytest.fixture(scope="module")
def checker(course: Course) -> Iterator[Checker]:
    made = Checker(course)
    made.warm()
    yield made
    made.close()


def check(checker: Checker, course: Course, name: str, seconds: float = SECONDS) -> Verdict:
    exercise = structs.replace(course.exercises[EXERCISE], seconds=seconds)
    return checker.check_file(exercise, FILES / f"{name}.py")[0]


@pytest.mark.parametrize(("name", "outcome", "kind", "says"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_has_its_own_finding(
    checker: Checker, course: Course, name: str, outcome: str, kind: str, says: str
) -> None:
    verdict = check(checker, course, name, SECONDS if kind == "timeout" else PATIENT_SECONDS)
    assert verdict.outcome == outcome
    told = [finding.message for finding in verdict.findings if finding.kind == kind]
    assert any(says in message for message in told), verdict.findings[:3]


@pytest.mark.skipif(sys.platform != "linux", reason="limits that only Linux enforces")
@pytest.mark.parametrize(
    ("name", "outcome", "kind", "says"), LINUX_ONLY, ids=[f[0] for f in LINUX_ONLY]
)
def test_a_limit_holds(
    checker: Checker, course: Course, name: str, outcome: str, kind: str, says: str
) -> None:
    verdict = check(checker, course, name, seconds=20.0)
    assert verdict.outcome == outcome
    told = [finding.message for finding in verdict.findings if finding.kind == kind]
    assert any(says in message for message in told), verdict.findings[:3]


def test_every_file_has_its_test() -> None:
    named = {fault[0] for fault in [*FAULTS, *LINUX_ONLY]} | {"prints_a_little"}
    assert {path.stem for path in FILES.glob("*.py")} == named


def test_an_unchanged_stub_is_told_apart(checker: Checker, course: Course, tmp_path: Path) -> None:
    stub = tmp_path / "stub.py"
    stub.write_bytes(course.stub(EXERCISE).replace(b"\n", b"\r\n"))
    verdict, _ = checker.check_file(course.exercises[EXERCISE], stub)
    assert (verdict.outcome, verdict.findings[0].kind) == ("faulty", "unchanged")


@pytest.mark.parametrize("name", ["nothing here", "a folder"])
def test_what_is_no_file_is_told(
    checker: Checker, course: Course, tmp_path: Path, name: str
) -> None:
    (tmp_path / "a folder").mkdir()
    verdict, source = checker.check_file(course.exercises[EXERCISE], tmp_path / name)
    assert (verdict.outcome, verdict.findings[0].kind, source) == ("faulty", "file", None)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes there")
def test_a_pipe_in_place_of_a_file_does_not_hang(
    checker: Checker, course: Course, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    verdict, _ = checker.check_file(course.exercises[EXERCISE], tmp_path / "pipe.py")
    assert verdict.findings[0].kind == "file"


def test_the_learners_own_lines_are_shown_and_no_others(checker: Checker, course: Course) -> None:
    finding = check(checker, course, "deep_in_a_helper").findings[0]
    assert [frame.line for frame in finding.frames] == [16, 19, 22]
    assert finding.frames[-1].text == "return grad_output @ np.ones((99, 2))"


def test_prints_are_shown_under_their_case(checker: Checker, course: Course) -> None:
    verdict = check(checker, course, "prints_a_little")
    assert verdict.passed
    assert "x (4, 3)" in verdict.output
    cases = [line for line in verdict.output.splitlines() if line.startswith("-- ")]
    assert len(cases) == verdict.cases


def test_a_flood_is_capped(checker: Checker, course: Course) -> None:
    output = check(checker, course, "million_lines").output
    assert output.startswith("line 0\nline 1\n")
    assert len(output) < 100_000
    assert output.endswith("(more was printed)")


def test_control_characters_never_reach_the_terminal(checker: Checker, course: Course) -> None:
    verdict = check(checker, course, "hidden_escape_codes")
    assert "\x1b" not in "".join(finding.message for finding in verdict.findings)


@pytest.mark.parametrize("name", ["endless_loop", "os_exit", "memory_blow_up", "forged_reply"])
def test_the_next_check_is_as_if_nothing_had_been(
    checker: Checker, course: Course, tmp_path: Path, name: str
) -> None:
    check(checker, course, name)
    right = tmp_path / "right.py"
    right.write_text(course.solution(EXERCISE) + "\n# mine\n", encoding="utf-8")
    assert checker.check_file(course.exercises[EXERCISE], right)[0].passed


def test_a_worker_that_is_killed_from_outside_is_a_finding(course: Course, tmp_path: Path) -> None:
    """As an out-of-memory killer would."""
    suicidal = tmp_path / "gone.py"
    suicidal.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    checker = Checker(course)
    verdict, _ = checker.check_file(course.exercises[EXERCISE], suicidal)
    assert verdict.outcome == "faulty"
    assert signal.SIGKILL.name in verdict.findings[0].message


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux closes the file system")
def test_a_neighbour_cannot_stand_in_for_python_before_the_door_is_shut(
    course: Course, tmp_path: Path
) -> None:
    """A learner's `resource.py` is not what the worker limits itself with."""
    solution = course.root / "checks" / "solutions" / f"{EXERCISE}.py"
    for name in ("resource", "contextlib", "struct", "re", "linecache", "threading"):
        (tmp_path / f"{name}.py").write_text(f"STOLEN = open({str(solution)!r}).read()\n")
    thief = tmp_path / "thief.py"
    thief.write_text("import resource\n\nexec(getattr(resource, 'STOLEN', ''))\n")
    verdict, _ = Checker(course).check_file(course.exercises[EXERCISE], thief)
    assert not verdict.passed


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux closes the file system")
def test_the_learners_secrets_are_not_in_the_workers_environment(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_SECRET_TOKEN", "hush")
    curious = tmp_path / "curious.py"
    curious.write_text("import os\nprint(dict(os.environ))\n")
    verdict, _ = Checker(course).check_file(course.exercises[EXERCISE], curious)
    assert "hush" not in verdict.output
    assert "PATH" in verdict.output


def test_a_flood_of_values_in_a_forged_reply_is_refused(course: Course, tmp_path: Path) -> None:
    forger = tmp_path / "forger.py"
    forger.write_text(FORGED_SEQUENCE)
    verdict, _ = Checker(course).check_file(course.exercises[EXERCISE], forger)
    assert (verdict.outcome, verdict.findings[0].kind) == ("faulty", "died")
    assert verdict.seconds < 5


FORGED_SEQUENCE = """
import os
import struct

items = b"\\xdd" + struct.pack(">I", 5_000_000) + b"\\xc0" * 5_000_000
sequence = b"\\x83\\xa4type\\xa1s\\xa7mutable\\xc2\\xa5items" + items
body = b"\\x83\\xa4type\\xa4done\\xa5value" + sequence + b"\\xa7changed\\x80"
frame = struct.pack("<I", len(body)) + body
for descriptor in range(3, 16):
    try:
        view = memoryview(frame)
        while view:
            view = view[os.write(descriptor, view):]
    except OSError:
        pass
"""


@pytest.mark.parametrize(
    ("line", "kind"),
    [("grad_output *= 1.0", "mutation"), ("d = np.diag(np.eye(3)); d += 1", "crash")],
    ids=["an argument", "a view that NumPy protects"],
)
def test_only_arguments_are_said_to_be_the_callers(
    course: Course, tmp_path: Path, line: str, kind: str
) -> None:
    source = course.solution(EXERCISE).replace("self.grad_W =", f"{line}\n        self.grad_W =", 1)
    mine = tmp_path / "mine.py"
    mine.write_text(source, encoding="utf-8")
    verdict, _ = Checker(course).check_file(course.exercises[EXERCISE], mine)
    assert verdict.findings[0].kind == kind, verdict.findings[0]
