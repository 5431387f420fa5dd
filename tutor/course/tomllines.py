"""Which line of a TOML text holds which table, key or value.

The standard TOML reader forgets lines, and an author who is told `units[3].lessons[1].file` has
to count. So the lines are read once more, only when there is an error to tell: headers and keys
as people write them. What is written in a rarer form is placed at the nearest table around it.
"""

from __future__ import annotations

import re

Key = str | int
Keys = tuple[Key, ...]

_PART = r"""[\w-]+|"[^"\n]*"|'[^'\n]*'"""
_DOTTED = rf"(?:{_PART})(?:[ \t]*\.[ \t]*(?:{_PART}))*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]\]?[ \t]*(?:#.*)?")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")


class TomlLines:
    """The lines (from 1) of a TOML text, by keys such as `("units", 0, "title")`."""

    def __init__(self, text: str) -> None:
        self._text = text.split("\n")
        self._lines: dict[Keys, int] = {(): 1}
        self._arrays: dict[Keys, int] = {}
        table: Keys = ()
        for number, line in enumerate(self._text, start=1):
            if header := _HEADER.fullmatch(line):
                table = self._enter(_parts(header[2]), is_array=header[1] == "[[")
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                parts = _parts(key[1])
                for length in range(1, len(parts) + 1):
                    self._lines.setdefault(table + parts[:length], number)

    def _enter(self, parts: tuple[str, ...], *, is_array: bool) -> Keys:
        keys: Keys = ()
        for part in parts[:-1]:
            keys = self._latest((*keys, part))
        keys = (*keys, parts[-1])
        if not is_array:
            return self._latest(keys)
        self._arrays[keys] = self._arrays.get(keys, 0) + 1
        return self._latest(keys)

    def _latest(self, keys: Keys) -> Keys:
        """A table's keys; those of its last element when it is an array of tables."""
        return (*keys, self._arrays[keys] - 1) if keys in self._arrays else keys

    def line(self, *keys: Key) -> int:
        """The line of a key or table, or of the nearest one around it that has a line."""
        while keys not in self._lines:
            keys = keys[:-1]
        return self._lines[keys]

    def line_of(self, value: object, *keys: Key) -> int:
        """The line on which `value` stands among the values of a key."""
        first = self.line(*keys)
        if isinstance(value, str):
            # Long lists go over several lines, up to the next key or table.
            taken = {number for number in self._lines.values() if number > first}
            last = min(taken, default=len(self._text) + 1)
            for number in range(first, last):
                line = self._text[number - 1]
                if f'"{value}"' in line or f"'{value}'" in line:
                    return number
        return first


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))
