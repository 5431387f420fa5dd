"""The learner's folder: where it is, what is in it, and how stubs come into it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from msgspec import Struct

from tutor.errors import WorkspaceError
from tutor.workspace.disk import (
    ELSEWHERE,
    create_exclusively,
    hash_if_source,
    read_source,
    refused,
    replace_known,
    sha256_of,
    write_atomically,
)

__all__ = ["Placed", "Workspace", "sha256_of", "write_atomically"]

VARIABLE = "BP_TUTOR_WORKSPACE"


class Placed(Struct, frozen=True):
    """What became of a stub: its hash once it is in the workspace, and what to tell the learner."""

    delivered: str
    notice: str = ""


class Workspace(Struct, frozen=True):
    """The learner's folder: `exercises/*.py` to edit, `.bp-tutor/` for what the tutor remembers."""

    root: Path

    @classmethod
    def locate(cls, explicit: Path | None, environ: Mapping[str, str]) -> Workspace:
        """The folder of the command line, else of BP_TUTOR_WORKSPACE, else `~/bp-tutor`."""
        wanted = explicit or Path(environ.get(VARIABLE) or "~/bp-tutor")
        try:
            return cls(_expanded(wanted, environ).absolute())
        except FileNotFoundError as error:
            raise WorkspaceError(
                "The folder that you are in has been deleted.", hint="Go to another with cd."
            ) from error

    @property
    def exercises_dir(self) -> Path:
        return self.root / "exercises"

    @property
    def state_dir(self) -> Path:
        return self.root / ".bp-tutor"

    @property
    def database(self) -> Path:
        return self.state_dir / "progress.db"

    def exercise_path(self, name: str) -> Path:
        return self.exercises_dir / f"{name}.py"

    def create(self) -> None:
        """Make the folders that are not there yet."""
        for folder in (self.exercises_dir, self.state_dir):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError) as error:
                raise WorkspaceError(
                    "A file is in the place of a folder that bp-tutor needs.",
                    hint=f"Move it away, or {ELSEWHERE}.",
                    path=_in_the_way(folder),
                ) from error
            except OSError as error:
                raise refused("This folder cannot be made", folder, error) from error

    def read(self, name: str) -> bytes:
        """The learner's file of an exercise."""
        try:
            return read_source(self.exercise_path(name))
        except FileNotFoundError as error:
            raise WorkspaceError(
                "There is no such file yet.",
                hint=f"bp-tutor reset {name} puts the stub there.",
                path=self.exercise_path(name),
            ) from error

    def read_if_any(self, name: str) -> bytes | None:
        """The learner's file of an exercise, or None."""
        try:
            return read_source(self.exercise_path(name))
        except FileNotFoundError:
            return None

    def write(self, name: str, source: bytes) -> None:
        """Put `source` in the place of the learner's file of an exercise, atomically."""
        write_atomically(self.exercise_path(name), source)

    def place_stub(self, name: str, stub: bytes, *, delivered: str) -> Placed:
        """Put an exercise's stub where the learner finds it, and touch nothing they wrote.

        `delivered` is the hash of the stub that was last put there or offered, empty if none was:
        it tells an old stub, which is replaced, from the learner's own file, which stays. The new
        stub is then put beside it, once.
        """
        path, offered = self.exercise_path(name), sha256_of(stub)
        if not os.path.lexists(path) and create_exclusively(path, stub):
            return Placed(delivered=offered)
        present = hash_if_source(path)
        if present == offered:
            return Placed(delivered=offered)
        if present and present == delivered and replace_known(path, stub, sha256=delivered):
            return Placed(delivered=offered)
        if offered == delivered:
            return Placed(delivered=delivered)
        beside = _put_beside(path, stub)
        why = "There is a new stub for it" if delivered else "It was there before the stub"
        notice = f"{path.name} is as you left it. {why}, which is now beside it: {beside.name}."
        return Placed(delivered=offered, notice=notice)


def _expanded(path: Path, environ: Mapping[str, str]) -> Path:
    """The path with a leading `~` replaced by the home folder."""
    if path.parts[:1] != ("~",):
        return path
    home = environ.get("USERPROFILE" if sys.platform == "win32" else "HOME")
    if not home:
        raise WorkspaceError(
            "Your home folder is not known, so there is no place for your work.",
            hint=f"Set HOME, or {ELSEWHERE}.",
        )
    return Path(home, *path.parts[1:])


def _in_the_way(folder: Path) -> Path:
    """The file that keeps `folder` from being made."""
    files = (p for p in (folder, *folder.parents) if os.path.lexists(p) and not p.is_dir())
    return next(files, folder)


def _put_beside(path: Path, stub: bytes) -> Path:
    """Write `NAME.new.py`, or `NAME.new-2.py` and so on where that is something else."""
    for number in count(1):
        ending = ".new" if number == 1 else f".new-{number}"
        beside = path.with_name(f"{path.stem}{ending}.py")
        if create_exclusively(beside, stub) or hash_if_source(beside) == sha256_of(stub):
            return beside
    raise AssertionError("count() does not end")
