"""course.toml: what it may say, and what is said of each mistake, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.manifest import MINIMAL, Manifest, load_manifest, parse_manifest
from tutor.course.tables import USUAL_LEVELS, ExerciseTable
from tutor.course.tomllines import TomlLines
from tutor.errors import CourseError
from tutor.spec import Exercise

PATH = Path("lessons", "course.toml")

# Line numbers in the tests count here.
GOOD = """\
format_version = 1
title = "Squares"

[[units]]
title = "Start"

[[units.lessons]]
file = "00-welcome.md"

[[units.lessons]]
file = "01-area.md"
exercises = ["square", "cube"]

[[units]]
title = "More"

[[units.lessons]]
file = "02-roots.md"
exercises = [
    "root",
    "inverse",  # a comment
]

[exercises.cube]
level = 2
needs = ["square"]

[exercises.root]
level = 1
needs = [
    "square",
    "cube",
]
seconds = 20
memory_mb = 2048
"""


def broken(text: str) -> CourseError:
    with pytest.raises(CourseError) as caught:
        parse_manifest(text, PATH)
    assert caught.value.path == PATH
    return caught.value


def changed(old: str, new: str) -> CourseError:
    assert GOOD.count(old) >= 1
    return broken(GOOD.replace(old, new, 1))


def test_what_a_course_says() -> None:
    manifest = parse_manifest(GOOD, PATH)
    assert manifest.title == "Squares"
    assert [unit.title for unit in manifest.units] == ["Start", "More"]
    assert [lesson.name for lesson in manifest.lessons] == ["welcome", "area", "roots"]
    assert list(manifest.exercises) == ["square", "cube", "root", "inverse"]
    root = manifest.exercises["root"]
    assert (root.level, root.needs) == (1, ("square", "cube"))
    assert (root.seconds, root.memory_mb) == (20.0, 2048)
    assert manifest.exercises["square"] == ExerciseTable()
    assert ExerciseTable().seconds == Exercise("square", "Square").seconds


def test_levels_are_said_by_the_course_or_by_nobody() -> None:
    named = GOOD.replace('title = "Squares"', 'title = "Squares"\nlevels = ["one ", "two", "3"]')
    assert parse_manifest(named, PATH).levels == ("one", "two", "3")
    assert parse_manifest(GOOD, PATH).levels == USUAL_LEVELS


def test_the_line_that_names_a_lesson_or_an_exercise() -> None:
    manifest = parse_manifest(GOOD, PATH)
    assert manifest.line_naming("01-area.md") == 11
    assert manifest.line_naming("cube") == 12
    assert manifest.line_naming("inverse") == 21


def test_a_missing_file_is_named_with_what_to_write(tmp_path: Path) -> None:
    path = tmp_path / "lessons" / "course.toml"
    with pytest.raises(CourseError) as caught:
        load_manifest(path)
    assert caught.value.path == path
    assert "lessons/course.toml" in caught.value.message
    assert MINIMAL in caught.value.hint
    assert parse_manifest(MINIMAL, path).title == "My course"


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        # What is not TOML.
        ('title = "More"', "title = More", 15, "not TOML: invalid value", 'title = "Start"'),
        ('title = "Start"', "title", 5, "not TOML: expected '=' after", 'title = "Start"'),
        ("level = 1\n", "level = 1\nlevel = 2\n", 30, "not TOML", "key = value"),
        # The version.
        ("format_version = 1", "", 1, "which format", "format_version = 1"),
        ("format_version = 1", "format_version = 2", 1, "knows version 1", "format_version = 1"),
        ("format_version = 1", 'format_version = "1"', 1, "'1'", "format_version = 1"),
        ("format_version = 1", "format_version = true", 1, "True", "format_version = 1"),
        # Keys that nobody knows, and keys that are not there.
        ('title = "Squares"', 'titel = "Squares"', 2, "unknown key 'titel'", "mean title"),
        ('title = "Squares"', "", 1, "The course has no title", 'title = "'),
        ('title = "Start"', "", 4, "Unit 1 has no title", 'title = "'),
        ('title = "More"', 'name = "More"', 15, "Unit 2 has an unknown key 'name'", "title"),
        ("exercises = [\n", "exercise = [\n", 19, "Lesson 1 of unit 2 has", "mean exercises"),
        ('file = "01-area.md"', "", 10, "Lesson 2 of unit 1 has no file", "file = "),
        ("seconds = 20", "second = 20", 34, "[exercises.root] has an", "mean seconds"),
        ("memory_mb = 2048", "colour = 1", 35, "'colour'", "Take it out"),
        # Values of another kind.
        ('title = "Squares"', "title = 1", 2, "text in quotes, and is a whole", 'title = "'),
        ("level = 2", 'level = "2"', 25, "level must be a whole number", "level = 1"),
        ("level = 2", "level = 1.5", 25, "level must be a whole number", "level = 1"),
        ('needs = ["square"]', 'needs = "square"', 26, "needs must be a list", 'needs = ["'),
        ('    "root",', "    7,", 19, "exercises must be text", 'exercises = ["'),
        ("seconds = 20", 'seconds = "20"', 34, "seconds must be a number", "seconds = "),
        ("[[units]]\n", "[units]\n", 14, "not TOML: cannot overwrite", "key = value"),
        # Values that make no sense.
        ('title = "Squares"', 'title = "  "', 2, "empty title", 'title = "'),
        ('title = "More"', 'title = ""', 15, "Unit 2 has an empty title", 'title = "'),
        ("level = 2", "level = 5", 25, "levels go from 0 to 4", "level = 1"),
        ("level = 2", "level = -1", 25, "levels go from 0 to 4", "level = 1"),
        ("seconds = 20", "seconds = 0", 34, "more than 0", "seconds = "),
        ("seconds = 20", "seconds = nan", 34, "more than 0", "seconds = "),
        ("memory_mb = 2048", "memory_mb = -1", 35, "more than 0", "memory_mb = "),
        ('title = "Squares"', 'title = "Squares"\nlevels = []', 3, "empty list", "levels = ["),
        ('title = "Squares"', 'title = "S"\nlevels = ["a", " "]', 3, "no words", "levels = ["),
        ('title = "Squares"', 'title = "S"\nlevels = [1]', 3, "must be text", "levels = ["),
        ('title = "Squares"', 'title = "S"\nlevels = ["a"]', 26, "from 0 to 1", "level = 1"),
        # Files.
        ('"01-area.md"', '"../area.md"', 11, "plain name", 'file = "01-first-lesson.md"'),
        ('"01-area.md"', '"/tmp/area.md"', 11, "plain name", 'file = "01-first-lesson.md"'),
        ('"01-area.md"', "'C:\\area.md'", 11, "plain name", 'file = "01-first-lesson.md"'),
        ('"01-area.md"', '"..md"', 11, "plain name", 'file = "01-first-lesson.md"'),
        ('"01-area.md"', '""', 11, "does not end in .md", 'file = "01-first-lesson.md"'),
        ('"01-area.md"', '"01-area.txt"', 11, "does not end in .md", 'file = "'),
        ('"02-roots.md"', '"02-area.md"', 18, "two lessons 'area'", 'file = "02-area-2.md"'),
        # Exercises.
        ('"cube"]', '"cube.py"]', 12, "no name for an exercise", 'exercises = ["'),
        ('"cube"]', '"../cube"]', 12, "no name for an exercise", 'exercises = ["'),
        ('"cube"]', '"cube", "cube"]', 12, "twice in 01-area.md", "once"),
        ('    "inverse"', '    "cube"', 21, "in 01-area.md and in 02-roots.md", "exercises = []"),
        ("[exercises.cube]", "[exercises.cub]", 24, "in no lesson", "mean [exercises.cube]"),
        ('    "cube",\n]', '    "cubes",\n]', 32, "root needs 'cubes'", 'needs = ["cube"]'),
        ('needs = ["square"]', 'needs = ["?"]', 26, "no exercise of this", "needs = []"),
        ('needs = ["square"]', 'needs = ["cube"]', 26, "cube needs cube", "needs = []"),
        ('needs = ["square"]', 'needs = ["root"]', 32, "cube needs root needs cube", "root"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    old: str, new: str, line: int, message: str, hint: str
) -> None:
    error = changed(old, new)
    assert message in error.message
    assert hint in error.hint
    assert error.line == line


def test_no_units_and_no_lessons() -> None:
    head = 'format_version = 1\ntitle = "Squares"\n'
    assert "has no units" in broken(head).message
    error = broken(head + "units = []\n")
    assert (error.line, error.message) == (3, "The course has no lessons.")
    assert "[[units.lessons]]" in error.hint


def test_exercises_as_a_list_at_the_top() -> None:
    error = broken(
        GOOD[: GOOD.index("[exercises.cube]")].replace(
            'title = "Squares"', 'title = "Squares"\nexercises = ["square"]'
        )
    )
    assert (error.line, error.message) == (3, "exercises must be a table, and is a list.")
    assert "[exercises.first_exercise]" in error.hint


def test_units_that_are_no_list() -> None:
    error = broken('format_version = 1\ntitle = "x"\nunits = 3\n')
    assert (error.line, error.message) == (3, "units must be a list, and is a whole number.")
    assert "[[units]]" in error.hint


def test_an_unknown_key_with_the_name_of_a_type() -> None:
    assert "unknown key 'str'" in changed('title = "Squares"', 'title = "Squares"\nstr = 1').message


def test_an_exercise_that_is_no_table() -> None:
    error = broken(GOOD[: GOOD.index("[exercises.cube]")] + "[exercises]\ncube = 2\n")
    assert (error.line, error.message) == (
        25,
        "[exercises.cube] must be a table, and is a whole number.",
    )
    assert "[exercises.first_exercise]" in error.hint


def test_an_unclosed_text_at_the_end() -> None:
    error = broken(GOOD + "[exercises.square]\nneeds = [\n")
    assert error.line == 37
    assert "not TOML" in error.message


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    path.write_bytes(b'format_version = 1\ntitle = "caf\xe9"\n')
    with pytest.raises(CourseError) as caught:
        load_manifest(path)
    assert (caught.value.path, caught.value.line) == (path, 2)
    assert caught.value.hint == "Save the file as UTF-8."


def test_lines_of_tables_written_inline() -> None:
    lines = TomlLines('a = 1\nunits = [\n  { title = "x" },\n  { title = "y" },\n]\n')
    assert lines.line("units", 1, "title") == 2
    assert lines.line_of("y", "units", 1, "title") == 4
    assert lines.line("nowhere") == 1


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*GOOD.split("\n"), "level = 9", "x = 1", "[x]"])).map(
            lambda lines: "\n".join(["format_version = 1", *lines])
        ),
    )
)
def test_any_text_is_a_manifest_or_an_error(text: str) -> None:
    try:
        assert isinstance(parse_manifest(text, PATH), Manifest)
    except CourseError as error:
        told = error
    else:
        return
    assert told.line is not None
    assert 1 <= told.line <= text.count("\n") + 1
    assert told.hint
