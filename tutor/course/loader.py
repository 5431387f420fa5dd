"""The course, as everything else sees it.

Loading reads the manifest and the titles. Lessons, briefs and checks are read when they are
asked for, because the first screen waits for none of them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING

from tutor.course.manifest import FILE_NAME, Manifest, load_manifest
from tutor.course.sections import Reading, sections_of
from tutor.course.text import read_bytes, read_text, title_from_name, title_in_file
from tutor.errors import CourseError
from tutor.spec import Exercise, LessonEntry, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tutor.course.tables import ExerciseTable, UnitTable
    from tutor.spec import Brief, Check, Lesson

_CHECK_FILE = "checks/{}.py"
# The files of an exercise, with what each one is for.
_EXERCISE_FILES = {
    "exercises/{}.py": "the stub that a learner receives",
    "exercises/{}.md": "the brief and its hints",
    _CHECK_FILE: "the check",
    "checks/solutions/{}.py": "the reference solution",
}


class Course:
    """A course on disk. `Course.load` makes one; all errors are `CourseError`."""

    def __init__(self, root: Path, manifest: Manifest) -> None:
        self.root = root
        self.title = manifest.title
        self.levels = manifest.levels  # what each level stands for, the first one first
        self._folder = manifest.path.parent
        self.units = tuple(_unit(unit, self._folder) for unit in manifest.units)
        self.lessons = tuple(lesson for unit in self.units for lesson in unit.lessons)
        self.exercises: Mapping[str, Exercise] = MappingProxyType(
            {name: self._exercise(name, table) for name, table in manifest.exercises.items()}
        )
        self._lesson_files = {lesson.name: lesson.file for lesson in self.lessons}
        self._lessons: dict[str, Lesson] = {}
        self._sections: dict[str, dict[str, str]] = {}
        self._briefs: dict[str, Brief] = {}
        self._checks: dict[str, Check] = {}

    @staticmethod
    def locate(explicit: Path | None) -> Path:
        """The folder of the course: the one asked for, else the one that ships with the tutor."""
        if explicit is not None:
            return explicit.expanduser()
        return _shipped(Path(__file__).resolve().parents[1])

    @classmethod
    def load(cls, root: Path) -> Course:
        """Read the manifest, and see that every file it names is there.

        `root` holds `lessons/course.toml`, or is the lessons folder itself.
        """
        root = Path(os.path.abspath(root))
        if not root.is_dir():
            raise CourseError(
                f"There is no folder {root}.",
                hint=f"Name the folder that holds lessons/{FILE_NAME}.",
                path=root,
            )
        path = root / "lessons" / FILE_NAME
        if not path.exists() and (root / FILE_NAME).exists():
            root, path = root.parent, root / FILE_NAME
        manifest = load_manifest(path)
        _check_files(root, manifest)
        return cls(root, manifest)

    def _exercise(self, name: str, table: ExerciseTable) -> Exercise:
        title = title_in_file(self._file("exercises/{}.md", name))
        return Exercise(
            name=name,
            title=title or title_from_name(name),
            level=table.level,
            needs=table.needs,
            seconds=table.seconds,
            memory_mb=table.memory_mb,
            check=table.check,
        )

    def _file(self, pattern: str, name: str) -> Path:
        return self.root / pattern.format(name)

    def find_lesson(self, name: str) -> LessonEntry | None:
        """A lesson by its name, file, number, or the beginning of one of these if only one fits."""
        wanted = name.strip().casefold()
        if not wanted:
            return None
        for entry in self.lessons:
            if wanted in (entry.name.casefold(), *_names_of_file(entry)):
                return entry
        fitting = [
            entry
            for entry in self.lessons
            if entry.name.casefold().startswith(wanted) or entry.file.casefold().startswith(wanted)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def lesson(self, name: str) -> Lesson:
        """The lesson of that name, parsed once."""
        if name not in self._lessons:
            from tutor.course.lesson import parse_lesson  # the Markdown parser

            path = self._folder / self._lesson_files[name]
            self._lessons[name] = parse_lesson(read_text(path), name=name, path=path)
        return self._lessons[name]

    def reading(self, link: str) -> Reading | None:
        """What `linear-layer#one-number-at-a-time` names; None where there is no such place."""
        name, _, section = link.partition("#")
        entry = self.find_lesson(name) if name else None
        if entry is None or entry.name != name:
            return None
        if not section:
            return Reading(entry.name, entry.title)
        if name not in self._sections:
            text = read_text(self._folder / entry.file)
            self._sections[name] = sections_of(text.split("\n"))
        title = self._sections[name].get(section)
        return Reading(entry.name, entry.title, title) if title is not None else None

    def brief(self, name: str) -> Brief:
        """What an exercise asks, and its hints."""
        if name not in self._briefs:
            from tutor.course.brief import parse_brief  # not for the map

            path = self._file("exercises/{}.md", self.exercises[name].name)
            self._briefs[name] = parse_brief(read_text(path), path=path)
        return self._briefs[name]

    def stub(self, name: str) -> bytes:
        """The file that a learner starts from."""
        return read_bytes(self._file("exercises/{}.py", self.exercises[name].name))

    def solution(self, name: str) -> str:
        """The reference's source."""
        return read_text(self.solution_path(name))

    def solution_path(self, name: str) -> Path:
        return self._file("checks/solutions/{}.py", self.exercises[name].name)

    def check_path(self, name: str) -> Path:
        """The check file that judges an exercise."""
        return self._file(_CHECK_FILE, self.exercises[name].check or name)

    def check(self, name: str) -> Check:
        """The check of an exercise with its reference, loaded once."""
        if name not in self._checks:
            from tutor.course.checkfile import load_check  # brings numpy
            from tutor.course.recording import read_recording

            path = self.check_path(name)
            self._checks[name] = load_check(
                path,
                self._reference(name),
                lambda: self._reference(name),
                read_recording(self._file("checks/recorded/{}.npz", path.stem)),
            )
        return self._checks[name]

    def _reference(self, name: str) -> ModuleType:
        from tutor.course.checkfile import load_module  # brings numpy

        return load_module(self._file("checks/solutions/{}.py", name))

    def _compile_stub(self, name: str) -> None:
        from tutor.course.checkfile import compile_file  # not for the map

        compile_file(self._file("exercises/{}.py", name))

    def problems(self) -> tuple[CourseError, ...]:
        """Everything that is wrong with any file of the course; empty when all is well."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[CourseError]:
        told = set()
        actions: list[tuple[Callable[[str], object], str]] = [
            *((self.lesson, entry.name) for entry in self.lessons),
            *(
                (action, name)
                for name in self.exercises
                for action in (self.brief, self._compile_stub, self._reference, self.check)
            ),
        ]
        for action, name in actions:
            try:
                action(name)
            except CourseError as error:
                # A check cannot be had without its reference, and would complain of it again.
                if str(error) not in told:
                    told.add(str(error))
                    yield error


def _unit(table: UnitTable, folder: Path) -> Unit:
    entries = (
        LessonEntry(
            name=lesson.name,
            title=title_in_file(folder / lesson.file) or title_from_name(lesson.name),
            file=lesson.file,
            exercises=lesson.exercises,
        )
        for lesson in table.lessons
    )
    return Unit(title=table.title.strip(), lessons=tuple(entries))


def _names_of_file(entry: LessonEntry) -> tuple[str, ...]:
    """`05-linear-layer.md` answers to itself, `05-linear-layer`, `05` and `5`."""
    file = entry.file.casefold()
    number = re.match(r"\d+", file)
    short = (number[0], number[0].lstrip("0") or "0") if number else ()
    return (file, file.removesuffix(".md"), *short)


def _shipped(package: Path) -> Path:
    """The course within the package, or beside it where the tutor runs from its repository."""
    for folder in (package / "_course", package.parent):
        if (folder / "lessons" / FILE_NAME).exists():
            return folder
    raise CourseError(
        "The course that ships with the tutor is not there.",
        hint="Install the tutor again, or name a course: bp-tutor --course DIR",
        path=package / "_course" / "lessons" / FILE_NAME,
    )


def _check_files(root: Path, manifest: Manifest) -> None:
    named = [
        (lesson.file, manifest.path.parent / lesson.file, "the lesson")
        for lesson in manifest.lessons
    ]
    named += [
        (name, root / pattern.format(name), role)
        for name, table in manifest.exercises.items()
        for pattern, role in _EXERCISE_FILES.items()
        if not (table.check and pattern == _CHECK_FILE)
    ]
    for name, file, role in named:
        if not file.is_file():
            shown = file.relative_to(root).as_posix()
            raise CourseError(
                f"{name} is in the course, but {role} is missing: {shown}",
                hint=f"Write {shown}, or take {name} out of {FILE_NAME}.",
                path=manifest.path,
                line=manifest.line_naming(name),
            )
