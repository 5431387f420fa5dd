"""The tables of a course.toml, and what is said when one of them is not as it must be."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgspec
from msgspec import Struct

from tutor.errors import CourseError
from tutor.spec import Exercise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tutor.course.tomllines import Key, Keys


# What holds for an exercise of which the manifest says nothing.
USUAL = Exercise(name="", title="")
USUAL_LEVELS = ("all of its exercises are passed",) * 4


class LessonTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[units.lessons]]`: a lesson's file and the exercises it leads to."""

    file: str
    exercises: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`05-linear-layer.md` is the lesson `linear-layer`."""
        stem = self.file.removesuffix(".md")
        return re.sub(r"^\d+[-_ ]*", "", stem) or stem


class UnitTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[units]]`: a group of lessons under one title."""

    title: str
    lessons: tuple[LessonTable, ...]


class ExerciseTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`[exercises.NAME]`: what is not usual about an exercise."""

    level: int = USUAL.level
    needs: tuple[str, ...] = USUAL.needs
    seconds: float = USUAL.seconds
    memory_mb: int = USUAL.memory_mb
    check: str = USUAL.check


class CourseTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. Its exercises are converted one by one, so that errors can name them."""

    format_version: int
    title: str
    units: tuple[UnitTable, ...]
    levels: tuple[str, ...] = USUAL_LEVELS
    exercises: dict[str, Any] = {}


EXAMPLES = {
    "format_version": "format_version = 1",
    "title": 'title = "Start"',
    "units": '[[units]]\ntitle = "Start"',
    "lessons": '[[units.lessons]]\nfile = "01-first-lesson.md"',
    "file": 'file = "01-first-lesson.md"',
    "exercises": 'exercises = ["first_exercise"]',
    "level": "level = 1",
    "levels": 'levels = ["the first steps work", "all of it works"]',
    "needs": 'needs = ["first_exercise"]',
    "seconds": f"seconds = {USUAL.seconds:g}",
    "memory_mb": f"memory_mb = {USUAL.memory_mb}",
    "check": 'check = "first_exercise"',
}
_EXERCISE_EXAMPLE = "[exercises.first_exercise]\nlevel = 1"
_KINDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}
_T = TypeVar("_T", bound=Struct)


class TomlSource:
    """One TOML text, turned into tables or into the error that it deserves."""

    def __init__(self, text: str, path: Path) -> None:
        self.text = text
        self.path = path

    def read(self) -> dict[str, Any]:
        """The text's tables as dictionaries."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
            words = str(error)[: found.start()] if found else str(error)
            last = len(self.text.rstrip("\n").split("\n"))
            raise CourseError(
                f"This line is not TOML: {words[:1].lower()}{words[1:]}.",
                hint='Write key = value, text in quotes, lists in brackets: title = "Start"',
                path=self.path,
                line=int(found[1]) if found and found[1] else last,
            ) from None

    def fail(self, message: str, hint: str, *keys: Key, value: object = None) -> NoReturn:
        """Raise what is wrong, at the line of a key (of one of its values, when given)."""
        from tutor.course.tomllines import TomlLines  # only for an error

        line = TomlLines(self.text).line_of(value, *keys)
        raise CourseError(message, hint=hint, path=self.path, line=line)

    def convert(self, data: object, kind: type[_T], *keys: Key) -> _T:
        """`data`, which stands under `keys`, as the table that it must be."""
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            what, _, where = str(error).partition(" - at `")
            found = re.findall(r"\.(\w+)|\[(\d+)\]", where)
            inner = tuple(name or int(number) for name, number in found)
            self._explain(what, kind, keys, inner, data)

    def _explain(
        self, what: str, kind: type[Struct], outer: Keys, inner: Keys, data: Any
    ) -> NoReturn:
        """A message of msgspec's in an author's words."""
        keys = (*outer, *inner)
        quoted = re.findall(r"`([^`]*)`", what)
        if "unknown field" in what:
            self._unknown_key(quoted[0], _table_at(kind, inner), keys)
        if "missing required field" in what:
            self.fail(f"{_place(keys)} has no {quoted[0]}.", _write(quoted[0], keys), *keys)
        wanted, given = (_KINDS.get(word, word) for word in quoted[:2])
        for step in inner:
            data = data[step]
        self.fail(
            f"{_place(keys)} must be {wanted}, and is {given}.",
            _write(_last_name(keys), keys),
            *keys,
            value=data,
        )

    def _unknown_key(self, key: str, kind: type[Struct], keys: Keys) -> NoReturn:
        known = kind.__struct_fields__
        near = nearest(key, known)
        hint = (
            f"Did you mean {near}? {_write(near, keys)}"
            if near
            else f"Take it out; known here: {', '.join(known)}."
        )
        self.fail(f"{_place(keys)} has an unknown key {key!r}.", hint, *keys, key)


def nearest(name: str, known: Iterable[str]) -> str:
    """The name that was meant, or nothing."""
    from difflib import get_close_matches  # only for an error

    return next(iter(get_close_matches(name, list(known), n=1)), "")


def _table_at(kind: type[Struct], inner: Keys) -> type[Struct]:
    tables: dict[str, type[Struct]] = {"units": UnitTable, "lessons": LessonTable}
    return tables.get(_last_name(inner), kind)


def _last_name(keys: Keys) -> str:
    return next((key for key in reversed(keys) if isinstance(key, str)), "")


def _place(keys: Keys) -> str:
    """`("units", 0, "lessons", 1)` as "Lesson 2 of unit 1"."""
    match keys:
        case ():
            return "The course"
        case ("units", int(unit)):
            return f"Unit {unit + 1}"
        case ("units", int(unit), "lessons", int(lesson)):
            return f"Lesson {lesson + 1} of unit {unit + 1}"
        case ("exercises", name):
            return f"[exercises.{name}]"
    return _last_name(keys)


def _write(key: str, keys: Keys) -> str:
    of_an_exercise = keys[:1] == ("exercises",) and len(keys) <= 2 and key not in EXAMPLES
    top = keys == ("exercises",)
    return f"Write {_EXERCISE_EXAMPLE if of_an_exercise or top else EXAMPLES[key]}"
