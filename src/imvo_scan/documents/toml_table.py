"""One table of a TOML file as plain values, each with its place, as `strict_yaml` gives them.

Python's own reader says whether a text is TOML and what stands in it, but not where. So the text is
gone through once more, and as it is known to be TOML, only as closely as the places ask for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.message import message
from imvo_scan.documents.strict_yaml import (
    MAX_DEPTH,
    Document,
    Path_,
    Position,
    Value,
    key_path,
    refuse_unreadable,
)

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r]+|\#[^\n]*)
    |"{3}(?:\\.|[^\\])*?"{3,5}  # the text may end in two quotes of its own
    |'{3}.*?'{3,5}
    |"(?:\\.|[^"\\])*"
    |'[^']*'
    |[\w-]+
    |.""",
    re.VERBOSE | re.DOTALL,
)
_PLACE = re.compile(r"at line (\d+), column (\d+)\)$")
_CLOSING = {"[": "]", "{": "}"}
_END = ""
_BEHIND_A_VALUE = frozenset({"\n", ",", "]", "}", _END})
_KINDS = {
    "Expected '='": message("documents.toml-no-equals-sign"),
    "Cannot ": message("documents.toml-twice"),
    "Duplicate ": message("documents.toml-twice"),
    "Unclosed ": message("documents.toml-unclosed"),
    "Unterminated ": message("documents.toml-unclosed"),
    'Expected "': message("documents.toml-unclosed"),  # a quote, which it puts in quotes
    "Expected newline": message("documents.toml-no-new-line"),
    "Invalid value": message("documents.toml-no-value"),
}
"""How an error of Python's reader begins, and what it means."""


@dataclass(frozen=True)
class TomlTable(Document):
    """A table of a TOML file; `raw` is the text of the whole file, `path` leads to the table."""

    path: tuple[str, ...]

    @cached_property
    def positions(self) -> Mapping[Path_, Position]:
        """Where each key and value of the table stands; `()` is the table itself."""
        return _Places(self.raw.decode(), self.path).positions()


def load_table(raw: bytes, name: str, path: tuple[str, ...]) -> TomlTable | None:
    """The table to which `path` leads, however it is written; None where there is none.

    Every scalar is text, and a hyphen in a key an underscore. Raises `UsageError` where this is no
    TOML or a key stands in the table in both forms, and `YamlError` where it is no text.
    """
    refuse_unreadable(raw, name)
    value = _parsed(raw.decode(), name)
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if value is None:
        return None
    table = TomlTable(name, _written(value), raw, path)
    forms = Counter(map(_name, value if isinstance(value, dict) else ()))
    twice = [key for key, count in forms.items() if count > 1]
    if twice:
        raise UsageError([_written_twice(table, key) for key in twice])
    return table


def _parsed(text: str, name: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise UsageError([Problem(name, 0, 0, message("documents.toml-too-deep"))]) from None
    except ValueError as error:
        reason = str(error)
        place = _PLACE.search(reason)
        line, column = map(int, place.groups()) if place else (text.count("\n") + 1, 1)
        general = message("documents.toml-invalid")
        kinds = (what for kind, what in _KINDS.items() if reason.startswith(kind))
        raise UsageError([Problem(name, line, column, next(kinds, general))]) from None


def _written_twice(table: TomlTable, key: str) -> Problem:
    line, column = table.position(key_path((key,)))
    what = message("documents.key-twice", key=repr(key))
    return Problem(table.name, line, column, what, hint=message("documents.keep-one"))


def _written(value: object) -> Value:
    """TOML values as they would be written in YAML."""
    if isinstance(value, dict):
        return {_name(key): _written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _name(key: str) -> str:
    return key.replace("-", "_")


class _Token(NamedTuple):
    """A piece of TOML and its offset."""

    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while token := _TOKEN.match(text, at):
        if token["space"] is None:
            yield _Token(token[0], at)
        at = token.end()
    yield _Token(_END, at)


class _Places:
    """Goes through a text that is TOML. One instance reads one text."""

    def __init__(self, text: str, table: tuple[str, ...]) -> None:
        self.text = text
        self.table = table
        self.tokens = _tokens(text)
        self.token = next(self.tokens)
        self.offsets: dict[Path_, int] = {}
        self.last_item: dict[Path_, int] = {}

    def positions(self) -> Mapping[Path_, Position]:
        """The places by path within the table."""
        here: Path_ = ()
        while self.token.text != _END:
            if self.token.text == "[":
                here = self.header()
            elif self.token.text == "\n":
                self.step()
            else:
                self.pair(here)
        return self.in_lines()

    def in_lines(self) -> Mapping[Path_, Position]:
        """Offsets as lines and columns."""
        positions: dict[Path_, Position] = {}
        line, start, before = 1, 0, 0
        for path, at in sorted(self.offsets.items(), key=lambda item: item[1]):
            line += self.text.count("\n", before, at)
            start = self.text.rfind("\n", before, at) + 1 or start
            positions[path] = Position(line, at - start + 1)
            before = at
        return positions

    def step(self) -> _Token:
        """The token here; goes on to the next."""
        token = self.token
        self.token = next(self.tokens, token)
        return token

    def header(self) -> Path_:
        """`[a.b]` or `[[a.b]]`: the table that begins here."""
        start = self.step().at
        is_item = self.token.text == "["
        if is_item:
            self.step()
        path = self.key(())
        if is_item:
            self.last_item[path] = self.last_item.get(path, -1) + 1
            path = (*path, self.last_item[path])
        self.place(path, start)
        while self.token.text == "]":
            self.step()
        return path

    def pair(self, table: Path_) -> None:
        """`a.b = value` in a table."""
        path = self.key(table)
        self.step()
        self.value(path)

    def key(self, table: Path_) -> Path_:
        """A key below a table, dotted or not."""
        path = table
        while True:
            token = self.step()
            path = (*path, _key(token.text))
            self.mention(path, token.at)
            if self.token.text != ".":
                return path
            self.step()
            if path in self.last_item:  # `[a.b]` below `[[a]]` speaks of the last `a`
                path = (*path, self.last_item[path])

    def value(self, path: Path_) -> None:
        """A value with all that is in it."""
        self.place(path, self.token.at)
        closing = _CLOSING.get(self.token.text)
        if closing is None or not self.leads_on(path):
            self.pass_over()
            return
        self.step()
        index = 0
        while self.token.text not in {closing, _END}:
            if self.token.text in {"\n", ","}:
                self.step()
            elif closing == "}":
                self.pair(path)
            else:
                self.value((*path, index))
                index += 1
        self.step()

    def leads_on(self, path: Path_) -> bool:
        """Whether places are asked for within what stands at a path."""
        both = min(len(path), len(self.table))
        return path[:both] == self.table[:both] and len(path) < len(self.table) + MAX_DEPTH

    def pass_over(self) -> None:
        """Read to the end of a value, and keep nothing of it."""
        depth = 0
        while self.token.text != _END and (depth or self.token.text not in _BEHIND_A_VALUE):
            depth += (self.token.text in {"[", "{"}) - (self.token.text in {"]", "}"})
            self.step()

    def mention(self, path: Path_, at: int) -> None:
        """A key is at home where it is first named, and its value too until that is met."""
        for one in (path, key_path(path)):
            if (within := self.within(one)) is not None:
                self.offsets.setdefault(within, at)

    def place(self, path: Path_, at: int) -> None:
        """A value stands here."""
        if (within := self.within(path)) is not None:
            self.offsets[within] = at

    def within(self, path: Path_) -> Path_ | None:
        """A path as seen from the table; None outside it."""
        depth = len(self.table)
        if path[:depth] != self.table:
            return None
        return tuple(_name(part) if isinstance(part, str) else part for part in path[depth:])


def _key(text: str) -> str:
    if text[0] not in "\"'":
        return text
    import tomllib

    return next(iter(tomllib.loads(f"{text} = 0")))
