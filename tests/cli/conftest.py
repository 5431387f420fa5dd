"""A tiny course and a way to run the real program on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_course import COURSE, Program, arguments

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    root = tmp_path / "a course"
    for name, text in COURSE.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "my work"


@pytest.fixture
def learn(workspace: Path) -> Callable[[str, str], Path]:
    """Write a learner's file."""

    def write(exercise: str, source: str) -> Path:
        path = workspace / "exercises" / f"{exercise}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
        return path

    return write


@pytest.fixture
def environment(tiny: Path, workspace: Path, tmp_path: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUTF8": "1",
        "BP_TUTOR_WORKSPACE": str(workspace),
        "TEST_COURSE": str(tiny),
    }


@pytest.fixture
def tutor(environment: dict[str, str], tmp_path: Path) -> Program:
    """Run `bp-tutor WORDS --course ...` as a process of its own, without a terminal."""

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments(environment, *words),
            env={**environment, **more},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding=more.get("PYTHONIOENCODING", "utf-8"),
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def inside(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Program:
    """The same within this process, where that makes no difference: fifty times as fast."""
    from tutor.cli.main import run as run_tutor

    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        line = arguments(environment, *words)[3:]
        code = run_tutor(line)
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(line, code, out, err)

    return run
