"""The store on real files, with real processes that are killed, race and break things."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import WorkspaceError
from tutor.progress import opening, schema
from tutor.progress.records import Answer, HintTaken, Version
from tutor.progress.store import Store
from tutor.verdict import ArrayTally, Diagnosis, Finding, Frame, Outcome, Verdict

NOON = time.mktime((2025, 3, 4, 12, 0, 0, 0, 0, -1))

CHILD = """
import os, sys, time
from pathlib import Path
from tutor.progress.store import Store
from tutor.verdict import Verdict

path, job, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
count = int(sys.argv[4]) if len(sys.argv) > 4 else 10**9
print("ready", flush=True)
sys.stdin.readline()
store = Store.open(path, now=time.time())
for number in range(count):
    source = f"{name} {number}".encode()
    verdict = Verdict(exercise=name, outcome="wrong", sha256="", seconds=0.0)
    store.record_attempt(source, verdict, at=float(number))
    print(number, flush=True)
if job == "stay":
    sys.stdin.readline()
if job == "leave":
    os._exit(0)
store.close()
"""


def permissions_bind() -> bool:
    """Whether a read-only folder keeps us out; it does not keep root out."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o500)
        return not os.access(folder, os.W_OK)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store.open(path, now=NOON)) as opened:
        yield opened


def verdict(exercise: str = "linear", outcome: Outcome = "wrong", **more: object) -> Verdict:
    fields = {"sha256": "", "seconds": 0.02} | more
    return Verdict(exercise=exercise, outcome=outcome, **fields)  # type: ignore[arg-type]


def sha256(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()


def filled(path: Path, *, number: int = 3) -> None:
    """A closed progress file with some attempts."""
    with closing(Store.open(path, now=NOON)) as store:
        for each in range(number):
            store.record_attempt(f"version {each}".encode(), verdict(), at=float(each))


def sources(store: Store, exercise: str = "linear") -> list[bytes]:
    return [store.source(attempt.sha256) for attempt in store.attempts(exercise)]


def on_disk(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(each.relative_to(folder)): (
            each.stat().st_mtime_ns,
            each.stat().st_ino,
            each.read_bytes(),
        )
        for each in folder.rglob("*")
        if each.is_file()
    }


@contextmanager
def child(path: Path, job: str, name: str, *count: str) -> Iterator[subprocess.Popen[str]]:
    """Another tutor that has started and waits for a line before it opens the store."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), job, name, *count],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def read_until(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    assert any(each == line for each in iter(process.stdout.readline, ""))


# -- what is remembered --------------------------------------------------------------------------


def test_an_attempt_comes_back_whole(path: Path, store: Store) -> None:
    told = verdict(
        findings=(
            Finding("one row", "grad_W", "shape", "turned round", "(5, 3)", "(3, 5)"),
            Finding("", "", "crash", "boom", frames=(Frame(3, "backward", "1 / 0"),)),
        ),
        diagnoses=(Diagnosis("transposed", "it is turned round", "6 of 6 cases"),),
        output="prints ∂\n",
        arrays=(ArrayTally("output", 6, 6),),
        cases=6,
    )
    kept = store.record_attempt(b"W = 1\r\n\xff", told, at=10.5)
    store.close()
    with closing(Store.open(path, now=NOON)) as again:
        assert again.attempts("linear") == (kept,)
        assert kept.verdict == told
        assert (kept.at, kept.outcome) == (10.5, "wrong")
        assert again.source(kept.sha256) == b"W = 1\r\n\xff"
        assert again.attempts("other") == ()
        assert again.notice == ""


def test_checking_the_same_version_again_is_the_same_attempt(store: Store) -> None:
    first = store.record_attempt(b"a", verdict(seconds=1.0), at=1.0)
    again = store.record_attempt(b"a", verdict(seconds=2.0), at=2.0)
    assert (again.id, again.at) == (first.id, 1.0)
    assert store.attempts("linear") == (again,)
    assert again.verdict.seconds == 2.0


def test_an_attempt_is_new_when_bytes_or_outcome_are(store: Store) -> None:
    store.record_attempt(b"a", verdict(), at=1.0)
    store.record_attempt(b"b", verdict(), at=2.0)
    store.record_attempt(b"a", verdict(), at=3.0)  # an older version, brought back
    store.record_attempt(b"a", verdict(outcome="passed"), at=4.0)  # the check was mended
    store.record_attempt(b"a", verdict("other"), at=5.0)
    assert sources(store) == [b"a", b"b", b"a", b"a"]
    assert [attempt.at for attempt in store.attempts("linear")] == [1.0, 2.0, 3.0, 4.0]
    assert sources(store, "other") == [b"a"]


def test_versions_are_attempts_and_kept_files_in_one_order(store: Store) -> None:
    attempt = store.record_attempt(b"a", verdict(outcome="passed"), at=1.0)
    reset = store.keep_version("linear", b"b", kind="reset", at=2.0)
    other = store.record_attempt(b"a", verdict("other"), at=3.0)
    restore = store.keep_version("linear", b"a", kind="restore", at=4.0)
    assert store.versions("linear") == (
        Version(attempt.id, "linear", 1.0, sha256(b"a"), "attempt", "passed", attempt.verdict),
        Version(reset.id, "linear", 2.0, sha256(b"b"), "reset", None),
        Version(restore.id, "linear", 4.0, sha256(b"a"), "restore", None),
    )
    assert attempt.id < reset.id < other.id < restore.id
    assert store.source(reset.sha256) == b"b"
    assert len(store.attempts("linear")) == 1
    with pytest.raises(KeyError):
        store.source("never kept")


def test_hints_and_reveals_keep_their_first_time(store: Store) -> None:
    first = HintTaken("linear", 1, 1.0, "abc", anyway=True)
    second = HintTaken("linear", 2, 2.0, "", anyway=False)
    for hint in (second, first, HintTaken("linear", 1, 9.0, "def", anyway=False)):
        store.take_hint(hint)
    assert store.hints("linear") == (first, second)
    assert store.hints("other") == ()
    assert store.revealed_at("linear") is None
    store.reveal("linear", at=0.0)
    store.reveal("linear", at=5.0)
    assert store.revealed_at("linear") == 0.0


def test_lessons_answers_and_stubs(store: Store) -> None:
    assert (store.lessons_read(), store.answers("01"), store.delivered_stub("linear")) == (
        frozenset(),
        {},
        "",
    )
    store.mark_read("01", at=1.0)
    store.mark_read("01", at=2.0)
    store.mark_read("02", at=3.0)
    assert store.lessons_read() == {"01", "02"}

    store.save_answer(Answer("01", "shape", "(3, 5)", None, 1.0))
    store.save_answer(Answer("01", "why", None, "wrong", 2.0))
    latest = Answer("01", "shape", "(3, 5)", "right", 3.0)
    store.save_answer(latest)
    store.save_answer(Answer("02", "shape", "elsewhere", None, 4.0))
    assert store.answers("01") == {"shape": latest, "why": Answer("01", "why", None, "wrong", 2.0)}

    store.set_delivered_stub("linear", "old")
    store.set_delivered_stub("linear", "new")
    assert store.delivered_stub("linear") == "new"


def test_text_that_no_encoding_can_hold_is_spelled_out(store: Store) -> None:
    finding = Finding("case", "output", "value", "got \udc80")
    kept = store.record_attempt(b"a", verdict(output="\ud800!", findings=(finding,)), at=1.0)
    assert kept.verdict.output == "\\ud800!"
    assert kept.verdict.findings[0].message == "got \\udc80"
    assert store.attempts("linear") == (kept,)
    store.save_answer(Answer("01", "why", "pasted \udcff", None, 1.0))
    assert store.answers("01")["why"].text == "pasted \\udcff"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.binary(max_size=3),
            st.sampled_from(["passed", "wrong", "faulty"]),
            st.text(st.characters(), max_size=5),
        ),
        max_size=12,
    )
)
def test_any_checks_are_kept_as_a_list_without_repetitions(
    checks: list[tuple[bytes, Outcome, str]],
) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(Store.open(Path(folder) / "progress.db", now=NOON)) as store,
    ):
        expected: list[tuple[bytes, Outcome]] = []
        for at, (source, outcome, output) in enumerate(checks):
            store.record_attempt(source, verdict(outcome=outcome, output=output), at=at)
            if expected[-1:] != [(source, outcome)]:
                expected.append((source, outcome))
        attempts = store.attempts("linear")
        assert [(store.source(a.sha256), a.outcome) for a in attempts] == expected
        assert [a.id for a in attempts] == sorted({a.id for a in attempts})


def test_a_verdict_of_another_version_of_the_tutor_is_not_in_the_way(
    path: Path, store: Store
) -> None:
    kept = store.record_attempt(b"a", verdict(outcome="passed"), at=1.0)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("""UPDATE versions SET verdict = '{"verdict":"splendid"}'""")
    (attempt,) = store.attempts("linear")
    assert (attempt.id, attempt.passed, attempt.verdict.sha256) == (kept.id, True, sha256(b"a"))


# -- only looking ----------------------------------------------------------------------------------


def test_looking_at_nothing_makes_nothing(tmp_path: Path) -> None:
    for path in (tmp_path / "progress.db", tmp_path / "no" / "folder" / "progress.db"):
        with closing(Store.look(path)) as store:
            assert store.attempts("linear") == ()
            assert store.lessons_read() == frozenset()
            assert store.notice == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "folder", ["plain", "a b", "50% off?", "#1 & more;", "ü%20+'\"", "?mode=rw"]
)
def test_looking_leaves_every_byte_alone_wherever_it_is(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "progress.db"
    path.parent.mkdir()
    filled(path)
    before = on_disk(tmp_path)
    with closing(Store.look(path)) as store:
        assert sources(store) == [b"version 0", b"version 1", b"version 2"]
        assert on_disk(tmp_path) == before
    assert on_disk(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="names that are not UTF-8 are a POSIX thing")
def test_looking_works_under_a_name_that_is_not_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff")) / "progress.db"
    path.parent.mkdir()
    filled(path)
    with closing(Store.look(path)) as store:
        assert len(store.attempts("linear")) == 3


def test_looking_beside_a_tutor_at_work_sees_its_work_and_leaves_no_trace(path: Path) -> None:
    with child(path, "stay", "linear", "3") as tutor:
        go(tutor)
        read_until(tutor, "2\n")
        before = on_disk(path.parent)
        with closing(Store.look(path)) as store:
            assert sources(store) == [b"linear 0", b"linear 1", b"linear 2"]
        assert on_disk(path.parent) == before


@pytest.mark.parametrize("lost", [[], ["-shm"]], ids=["as it was", "without its index"])
def test_looking_after_a_tutor_was_killed_sees_all_and_leaves_no_trace(
    path: Path, lost: list[str]
) -> None:
    with child(path, "leave", "linear", "3") as tutor:
        go(tutor)
        tutor.wait()
    for ending in lost:
        Path(f"{path}{ending}").unlink()
    assert Path(f"{path}-wal").stat().st_size > 0
    before = on_disk(path.parent)
    with closing(Store.look(path)) as store:
        assert sources(store) == [b"linear 0", b"linear 1", b"linear 2"]
    assert on_disk(path.parent) == before


def test_who_looks_for_long_sees_what_others_do_meanwhile(path: Path) -> None:
    with closing(Store.look(path)) as store:
        for number in range(1, 4):
            with closing(Store.open(path, now=NOON)) as tutor:
                tutor.record_attempt(f"version {number}".encode(), verdict(), at=1.0)
            assert len(store.attempts("linear")) == number
        with closing(Store.open(path, now=NOON)) as tutor:
            tutor.record_attempt(b"live", verdict(), at=9.0)
            assert sources(store)[-1] == b"live"
            tutor.record_attempt(b"more", verdict(), at=9.0)
            assert sources(store)[-1] == b"more"


@pytest.mark.parametrize("there", [True, False])
def test_who_looks_cannot_write(path: Path, there: bool) -> None:
    if there:
        filled(path)
    with closing(Store.look(path)) as store, pytest.raises(WorkspaceError):
        store.mark_read("01", at=1.0)


# -- damage ----------------------------------------------------------------------------------------


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database, but long enough to be taken for one\n" * 100)


def cut_off(path: Path) -> None:
    filled(path, number=60)
    os.truncate(path, path.stat().st_size // 2)


def overwritten_inside(path: Path) -> None:
    filled(path, number=60)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 4096)


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (url)")


DAMAGES = [garbage, cut_off, overwritten_inside, of_another_program]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_that_cannot_be_used_is_set_aside_unchanged(path: Path, damage: object) -> None:
    damage(path)  # type: ignore[operator]
    Path(f"{path}-wal").write_bytes(b"an old log")
    Path(f"{path}-shm").write_bytes(b"its index")
    before = {each.name: each.read_bytes() for each in path.parent.glob("progress.db*")}
    with closing(Store.open(path, now=NOON)) as store:
        aside = path.with_name("progress.corrupt-20250304-120000.db")
        assert str(aside) in store.notice
        for ending in ("", "-wal", "-shm"):
            assert Path(f"{aside}{ending}").read_bytes() == before[f"progress.db{ending}"]
        assert store.attempts("linear") == ()
        store.record_attempt(b"new", verdict(), at=1.0)
    with closing(Store.open(path, now=NOON)) as again:
        assert sources(again) == [b"new"]
        assert again.notice == ""


def test_a_second_damaged_file_in_the_same_second_gets_a_name_of_its_own(path: Path) -> None:
    for text in (b"first", b"second", b"third"):
        path.write_bytes(text * 1000)
        Store.open(path, now=NOON).close()
    asides = sorted(path.parent.glob("progress.corrupt-*.db"))
    assert [each.read_bytes()[:5] for each in asides] == [b"secon", b"third", b"first"]
    assert asides[0].name == "progress.corrupt-20250304-120000-2.db"


@pytest.mark.parametrize("damage", DAMAGES)
def test_looking_at_a_damaged_file_tells_and_touches_nothing(path: Path, damage: object) -> None:
    damage(path)  # type: ignore[operator]
    before = on_disk(path.parent)
    with closing(Store.look(path)) as store:
        assert str(path) in store.notice
        assert store.attempts("linear") == ()
    assert on_disk(path.parent) == before


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    path.touch()
    with closing(Store.look(path)) as store:
        assert (store.attempts("linear"), store.notice) == ((), "")
    with closing(Store.open(path, now=NOON)) as store:
        assert store.notice == ""
    assert list(path.parent.glob("progress.corrupt-*")) == []


def test_a_damaged_file_is_not_taken_from_a_tutor_that_uses_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    filled(path)
    with closing(Store.open(path, now=NOON)):
        garbage(path)
        with pytest.raises(WorkspaceError, match="another bp-tutor is using it"):
            Store.open(path, now=NOON)
        assert path.read_bytes().startswith(b"not a database")
        assert list(path.parent.glob("progress.corrupt-*")) == []
    with closing(Store.open(path, now=NOON)) as store:
        assert "corrupt" in store.notice


def test_a_file_of_a_newer_tutor_is_refused_and_left_alone(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    before = path.read_bytes()
    for way in (Store.look, lambda path: Store.open(path, now=NOON)):
        with pytest.raises(WorkspaceError, match="made by a newer bp-tutor"):
            way(path)
    assert path.read_bytes() == before


def test_a_file_of_an_older_tutor_is_upgraded_when_written_and_readable_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    step = ("CREATE TABLE reviews (checkpoint TEXT PRIMARY KEY)",)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    before = on_disk(path.parent)
    with closing(Store.look(path)) as store:
        assert len(store.attempts("linear")) == 3
    assert on_disk(path.parent) == before
    with closing(Store.open(path, now=NOON)) as store:
        assert len(store.attempts("linear")) == 3
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM reviews").fetchone() == (0,)


def test_a_failed_upgrade_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    step = ("CREATE TABLE half (x)", "CREATE TABLE half (x)")
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
        with pytest.raises(sqlite3.OperationalError):
            Store.open(path, now=NOON)
    with closing(Store.open(path, now=NOON)) as store:
        assert len(store.attempts("linear")) == 3


# -- others, and bad days --------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("after", [1, 7, 40])
def test_what_was_told_survives_kill_9(path: Path, after: int) -> None:
    with child(path, "write", "linear") as tutor:
        go(tutor)
        read_until(tutor, f"{after}\n")
        tutor.send_signal(signal.SIGKILL)
        assert tutor.stdout is not None
        told = [after, *(int(line) for line in tutor.stdout if line.endswith("\n"))][-1]
    with closing(Store.open(path, now=NOON)) as store:
        kept = sources(store)
        # The last one may have been on the disk and not yet told; never the other way round.
        assert told + 1 <= len(kept) <= told + 2
        assert kept == [f"linear {each}".encode() for each in range(len(kept))]
        assert store.notice == ""


@pytest.mark.parametrize("begin", [None, garbage])
def test_tutors_that_start_at_once_destroy_nothing(path: Path, begin: object) -> None:
    if begin is not None:
        begin(path)  # type: ignore[operator]
    names = ["a", "b", "c", "d"]
    with (
        child(path, "write", "a", "5") as a,
        child(path, "write", "b", "5") as b,
        child(path, "write", "c", "5") as c,
        child(path, "write", "d", "5") as d,
    ):
        for tutor in (a, b, c, d):
            go(tutor)
        assert [tutor.wait() for tutor in (a, b, c, d)] == [0, 0, 0, 0]
    with closing(Store.look(path)) as store:
        for name in names:
            assert sources(store, name) == [f"{name} {each}".encode() for each in range(5)]
    asides = list(path.parent.glob("progress.corrupt-*"))
    assert len(asides) == (0 if begin is None else 1)


def test_threads_share_a_store(store: Store) -> None:
    def work(name: str) -> None:
        for number in range(10):
            store.record_attempt(f"{name} {number}".encode(), verdict(name), at=float(number))
            assert len(store.attempts(name)) == number + 1

    threads = [Thread(target=work, args=(f"exercise {each}",)) for each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(store.attempts(f"exercise {each}")) == 10 for each in range(8))


def test_a_full_disk_is_told_and_loses_nothing(path: Path, store: Store) -> None:
    store.record_attempt(b"saved", verdict(), at=1.0)
    connection = store._database._opened.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(WorkspaceError, match="the disk is full") as refusal:
        store.record_attempt(os.urandom(100_000), verdict(), at=2.0)
    assert "Free some space" in refusal.value.hint
    assert sources(store) == [b"saved"]
    connection.execute("PRAGMA max_page_count = 1000000")
    store.record_attempt(b"later", verdict(), at=3.0)
    with closing(Store.look(path)) as look:
        assert sources(look) == [b"saved", b"later"]


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits")
def test_a_disk_that_takes_no_more_is_told_and_loses_nothing(path: Path) -> None:
    filled(path)
    code = """
import os, resource, sys
from pathlib import Path
from tutor.errors import WorkspaceError
from tutor.progress.store import Store
from tutor.verdict import Verdict

store = Store.open(Path(sys.argv[1]), now=0.0)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
verdict = Verdict(exercise="linear", outcome="wrong", sha256="", seconds=0.0)
try:
    for at in range(100):
        store.record_attempt(os.urandom(5000), verdict, at=at)
except WorkspaceError as error:
    assert len(store.attempts("linear")) == at + 3
    print(at + 3, error.hint)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=root
    )
    assert done.stderr == ""
    kept, hint = done.stdout.split(" ", 1)
    assert "safe" in hint
    with closing(Store.open(path, now=NOON)) as store:
        assert len(store.attempts("linear")) == int(kept) > 3


def test_a_lock_that_is_never_released_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    with (
        closing(Store.open(path, now=NOON)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match="another program is using the file"):
            store.record_attempt(b"a", verdict(), at=1.0)
        other.execute("ROLLBACK")
        store.record_attempt(b"a", verdict(), at=1.0)
        assert sources(store) == [b"a"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_file_deleted_under_a_running_tutor_is_made_again(path: Path, store: Store) -> None:
    store.record_attempt(b"gone", verdict(), at=1.0)
    for each in path.parent.glob("progress.*"):
        each.unlink()
    store.record_attempt(b"kept", verdict(), at=2.0)
    with closing(Store.look(path)) as look:
        assert sources(look) == [b"kept"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_deleted_folder_is_told_and_works_again_when_it_is_back(
    tmp_path: Path,
) -> None:
    path = tmp_path / "state" / "progress.db"
    path.parent.mkdir()
    with closing(Store.open(path, now=NOON)) as store:
        path.parent.rename(tmp_path / "moved")
        for _ in range(2):
            with pytest.raises(WorkspaceError, match="cannot be opened"):
                store.mark_read("01", at=1.0)
        (tmp_path / "moved").rename(path.parent)
        store.mark_read("02", at=1.0)
        assert store.lessons_read() == {"02"}


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be opened") as refusal:
        Store.open(tmp_path / "no" / "progress.db", now=NOON)
    assert "folder" in refusal.value.hint


@pytest.mark.skipif(not permissions_bind(), reason="permissions mean nothing here")
def test_a_folder_that_may_not_be_written_is_told_but_can_be_looked_at(path: Path) -> None:
    filled(path)
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with closing(Store.look(path)) as store:
            assert len(store.attempts("linear")) == 3
        with pytest.raises(WorkspaceError) as refusal:
            Store.open(path, now=NOON)
        assert "writ" in refusal.value.hint
    finally:
        path.parent.chmod(0o700)


# -- cost ------------------------------------------------------------------------------------------


def test_forty_exercises_are_overlooked_quickly(path: Path, store: Store) -> None:
    finding = Finding("a case with a name", "grad_W", "value", "m" * 80, "1 2 3", "4 5 6")
    for number in range(400):
        told = verdict(f"exercise {number % 40}", findings=(finding,) * 6, output="printed\n" * 50)
        store.record_attempt(os.urandom(3000), told, at=0.0)
    began = time.perf_counter()
    with closing(Store.look(path)) as look:
        assert sum(len(look.attempts(f"exercise {each}")) for each in range(40)) == 400
    assert time.perf_counter() - began < 0.5  # about 10 ms on a quiet machine


def test_the_store_is_cheap_to_import() -> None:
    code = (
        "import sys, tutor.progress.store as s;"
        "print([m for m in ('numpy', 'textual', 'subprocess', 'watchfiles') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout == "[]\n"
