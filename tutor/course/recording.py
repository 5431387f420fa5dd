"""Gradients that were recorded from PyTorch: `checks/recorded/NAME.npz`.

A file holds the bytes of all arrays in one row, and an index that says what they are. As entries
of their own, fifty small arrays took ten times as long to read. Nothing is unpickled.
"""

from __future__ import annotations

import json
import math
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

INDEX, DATA = "index", "data"
NO_RECORDING = (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile, zlib.error)


def read_recording(path: Path) -> dict[str, dict[str, Any]]:
    """The recorded arrays by case and array, read-only; empty where nothing was recorded."""
    if not path.is_file():
        return {}
    try:
        with np.load(path, allow_pickle=False) as file:  # noqa: TID251 - plain arrays only
            return _taken_apart(json.loads(file[INDEX].tobytes()), file[DATA].tobytes())
    except NO_RECORDING as error:
        raise CourseError(
            f"{path.name} is no recording: {error}.",
            hint="Record it again: python checks/recorded/record.py",
            path=path,
        ) from error


def _taken_apart(index: Any, data: bytes) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    start = 0
    for case, array, dtype, shape in index:
        value = np.frombuffer(data, dtype, math.prod(shape), start).reshape(shape)
        found.setdefault(case, {})[array] = value
        start += value.nbytes
    return found


def write_recording(path: Path, arrays: Mapping[str, Mapping[str, Any]]) -> None:
    """Write arrays by case and array, the same bytes for the same numbers."""
    index, data = [], b""
    for case, by_array in arrays.items():
        for array, given in by_array.items():
            value = np.asarray(given)
            index.append((case, array, value.dtype.str, value.shape))
            data += value.tobytes()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in (INDEX, json.dumps(index, ensure_ascii=False).encode()), (DATA, data):
            entry = zipfile.ZipInfo(f"{name}.npy")  # a fixed date
            entry.compress_type = zipfile.ZIP_DEFLATED
            with file.open(entry, "w") as stream:
                np.lib.format.write_array(stream, np.frombuffer(content, np.uint8))
