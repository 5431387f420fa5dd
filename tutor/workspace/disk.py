"""Reads and writes single files of the learner without loss, whatever is on the disk."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tutor.errors import WorkspaceError

MAX_SOURCE = 1 << 20

ELSEWHERE = "choose another folder with --workspace or BP_TUTOR_WORKSPACE"
_SPACE = "Free some space, then do this once more. What was saved before is safe."
_RIGHTS = f"Change the permissions of the file and its folder, or {ELSEWHERE}."
_HINTS = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: _SPACE,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: f"This disk is read-only: {ELSEWHERE}.",
    errno.ENOENT: "Its folder is gone: start bp-tutor again, which makes it.",
}


def sha256_of(source: bytes | None) -> str:
    """The hash by which the tutor knows a version of a file; empty for None (no file)."""
    return "" if source is None else hashlib.sha256(source).hexdigest()


def read_source(path: Path) -> bytes:
    """The bytes of a regular file of up to 1 MiB. Never hangs, whatever is there.

    Raises `FileNotFoundError` when there is nothing, `WorkspaceError` when it cannot be a source.
    """
    # Without O_NONBLOCK, opening a FIFO would wait for its other end for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _no_source(path, "it is not a regular file")
            source = _read_up_to(MAX_SOURCE + 1, file.fileno())
    except FileNotFoundError:
        raise
    except IsADirectoryError as error:
        raise _no_source(path, "it is a folder") from error
    except OSError as error:
        raise refused("This file cannot be read", path, error) from error
    if len(source) > MAX_SOURCE:
        raise _no_source(path, "it is larger than 1 MiB")
    return source


def hash_if_source(path: Path) -> str:
    """The hash of a file; empty when nothing is there that `read_source` reads."""
    try:
        return sha256_of(read_source(path))
    except (FileNotFoundError, WorkspaceError):
        return ""


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file: whoever reads, or pulls the plug, finds old or new.

    A symbolic link stays one, its target is written; the file keeps its mode.
    """
    with _told(path):
        target = path.resolve()
        with _staged(target, data) as staged:
            os.replace(staged, target)
        _sync_folder(target.parent)


def replace_known(path: Path, data: bytes, *, sha256: str) -> bool:
    """Write a file atomically if it still has the hash `sha256`; False, and nothing done, if not.

    The hash is taken when nothing is left to do but the exchange, so that a save at this very
    moment is not overwritten.
    """
    with _told(path):
        target = path.resolve()
        with _staged(target, data) as staged:
            if hash_if_source(target) != sha256:
                return False
            os.replace(staged, target)
        _sync_folder(target.parent)
    return True


def create_exclusively(path: Path, data: bytes) -> bool:
    """Make a file that is not there yet; False, and nothing done, when something is."""
    with _told(path), _staged(path, data) as staged:
        try:
            os.link(staged, path)
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            return _create_in_place(path, data)
        _sync_folder(path.parent)
    return True


def refused(what: str, path: Path, error: OSError | RuntimeError) -> WorkspaceError:
    """An error of the file system for a person: `what`, why, and what to do."""
    if isinstance(error, OSError):
        why, hint = error.strerror or str(error), _HINTS.get(error.errno or 0, "")
    else:  # how `Path.resolve` tells of a symbolic link to itself
        why, hint = str(error), "Remove the symbolic link."
    return WorkspaceError(f"{what}: {why}.", hint=hint, path=path)


# -- small parts -----------------------------------------------------------------------------------


def _read_up_to(size: int, file: int) -> bytes:
    parts = []
    while size and (part := os.read(file, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


@contextmanager
def _staged(target: Path, data: bytes) -> Iterator[Path]:
    """A file beside `target` that holds `data`, on the disk; gone afterwards unless renamed."""
    # Hidden and not ending in .py: neither a learner nor the watcher takes it for an exercise.
    staged = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        _create_in_place(staged, data)
        with suppress(FileNotFoundError):
            os.chmod(staged, stat.S_IMODE(target.stat().st_mode))
        yield staged
    finally:
        with suppress(OSError):
            staged.unlink()


def _create_in_place(path: Path, data: bytes) -> bool:
    try:
        with open(path, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        return False
    _sync_folder(path.parent)
    return True


def _sync_folder(folder: Path) -> None:
    """Bring a new name to the disk, where the platform can do that."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some network file systems cannot; the file itself is written
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise refused("This file cannot be written", path, error) from error


def _no_source(path: Path, why: str) -> WorkspaceError:
    return WorkspaceError(
        f"This cannot be the source of an exercise: {why}.",
        hint="Move it away; bp-tutor then puts the stub in its place.",
        path=path,
    )
