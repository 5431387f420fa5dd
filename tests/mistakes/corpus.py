"""The learner files of this folder, what each must be told, and what it was told.

`a.toml` and `b.toml` say what a good teacher would name in each wrong file; they were written
before any diagnosis. `names.toml` says which of the tutor's words name a mistake: a diagnosis of
the same id unless it says otherwise, or `finding:KIND` for what a finding tells by itself, or
`says:TEXT` for a diagnosis or finding with these words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tutor.checking.checker import Checker
from tutor.course.loader import Course
from tutor.verdict import Verdict

FOLDER = Path(__file__).parent
# These say where, or what is common to all wrong numbers. They are no names of mistakes.
PLACES = {"starts_here", "right_except", "wrong_entries"}


@dataclass(frozen=True)
class WrongFile:
    """A file with its mistakes: by id, and in words."""

    file: str
    ids: tuple[str, ...]
    says: str

    @property
    def exercise(self) -> str:
        return self.file.split("/")[0]

    @property
    def path(self) -> Path:
        return FOLDER / "wrong" / self.file


def tables() -> Iterator[dict[str, list[dict[str, object]]]]:
    for path in sorted(FOLDER.glob("[ab].toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def wrong_files(exercises: Collection[str]) -> list[WrongFile]:
    """The wrong files of these exercises."""
    found = [
        WrongFile(str(each["file"]), tuple(each["id"]), str(each["says"]))  # type: ignore[arg-type]
        for table in tables()
        for each in table["wrong"]
    ]
    return [each for each in found if each.exercise in exercises]


def correct_files(course: Course) -> list[Path]:
    return sorted(
        path for path in FOLDER.glob("correct/*/*.py") if path.parent.name in course.exercises
    )


def names() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Told:
    """What the tutor made of a file."""

    accepted: bool
    named: frozenset[str]
    unnamed: frozenset[str]
    false: frozenset[str]
    verdict: Verdict


def tell(checker: Checker, course: Course, wrong: WrongFile) -> Told:
    """Check a wrong file as a learner would have it checked, searches included."""
    verdict = checker.look_further(
        checker.check_file(course.exercises[wrong.exercise], wrong.path)[0]
    )
    known = names()
    tokens = {each: _tokens(known, wrong.exercise, each) for each in wrong.ids}
    named = frozenset(each for each in wrong.ids if any(_holds(t, verdict) for t in tokens[each]))
    expected = {token for each in tokens.values() for token in each}
    false = frozenset(
        told.id
        for told in verdict.diagnoses
        if told.id not in PLACES
        and told.id not in expected
        and not any(_words(token) in told.message for token in expected if token[:5] == "says:")
    )
    return Told(verdict.passed, named, frozenset(wrong.ids) - named, false, verdict)


def _tokens(known: dict[str, dict[str, list[str]]], exercise: str, name: str) -> list[str]:
    for section in (exercise, "all"):
        if name in known.get(section, {}):
            return known[section][name]
    return [name]


def _words(token: str) -> str:
    return token.partition(":")[2]


def _holds(token: str, verdict: Verdict) -> bool:
    kind, colon, rest = token.partition(":")
    if not colon:
        return any(told.id == token for told in verdict.diagnoses)
    if kind == "finding":
        return any(found.kind == rest for found in verdict.findings)
    messages = [told.message for told in verdict.diagnoses]
    messages += [found.message for found in verdict.findings]
    return any(rest in message for message in messages)
