"""The learner's folder: real files, links, FIFOs, full disks and several tutors at once."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import WorkspaceError
from tutor.workspace import disk
from tutor.workspace.files import Placed, Workspace, sha256_of, write_atomically

ROOT = Path(__file__).parents[2]
STUB, NEWER, MINE = b"# stub\n", b"# newer stub\n", b"# mine\n"


def permissions_bind() -> bool:
    """Whether a read-only folder keeps us out; it does not keep root out."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o500)
        return not os.access(folder, os.W_OK)


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
bound = pytest.mark.skipif(not permissions_bind(), reason="permissions mean nothing here")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "my work")
    made.create()
    return made


def names(workspace: Workspace) -> list[str]:
    return sorted(each.name for each in workspace.exercises_dir.iterdir())


# -- where -----------------------------------------------------------------------------------------


def test_the_folder_is_the_given_one_else_the_variable_else_at_home(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    variable = {"BP_TUTOR_WORKSPACE": "~/other place"}
    assert Workspace.locate(None, home).root == tmp_path / "bp-tutor"
    assert Workspace.locate(None, {**home, "BP_TUTOR_WORKSPACE": ""}).root == tmp_path / "bp-tutor"
    assert Workspace.locate(None, {**home, **variable}).root == tmp_path / "other place"
    assert Workspace.locate(Path("/x"), {**home, **variable}).root == Path("/x").absolute()
    assert Workspace.locate(Path("~/y"), home).root == tmp_path / "y"
    assert list(tmp_path.iterdir()) == []


def test_a_relative_folder_stays_the_same_when_the_tutor_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Workspace.locate(Path("here"), {}).root == tmp_path / "here"


def test_without_a_home_only_the_default_fails() -> None:
    with pytest.raises(WorkspaceError, match="home folder is not known") as refusal:
        Workspace.locate(None, {})
    assert "BP_TUTOR_WORKSPACE" in refusal.value.hint
    assert Workspace.locate(None, {"BP_TUTOR_WORKSPACE": "/x"}).root == Path("/x").absolute()


def test_the_layout(workspace: Workspace) -> None:
    workspace.create()  # once more does no harm
    assert workspace.exercise_path("linear") == workspace.root / "exercises" / "linear.py"
    assert workspace.database == workspace.root / ".bp-tutor" / "progress.db"
    assert workspace.exercises_dir.is_dir()
    assert workspace.state_dir.is_dir()


@pytest.mark.parametrize("inside", ["", "deeper", "exercises"])
def test_a_file_in_the_way_is_named_and_kept(tmp_path: Path, inside: str) -> None:
    blocked = tmp_path / "work"
    if inside == "exercises":
        blocked.mkdir()
        blocked /= inside
    blocked.write_bytes(b"precious")
    root = tmp_path / "work" / ("deeper" if inside == "deeper" else "")
    with pytest.raises(WorkspaceError, match="in the place of a folder") as refusal:
        Workspace(root).create()
    assert refusal.value.path == blocked
    assert blocked.read_bytes() == b"precious"


@bound
def test_no_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WorkspaceError, match="cannot be made") as refusal:
            Workspace(tmp_path / "work").create()
        assert "permissions" in refusal.value.hint
    finally:
        tmp_path.chmod(0o700)


# -- reading ---------------------------------------------------------------------------------------


def test_reading(workspace: Workspace) -> None:
    assert workspace.read_if_any("linear") is None
    with pytest.raises(WorkspaceError, match="no such file yet"):
        workspace.read("linear")
    workspace.write("linear", MINE)
    assert workspace.read("linear") == workspace.read_if_any("linear") == MINE
    assert (sha256_of(MINE), sha256_of(None)) == (hashlib.sha256(MINE).hexdigest(), "")


def test_a_megabyte_is_read_and_one_byte_more_refused(workspace: Workspace) -> None:
    path = workspace.exercise_path("linear")
    path.write_bytes(b"#" * (1 << 20))
    assert len(workspace.read("linear")) == 1 << 20
    path.write_bytes(b"#" * ((1 << 20) + 1))
    for read in (workspace.read, workspace.read_if_any):
        with pytest.raises(WorkspaceError, match="larger than 1 MiB"):
            read("linear")


def folder(path: Path) -> None:
    path.mkdir()


def fifo(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def loop(path: Path) -> None:
    path.symlink_to(path)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.py")


@pytest.mark.parametrize(
    "make", [folder, *(pytest.param(each, marks=posix) for each in (fifo, device, loop))]
)
def test_what_is_no_file_is_refused_at_once(workspace: Workspace, make: object) -> None:
    make(workspace.exercise_path("linear"))  # type: ignore[operator]
    for read in (workspace.read, workspace.read_if_any):
        with pytest.raises(WorkspaceError) as refusal:
            read("linear")
        assert refusal.value.path == workspace.exercise_path("linear")


# -- writing ---------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(st.lists(st.binary(max_size=100), min_size=1, max_size=4))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("folder") / "linear.py"
    for content in contents:
        write_atomically(path, content)
        assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@posix
def test_writing_keeps_the_mode_and_gives_a_new_file_the_usual_one(workspace: Workspace) -> None:
    path = workspace.exercise_path("linear")
    before = os.umask(0o027)
    try:
        workspace.write("linear", MINE)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o755)
    workspace.write("linear", STUB)
    assert stat.S_IMODE(path.stat().st_mode) == 0o755


@posix
def test_writing_follows_a_link_to_its_target(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "mine.py"
    target.parent.mkdir()
    link = workspace.exercise_path("linear")
    link.symlink_to(target)
    for content in (MINE, STUB):  # the target is made, then replaced
        workspace.write("linear", content)
        assert link.is_symlink()
        assert target.read_bytes() == content
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("make", [folder, pytest.param(loop, marks=posix)])
def test_what_cannot_be_replaced_is_told_and_nothing_is_left(
    workspace: Workspace, make: object
) -> None:
    make(workspace.exercise_path("linear"))  # type: ignore[operator]
    with pytest.raises(WorkspaceError, match="cannot be written"):
        workspace.write("linear", MINE)
    assert names(workspace) == ["linear.py"]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be written") as refusal:
        Workspace(tmp_path).write("linear", MINE)
    assert "start bp-tutor again" in refusal.value.hint


@posix
def test_a_full_disk_leaves_the_old_file_as_it_was(workspace: Workspace) -> None:
    workspace.write("linear", MINE)
    code = """
import resource, sys
from pathlib import Path
from tutor.errors import WorkspaceError
from tutor.workspace.files import Workspace

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    Workspace(Path(sys.argv[1])).write("linear", b"#" * 5000)
except WorkspaceError as error:
    print(error.hint)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(workspace.root)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert "Free some space" in done.stdout, done.stderr
    assert workspace.read("linear") == MINE
    assert names(workspace) == ["linear.py"]


@posix
def test_kill_9_while_writing_leaves_one_whole_version(workspace: Workspace) -> None:
    code = """
import sys
from itertools import count
from pathlib import Path
from tutor.workspace.files import Workspace

workspace = Workspace(Path(sys.argv[1]))
for number in count():
    workspace.write("linear", bytes([number % 251]) * 200_000)
    print(number, flush=True)
"""
    for moment in (1, 4, 9):
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(workspace.root)], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert writer.stdout is not None
        for _ in range(moment):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        content = workspace.read("linear")
        assert len(content) == 200_000
        assert len(set(content)) == 1


# -- stubs -----------------------------------------------------------------------------------------


def test_a_missing_stub_is_put_there_and_stays(workspace: Workspace) -> None:
    for delivered in ("", sha256_of(STUB)):
        placed = workspace.place_stub("linear", STUB, delivered=delivered)
        assert placed == Placed(delivered=sha256_of(STUB), notice="")
        assert workspace.read("linear") == STUB
    assert names(workspace) == ["linear.py"]


def test_a_deleted_file_is_put_back(workspace: Workspace) -> None:
    workspace.place_stub("linear", STUB, delivered=sha256_of(STUB))
    assert workspace.read("linear") == STUB


def test_an_edited_file_stays_while_the_stub_is_the_same(workspace: Workspace) -> None:
    workspace.write("linear", MINE)
    placed = workspace.place_stub("linear", STUB, delivered=sha256_of(STUB))
    assert placed == Placed(delivered=sha256_of(STUB), notice="")
    assert workspace.read("linear") == MINE
    assert names(workspace) == ["linear.py"]


def test_an_unedited_stub_is_renewed(workspace: Workspace) -> None:
    workspace.write("linear", STUB)
    placed = workspace.place_stub("linear", NEWER, delivered=sha256_of(STUB))
    assert placed == Placed(delivered=sha256_of(NEWER), notice="")
    assert workspace.read("linear") == NEWER
    assert names(workspace) == ["linear.py"]


def test_a_new_stub_goes_beside_an_edited_file_once(workspace: Workspace) -> None:
    workspace.write("linear", MINE)
    placed = workspace.place_stub("linear", NEWER, delivered=sha256_of(STUB))
    assert placed.delivered == sha256_of(NEWER)
    assert "linear.py is as you left it" in placed.notice
    assert "linear.new.py" in placed.notice
    assert workspace.read("linear") == MINE
    assert workspace.read("linear.new") == NEWER
    again = workspace.place_stub("linear", NEWER, delivered=placed.delivered)
    assert again == Placed(delivered=placed.delivered, notice="")
    assert names(workspace) == ["linear.new.py", "linear.py"]


def test_a_file_from_before_the_first_start_is_left_alone(workspace: Workspace) -> None:
    workspace.write("linear", MINE)
    placed = workspace.place_stub("linear", STUB, delivered="")
    assert "linear.new.py" in placed.notice
    assert workspace.read("linear") == MINE
    assert workspace.read("linear.new") == STUB


def test_what_lies_beside_is_never_overwritten(workspace: Workspace) -> None:
    for name in ("linear", "linear.new", "linear.new-2"):
        workspace.write(name, MINE)
    placed = workspace.place_stub("linear", STUB, delivered="")
    assert "linear.new-3.py" in placed.notice
    assert workspace.read("linear.new-3") == STUB
    assert workspace.read("linear.new") == workspace.read("linear.new-2") == MINE
    placed = workspace.place_stub("linear", STUB, delivered="")  # its memory was lost
    assert "linear.new-3.py" in placed.notice
    assert len(names(workspace)) == 4


@pytest.mark.parametrize(
    "make", [folder, *(pytest.param(each, marks=posix) for each in (fifo, dangling, loop))]
)
def test_something_odd_in_the_place_of_a_stub_is_left_alone(
    workspace: Workspace, make: object
) -> None:
    path = workspace.exercise_path("linear")
    make(path)  # type: ignore[operator]
    kind = stat.S_IFMT(path.lstat().st_mode)
    placed = workspace.place_stub("linear", STUB, delivered="")
    assert "linear.new.py" in placed.notice
    assert stat.S_IFMT(path.lstat().st_mode) == kind
    assert names(workspace) == ["linear.new.py", "linear.py"]


@posix
def test_a_linked_stub_is_renewed_at_its_target(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "mine.py"
    target.write_bytes(STUB)
    workspace.exercise_path("linear").symlink_to(target)
    workspace.place_stub("linear", NEWER, delivered=sha256_of(STUB))
    assert target.read_bytes() == NEWER
    assert workspace.exercise_path("linear").is_symlink()


def test_a_save_in_the_last_moment_is_not_overwritten(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.write("linear", STUB)
    sync = os.fsync

    def save_meanwhile(file: int) -> None:
        workspace.exercise_path("linear").write_bytes(MINE)
        sync(file)

    monkeypatch.setattr(os, "fsync", save_meanwhile)
    placed = workspace.place_stub("linear", NEWER, delivered=sha256_of(STUB))
    assert workspace.read("linear") == MINE
    assert "linear.new.py" in placed.notice


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_tutors_that_start_at_once_do_not_overwrite(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:

        def no_links(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", no_links)
    stubs = [f"# tutor {each}\n".encode() for each in range(6)]
    made: list[bytes] = []
    start = Barrier(len(stubs))

    def begin(stub: bytes) -> None:
        start.wait()
        if disk.create_exclusively(workspace.exercise_path("linear"), stub):
            made.append(stub)

    threads = [Thread(target=begin, args=(stub,)) for stub in stubs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [workspace.read("linear")]
    assert names(workspace) == ["linear.py"]


@settings(max_examples=40, deadline=None)
@given(
    present=st.sampled_from([None, STUB, NEWER, MINE]),
    beside=st.sampled_from([None, NEWER, MINE]),
    delivered=st.sampled_from(["", sha256_of(STUB), sha256_of(NEWER)]),
)
def test_placing_a_stub_loses_nothing_and_settles(
    tmp_path_factory: pytest.TempPathFactory,
    present: bytes | None,
    beside: bytes | None,
    delivered: str,
) -> None:
    workspace = Workspace(tmp_path_factory.mktemp("work"))
    workspace.create()
    for name, content in (("linear", present), ("linear.new", beside)):
        if content is not None:
            workspace.write(name, content)
    placed = workspace.place_stub("linear", NEWER, delivered=delivered)
    contents = {each.read_bytes() for each in workspace.exercises_dir.iterdir()}
    lost = {present, beside} - {None} - contents
    assert lost <= {STUB}  # an unedited stub is not the learner's
    assert not lost or delivered == sha256_of(STUB)
    assert placed.delivered == sha256_of(NEWER)
    before = names(workspace)
    assert workspace.place_stub("linear", NEWER, delivered=placed.delivered).notice == ""
    assert names(workspace) == before
