"""Gradients that were recorded from PyTorch: `checks/recorded/NAME.npz`.

An entry's name is the case's, a line break, and the array's. The arrays are plain numbers, read
without unpickling.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SEPARATOR = "\n"


def read_recording(path: Path) -> dict[str, dict[str, Any]]:
    """The recorded arrays by case and array; empty where nothing was recorded."""
    found: dict[str, dict[str, Any]] = {}
    if not path.is_file():
        return found
    try:
        with np.load(path, allow_pickle=False) as file:  # noqa: TID251 - plain arrays only
            for entry in file.files:
                case, _, array = entry.partition(SEPARATOR)
                found.setdefault(case, {})[array] = file[entry]
    except (OSError, ValueError, zipfile.BadZipFile, KeyError) as error:
        raise CourseError(
            f"{path.name} is no recording: {error}.",
            hint="Record it again: python checks/recorded/record.py",
            path=path,
        ) from error
    return found


def write_recording(path: Path, arrays: Mapping[str, Mapping[str, Any]]) -> None:
    """Write arrays by case and array, the same bytes for the same numbers."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for case, by_array in arrays.items():
            for array, value in by_array.items():
                entry = zipfile.ZipInfo(f"{case}{SEPARATOR}{array}.npy")  # a fixed date
                with file.open(entry, "w") as stream:
                    np.lib.format.write_array(stream, np.asarray(value), allow_pickle=False)
