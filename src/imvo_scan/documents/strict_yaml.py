"""YAML as people mean it: text stays text, every value keeps its place, nothing is guessed.

PyYAML turns `country: NO` into False, lets a second `name:` win in silence and dies on deep
nesting. This reader takes the events of PyYAML's C parser and builds plain values itself:
dict, list, str or None. Every scalar is text until a field's type asks for something else; a plain
`~`, `null` or nothing is None. One pass, bounded depth, all problems at once.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

from yaml import MarkedYAMLError, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined] # missing in the stubs
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from imvo_scan.core.errors import ImvoScanError, Problem
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.message import Message, Text, message

Value: TypeAlias = "dict[str, Value] | list[Value] | str | None"
Path_: TypeAlias = tuple[str | int, ...]
OnItem: TypeAlias = Callable[[int, "Value", int], None]

MAX_DEPTH = 24
MAX_ALIASED = 10_000_000
_KEY = "\0key"  # no YAML text can hold a NUL, so this clashes with no key
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_STEPS = {MappingStartEvent: 1, SequenceStartEvent: 1, MappingEndEvent: -1, SequenceEndEvent: -1}
_DEEP = "maximum nesting depth"  # PyYAML counts for itself from 6.0.4 on, ahead of its events
_INDENT, _QUOTE, _REMOVE = (
    message("documents.yaml-check-indentation"),
    message("documents.yaml-put-in-quotes"),
    message("documents.yaml-remove-control"),
)
_INVALID = {
    "expected key": (message("documents.yaml-no-key"), _INDENT),
    "expected '-'": (message("documents.yaml-no-item"), _INDENT),
    "expected ',' or ']'": (message("documents.yaml-list-not-closed"), _INDENT),
    "expected ',' or '}'": (message("documents.yaml-group-not-closed"), _INDENT),
    "expected ':'": (message("documents.yaml-no-colon"), _INDENT),
    "mapping values are not": (message("documents.yaml-no-value-here"), _INDENT),
    "mapping keys are not": (message("documents.yaml-no-key-here"), _INDENT),
    "sequence entries are not": (message("documents.yaml-no-item-here"), _INDENT),
    "expected node content": (message("documents.yaml-no-value"), _INDENT),
    "expected <document start>": (message("documents.yaml-left-over"), _INDENT),
    "unexpected end of stream": (message("documents.yaml-quote-not-closed"), _INDENT),
    "unknown escape": (message("documents.yaml-escape"), _INDENT),
    "cannot start any token": (message("documents.yaml-sign"), _QUOTE),
    "control characters": (message("documents.yaml-control"), _REMOVE),
    "unacceptable character": (message("documents.yaml-control"), _REMOVE),
}
"""Words in an error of the parser, what it means, and what to do."""
_OTHERWISE_INVALID = (message("documents.yaml-invalid"), _INDENT)
_UTF16_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Position(NamedTuple):
    """A place in a file; both count from 1."""

    line: int
    column: int


class YamlError(ImvoScanError):
    """The text is not YAML that this reader accepts."""


@dataclass(frozen=True)
class Document:
    """A whole file as plain values; the places of values are looked up only when asked for."""

    name: str
    data: Value
    raw: bytes = field(repr=False)

    @cached_property
    def positions(self) -> Mapping[Path_, Position]:
        """Where each value stands, by path such as `("suppliers", 3, "country")`."""
        return locate(self.raw, self.name)

    def position(self, path: Path_) -> Position:
        """Where `path` stands; for a path that is absent, where its nearest parent stands."""
        return nearest_position(self.positions, path)

    def line(self, path: Path_) -> int:
        """The line on which `path` stands, counted from 1."""
        return self.position(path).line


def nearest_position(positions: Mapping[Path_, Position], path: Path_) -> Position:
    """Where `path` stands, or the nearest parent of it that has a place."""
    for length in range(len(path), -1, -1):
        position = positions.get(path[:length])
        if position is not None:
            return position
    return Position(1, 1)


def key_path(path: Path_) -> Path_:
    """The path under which the place of a mapping's key is kept, not that of its value."""
    return (*path, _KEY)


def load(path: Path) -> Document:
    """Read a YAML file. Raises `YamlError` with every problem found, `OSError` if unreadable."""
    return load_bytes(file_bytes(path), str(path))


def load_bytes(raw: bytes, name: str) -> Document:
    """Read YAML from memory; `name` is what problems call the file. Raises `YamlError`."""
    return Document(name, _Builder(raw, name).document(), raw)


def stream(raw: bytes, name: str, key: str, on_item: OnItem) -> Document:
    """Read a mapping whose list under `key` may be long, handing over one item at a time.

    Calls `on_item(index, value, line)` for each item and keeps none of them; the returned document
    holds the rest, with an empty list under `key`. Raises `YamlError` with every problem found.
    """
    return Document(name, _Builder(raw, name).document(key, on_item), raw)


def locate(
    raw: bytes, name: str, key: str | None = None, wanted: Container[int] = frozenset()
) -> Mapping[Path_, Position]:
    """The places of all values of a text that could be read before.

    Of a long list under `key`, only the items whose index is in `wanted` are looked into.
    """
    builder = _Builder(raw, name)
    builder.recording = {}
    builder.document(key, lambda *_: None, wanted)
    return builder.recording


class _TooDeepError(Exception):
    """Nesting past `MAX_DEPTH`, or aliases that unfold past `MAX_ALIASED`; reading stops here."""


class _Builder:
    """Builds values from parser events. One instance reads one document."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.recording: dict[Path_, Position] | None = None
        self.path: list[str | int] = []
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.open_anchors: set[str] = set()
        self.size = 0
        self.aliased = 0
        refuse_unreadable(raw, name)
        self.raw = raw
        self.next: Callable[[], Any] = CParser(io.BytesIO(raw)).get_event

    # -- the document ----------------------------------------------------------------------

    def document(
        self,
        key: str | None = None,
        on_item: OnItem | None = None,
        wanted: Container[int] = frozenset(),
    ) -> Value:
        """The one document of the file. Raises `YamlError` with all problems."""
        data: Value = None
        with self._syntax():
            self.next()
            if type(self.next()) is DocumentStartEvent:
                event = self.next()
                if key is not None and on_item is not None and type(event) is MappingStartEvent:
                    self._place(event)
                    data = self._streamed(key, on_item, wanted)
                else:
                    data = self._value(event, 0)
                self.next()
                second = self.next()
                if type(second) is DocumentStartEvent:
                    what = message("documents.yaml-second-document")
                    self._problem(second, what, message("documents.yaml-one-document"))
        if self.problems:
            raise YamlError(sorted(self.problems, key=lambda p: (p.line, p.column)))
        return data

    def _streamed(self, key: str, on_item: OnItem, wanted: Container[int]) -> dict[str, Value]:
        """The root mapping, its list under `key` handed over item by item."""
        out: dict[str, Value] = {}
        for name, event in self._entries(out):
            if name == key and type(event) is SequenceStartEvent and key not in out:
                self._place(event)
                out[name] = []
                self._items(on_item, wanted)
            else:
                out[name] = self._value(event, 1)
        return out

    def _items(self, on_item: OnItem, wanted: Container[int]) -> None:
        record, index = self.recording, 0
        following = self.next
        while type(event := following()) is not SequenceEndEvent:
            self.recording = record if record is not None and index in wanted else None
            self.path.append(index)
            value = self._value(event, 2)
            self.path.pop()
            on_item(index, value, event.start_mark.line + 1)
            index += 1
        self.recording = record

    # -- values ----------------------------------------------------------------------------

    def _value(self, event: Any, depth: int) -> Value:
        kind = type(event)
        if kind is AliasEvent:
            return self._alias(event)
        if event.tag is not None:
            what = message("documents.yaml-tag", tag=repr(event.tag))
            self._problem(event, what, message("documents.yaml-no-tags"))
        if self.recording is not None:
            self._place(event)
        if kind is ScalarEvent:
            text: str = event.value
            value: Value = None if event.implicit[0] and text in _NULLS else text
            return value if event.anchor is None else self._anchor(event, value, 1)
        if depth >= MAX_DEPTH:
            self._refuse_depth(event)
        if event.anchor is None:
            return self._collection(kind, depth)
        return self._anchored_collection(event, kind, depth)

    def _collection(self, kind: type, depth: int) -> Value:
        return self._mapping(depth) if kind is MappingStartEvent else self._sequence(depth)

    def _mapping(self, depth: int) -> dict[str, Value]:
        out: dict[str, Value] = {}
        if self.recording is None:
            following, value_of = self.next, self._value
            while True:
                event = following()
                kind = type(event)
                if kind is MappingEndEvent:
                    break
                name = event.value if kind is ScalarEvent else None
                if name is None or name in out:
                    name = self._key(event, out)
                event = following()
                if type(event) is ScalarEvent and event.anchor is None and event.tag is None:
                    text = event.value
                    out[name] = None if text in _NULLS and event.implicit[0] else text
                else:
                    out[name] = value_of(event, depth + 1)
        else:
            for name, event in self._entries(out):
                out[name] = self._value(event, depth + 1)
        self.size += len(out) + 1
        return out

    def _entries(self, out: dict[str, Value]) -> Iterator[tuple[str, Any]]:
        """The keys of a mapping with the first event of each value; keeps the path."""
        while type(event := self.next()) is not MappingEndEvent:
            name = self._key(event, out)
            self.path.append(name)
            if self.recording is not None:
                self.recording[*self.path, _KEY] = _position(event)
            yield name, self.next()
            self.path.pop()

    def _key(self, event: Any, seen: dict[str, Value]) -> str:
        """A key as text; anything else, and a key met before, is a problem."""
        if type(event) is not ScalarEvent:
            what = message("documents.yaml-key-no-text")
            self._problem(event, what, message("documents.yaml-write-a-key"))
            self._pass_over(event)
            return _KEY
        name: str = event.value
        if name in seen:
            what = message("documents.key-twice", key=repr(name))
            self._problem(event, what, message("documents.keep-one"))
        return name

    def _pass_over(self, event: Any) -> None:
        """Read to the end of a refused value, and keep nothing of it."""
        depth = _STEPS.get(type(event), 0)
        while depth:
            event = self.next()
            depth += _STEPS.get(type(event), 0)
            if depth > MAX_DEPTH:
                self._refuse_depth(event)

    def _sequence(self, depth: int) -> list[Value]:
        out: list[Value] = []
        following, plain = self.next, self.recording is None
        while True:
            event = following()
            kind = type(event)
            if kind is SequenceEndEvent:
                break
            if plain and kind is ScalarEvent and event.anchor is None and event.tag is None:
                text = event.value
                out.append(None if text in _NULLS and event.implicit[0] else text)
            else:
                self.path.append(len(out))
                out.append(self._value(event, depth + 1))
                self.path.pop()
        self.size += len(out) + 1
        return out

    # -- anchors and aliases ---------------------------------------------------------------

    def _anchored_collection(self, event: Any, kind: type, depth: int) -> Value:
        self.open_anchors.add(event.anchor)
        before = self.size
        value = self._collection(kind, depth)
        self.open_anchors.discard(event.anchor)
        return self._anchor(event, value, self.size - before)

    def _anchor(self, event: Any, value: Value, size: int) -> Value:
        self.anchors[event.anchor] = (value, size)
        return value

    def _alias(self, event: Any) -> Value:
        if self.recording is not None:
            self._place(event)
        if event.anchor in self.open_anchors:
            what = message("documents.yaml-alias-in-itself", alias=event.anchor)
            self._problem(event, what, message("documents.yaml-remove"))
            return None
        if event.anchor not in self.anchors:
            self._problem(event, message("documents.yaml-no-anchor", alias=event.anchor))
            return None
        value, size = self.anchors[event.anchor]
        self.size += size
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            self._problem(event, message("documents.yaml-alias-bomb"))
            raise _TooDeepError
        return value

    # -- problems and places ---------------------------------------------------------------

    def _place(self, event: Any) -> None:
        if self.recording is not None:
            self.recording[tuple(self.path)] = _position(event)

    def _problem(self, event: Any, what: Message, hint: Text = "") -> None:
        line, column = _position(event)
        self.problems.append(Problem(self.name, line, column, what, hint=hint))

    @contextmanager
    def _syntax(self) -> Iterator[None]:
        """Turn what the parser itself refuses into a problem."""
        try:
            yield
        except _TooDeepError:
            pass
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            self.problems.append(self._invalid(line, column, str(error.problem or error.context)))
        except YAMLError as error:
            self.problems.append(self._invalid(*self._unprintable(), str(error).splitlines()[0]))

    def _refuse_depth(self, event: Any) -> NoReturn:
        self.problems.append(self._too_deep(*_position(event)))
        raise _TooDeepError

    def _too_deep(self, line: int, column: int) -> Problem:
        what = message("documents.yaml-too-deep", most=MAX_DEPTH)
        return Problem(self.name, line, column, what, hint=message("documents.yaml-flatten"))

    def _invalid(self, line: int, column: int, reason: str) -> Problem:
        if _DEEP in reason:
            return self._too_deep(line, column)
        what, hint = next(
            (invalid for sign, invalid in _INVALID.items() if sign in reason), _OTHERWISE_INVALID
        )
        return Problem(self.name, line, column, what, hint=hint)

    def _unprintable(self) -> Position:
        """Where the first character stands that YAML does not allow."""
        for number, line in enumerate(self.raw.decode("utf-8").split("\n"), start=1):
            for column, char in enumerate(line, start=1):
                if (char < " " and char not in "\t\r") or (
                    "\x7f" <= char <= "\x9f" and char != "\x85"
                ):
                    return Position(number, column)
        return Position(0, 0)


def refuse_unreadable(raw: bytes, name: str) -> None:
    """Refuse what is not UTF-8 text, with the place where it goes wrong. Raises `YamlError`."""
    if raw.startswith(_UTF16_32):
        what, hint = message("documents.utf-16"), message("documents.save-as-utf-8")
        raise YamlError([Problem(name, 1, 1, what, hint=hint)])
    if (at := raw.find(b"\0")) >= 0:
        what, hint = message("documents.nul-byte"), message("documents.damaged")
        raise YamlError([Problem(name, *_offset(raw, at), what, hint=hint)])
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        what = message("documents.not-utf-8", byte=f"0x{raw[error.start]:02x}")
        place, hint = _offset(raw, error.start), message("documents.save-file-as-utf-8")
        raise YamlError([Problem(name, *place, what, hint=hint)]) from None


def _position(event: Any) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1)


def line_breaks(raw: bytes) -> int:
    """How many lines end in a text, as YAML counts: also at CR, NEL, U+2028 and U+2029."""
    ends = (b"\n", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
    return sum(map(raw.count, ends)) - raw.count(b"\r\n")


def _offset(raw: bytes, at: int) -> Position:
    """Line and column of a byte, for text that cannot be read further."""
    before = raw[:at]
    return Position(line_breaks(before) + 1, at - before.rfind(b"\n"))
