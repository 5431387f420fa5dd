"""The watcher on a real folder, with saves as editors do them."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from threading import enumerate as enumerate_threads

import pytest
import watchfiles

from tutor.workspace import watch as watch_module
from tutor.workspace.watch import Watcher

LONG = 10.0  # what a busy machine may need; nothing here waits so long when all is well
POLL = 0.1
QUIET = 0.2  # longer than one round of looking


@pytest.fixture(autouse=True)
def _quick_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "POLL_SECONDS", POLL)


class Saves:
    """What a watcher reported, in order."""

    def __init__(self) -> None:
        self._queue: Queue[str] = Queue()
        self.report = self._queue.put

    def next(self) -> str:
        return self._queue.get(timeout=LONG)

    def none_come(self) -> bool:
        try:
            self._queue.get(timeout=QUIET)
        except Empty:
            return True
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "my work" / "exercises"
    path.mkdir(parents=True)
    (path / "linear.py").write_text("stub")
    (path / "relu.py").write_text("stub")
    return path


@pytest.fixture
def saves(folder: Path) -> Iterator[Saves]:
    saves = Saves()
    watcher = Watcher(folder, saves.report)
    watcher.start()
    yield saves
    watcher.stop()


def write(path: Path, text: str) -> None:
    path.write_text(text)


def move_over(path: Path, text: str) -> None:
    fresh = path.with_suffix(".tmp")
    fresh.write_text(text)
    os.replace(fresh, path)


def like_vim(path: Path, text: str) -> None:
    path.replace(f"{path}~")
    path.write_text(text)
    Path(f"{path}~").unlink()


def delete_first(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


WAYS = [write, move_over, like_vim, delete_first]


@pytest.mark.parametrize("save", WAYS)
def test_every_way_to_save_is_one_save(
    folder: Path, saves: Saves, save: Callable[[Path, str], None]
) -> None:
    for text in ("first", "second", "first"):
        save(folder / "linear.py", text)
        assert saves.next() == "linear"
    save(folder / "relu.py", "first")
    assert saves.next() == "relu"
    assert saves.none_come()


@pytest.mark.parametrize("save", WAYS)
def test_the_same_content_is_no_news(
    folder: Path, saves: Saves, save: Callable[[Path, str], None]
) -> None:
    save(folder / "linear.py", "stub")
    os.utime(folder / "relu.py")
    assert saves.none_come()


def test_a_new_file_is_news_and_a_deleted_one_is_not(folder: Path, saves: Saves) -> None:
    (folder / "softmax.py").write_text("new")
    assert saves.next() == "softmax"
    (folder / "softmax.py").unlink()
    assert saves.none_come()


def test_only_exercises_count(folder: Path, saves: Saves) -> None:
    for name in ("linear.new.py", ".#linear.py", "linear.py.swp", "notes.txt", "4913", ".py"):
        (folder / name).write_text("x")
    (folder / "folder.py").mkdir()
    (folder / "deeper").mkdir()
    (folder / "deeper" / "linear.py").write_text("x")
    if sys.platform != "win32":
        (folder / "nowhere.py").symlink_to("nothing")
        os.mkfifo(folder / "fifo.py")
    assert saves.none_come()


def test_two_saves_of_one_length_in_one_tick_are_both_seen(folder: Path, saves: Saves) -> None:
    path = folder / "linear.py"
    path.write_text("one!")
    assert saves.next() == "linear"
    times = path.stat()
    path.write_text("two!")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert saves.next() == "linear"


def test_a_file_that_is_being_written_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EMPTY_SECONDS", "SETTLE_SECONDS", "PATIENCE_SECONDS"):
        monkeypatch.setattr(watch_module, name, 10 * getattr(watch_module, name))
    saves = Saves()
    watcher = Watcher(folder, saves.report)
    watcher.start()
    with (folder / "linear.py").open("w") as file:
        for piece in ("", "one", "two"):
            file.write(piece)
            file.flush()
            time.sleep(0.05)
    assert saves.next() == "linear"
    assert saves.none_come()
    watcher.stop()


def test_a_file_that_stays_empty_is_a_save(folder: Path, saves: Saves) -> None:
    (folder / "linear.py").write_text("")
    assert saves.next() == "linear"


def test_a_file_too_large_to_read_is_a_save(folder: Path, saves: Saves) -> None:
    (folder / "linear.py").write_bytes(b"#" * (2 << 20))
    assert saves.next() == "linear"
    assert saves.none_come()


def test_several_files_at_once_are_several_saves(folder: Path, saves: Saves) -> None:
    for name in ("a", "b", "c"):
        (folder / f"{name}.py").write_text("new")
    assert {saves.next(), saves.next(), saves.next()} == {"a", "b", "c"}
    assert saves.none_come()


def test_a_folder_deleted_and_made_again_is_watched_on(folder: Path, saves: Saves) -> None:
    for round_ in range(2):
        shutil.rmtree(folder.parent)
        assert saves.none_come()
        folder.mkdir(parents=True)
        (folder / "linear.py").write_text(f"again {round_}")
        assert saves.next() == "linear"
        (folder / "linear.py").write_text(f"and again {round_}")
        assert saves.next() == "linear"


def test_a_folder_exchanged_in_one_moment_is_watched_on(folder: Path, saves: Saves) -> None:
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    folder.rename(folder.with_name("old"))
    other.rename(folder)
    assert saves.none_come()
    (folder / "linear.py").write_text("new")
    assert saves.next() == "linear"


def test_a_folder_that_comes_later_is_watched(tmp_path: Path) -> None:
    saves, folder = Saves(), tmp_path / "later"
    watcher = Watcher(folder, saves.report)
    watcher.start()
    folder.mkdir()
    (folder / "linear.py").write_text("new")
    assert saves.next() == "linear"
    watcher.stop()


def no_watches(*_: object, **__: object) -> Iterator[object]:
    raise OSError(28, "No space left on device (inotify watches)")
    yield


def no_news(*_: object, stop_event: object, **__: object) -> Iterator[object]:
    while not stop_event.wait(0.05):  # type: ignore[attr-defined]
        yield set()


@pytest.mark.parametrize("broken", [no_watches, no_news])
def test_without_events_saves_are_found_by_looking(
    folder: Path, monkeypatch: pytest.MonkeyPatch, broken: object
) -> None:
    monkeypatch.setattr(watchfiles, "watch", broken)
    saves = Saves()
    watcher = Watcher(folder, saves.report)
    watcher.start()
    for text in ("first", "second"):
        move_over(folder / "linear.py", text)
        assert saves.next() == "linear"
    watcher.stop()


def test_a_save_before_the_events_begin_is_not_missed(folder: Path) -> None:
    saves = Saves()
    watcher = Watcher(folder, saves.report)
    watcher.start()
    (folder / "linear.py").write_text("at once")
    assert saves.next() == "linear"
    watcher.stop()


def test_an_error_in_the_report_does_not_end_the_watch(folder: Path) -> None:
    saves = Saves()

    def report(name: str) -> None:
        saves.report(name)
        raise ValueError("a bug elsewhere")

    watcher = Watcher(folder, report)
    watcher.start()
    for text in ("first", "second"):
        (folder / "linear.py").write_text(text)
        assert saves.next() == "linear"
    watcher.stop()


def test_nothing_is_reported_after_stop(folder: Path) -> None:
    saves = Saves()
    watcher = Watcher(folder, saves.report)
    watcher.stop()  # before it began: nothing to do
    watcher = Watcher(folder, saves.report)
    watcher.start()
    watcher.stop()
    watcher.stop()
    (folder / "linear.py").write_text("late")
    assert saves.none_come()
    assert all(thread.name != "bp-tutor-watch" for thread in enumerate_threads())


def test_stop_can_be_called_from_the_report(folder: Path) -> None:
    saves = Saves()

    def report(name: str) -> None:
        watcher.stop()
        saves.report(name)

    watcher = Watcher(folder, report)
    watcher.start()
    (folder / "linear.py").write_text("last")
    assert saves.next() == "linear"
    watcher.stop()


@pytest.mark.parametrize("save", WAYS)
def test_events_alone_tell_every_way_to_save_soon(
    folder: Path, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path, str], None]
) -> None:
    monkeypatch.setattr(watch_module, "POLL_SECONDS", 10 * LONG)
    saves = Saves()
    watcher = Watcher(folder, saves.report)
    watcher.start()
    while saves.none_come():  # until the events have begun
        (folder / "relu.py").write_text(str(time.monotonic()))
    delays = []
    for number in range(8):
        began = time.perf_counter()
        save(folder / "linear.py", f"version {number}")
        while saves.next() != "linear":
            pass  # late news of the warming up
        delays.append(time.perf_counter() - began)
    watcher.stop()
    assert sorted(delays)[4] < 0.15  # 35 to 55 ms on a quiet machine


def test_a_steady_stream_of_saves_is_not_waited_out(folder: Path, saves: Saves) -> None:
    until = time.monotonic() + 1.2

    def stream() -> None:
        number = 0
        while time.monotonic() < until:
            (folder / "linear.py").write_text(f"{number}")
            number += 1
            time.sleep(watch_module.SETTLE_SECONDS / 4)

    writer = Thread(target=stream)
    writer.start()
    assert saves.next() == "linear"
    assert time.monotonic() < until
    writer.join()
