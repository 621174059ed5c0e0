"""Counts the steps that a backtracking matcher takes: growth that can be asserted, unlike time.

A plain reading of what `re` does, one step for every node that is tried, without its shortcuts: a
pattern that is linear here is linear there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias

_MANY = 30  # a repeat that may go further than this can be pumped
_SAMPLES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " \n\t", "CATEGORY_WORD": "a_"}
_NO_MATCH = ("\x00", "\n\x00", "")

Node: TypeAlias = tuple[Any, Any]
Nodes: TypeAlias = Sequence[Node]


class TooManyStepsError(Exception):
    """The matcher was stopped: this grows faster than anybody waits for."""


class Matcher:
    """One pattern, and the steps taken with it so far."""

    def __init__(self, pattern: re.Pattern[Any], limit: int = 200_000) -> None:
        source = pattern.pattern
        text = source.decode("latin-1") if isinstance(source, bytes) else source
        flags = pattern.flags & ~re.UNICODE if isinstance(source, bytes) else pattern.flags
        parser: Any = re._parser  # type: ignore[attr-defined] # noqa: SLF001 - the only grammar there is
        self.tree: Nodes = list(parser.parse(text, flags))
        self.multiline = bool(flags & re.MULTILINE)
        self.dotall = bool(flags & re.DOTALL)
        self.ignorecase = bool(flags & re.IGNORECASE)
        self.limit, self.steps = limit, 0
        self.text, self.groups = "", dict[int, tuple[int, int]]()

    def steps_over(self, text: str) -> int:
        """The steps to find every match in a text, as `finditer` does."""
        self.text, self.steps = text, 0
        start = 0
        while start <= len(text):
            end = next(self._from(start), None)
            start = start + 1 if end is None else max(end, start + 1)
        return self.steps

    def steps_at_start(self, text: str) -> int:
        """The steps to find whether the whole text matches, as `fullmatch` does."""
        self.text, self.steps = text, 0
        next((end for end in self._from(0) if end == len(text)), None)
        return self.steps

    def _from(self, start: int) -> Iterator[int]:
        self.groups = {}
        return self._sequence(self.tree, start)

    def attacks(self, size: int) -> Iterator[str]:
        """Texts that try every repeat of the pattern: its own signs, over and over, then none."""
        before = set(_beginnings(self.tree))
        pumps = sorted(set(_pumps(self.tree)))
        for first in sorted(before):
            for pump in pumps:
                for last in _NO_MATCH:
                    yield first + pump * size + last

    # -- one node after the other ------------------------------------------------------------------

    def _sequence(self, nodes: Nodes, at: int) -> Iterator[int]:
        if not nodes:
            yield at
            return
        for middle in self._one(nodes[0], at):
            yield from self._sequence(nodes[1:], middle)

    def _one(self, node: Node, at: int) -> Iterator[int]:
        """Where a node that begins at `at` may end, in the order in which that is tried."""
        self.steps += 1
        if self.steps > self.limit:
            raise TooManyStepsError
        kind, value = str(node[0]), node[1]
        if kind in {"MAX_REPEAT", "MIN_REPEAT"}:
            return self._repeat(value, at, 0, greedy=kind == "MAX_REPEAT")
        if kind in {"ASSERT", "ASSERT_NOT"}:
            return self._look(value, at, wanted=kind == "ASSERT")
        ways: dict[str, Callable[[Any, int], Iterator[int]]] = {
            "SUBPATTERN": self._group,
            "BRANCH": self._branch,
            "POSSESSIVE_REPEAT": lambda one, at: islice(self._repeat(one, at, 0, greedy=True), 1),
            "ATOMIC_GROUP": lambda one, at: islice(self._sequence(list(one), at), 1),
            "AT": lambda one, at: iter([at] if self._stands(str(one), at) else []),
            "GROUPREF": self._again,
        }
        if kind in ways:
            return ways[kind](value, at)
        return iter([at + 1] if self._holds(node, at) else [])

    def _group(self, value: Any, at: int) -> Iterator[int]:
        for end in self._sequence(list(value[3]), at):
            self.groups[value[0]] = (at, end)
            yield end

    def _branch(self, value: Any, at: int) -> Iterator[int]:
        for branch in value[1]:
            yield from self._sequence(list(branch), at)

    def _again(self, group: int, at: int) -> Iterator[int]:
        start, end = self.groups.get(group, (0, -1))
        if end >= start and self.text.startswith(self.text[start:end], at):
            yield at + end - start

    def _repeat(self, value: Any, at: int, done: int, *, greedy: bool) -> Iterator[int]:
        least, most, body = value
        if done >= least and not greedy:
            yield at
        if done < int(most):
            for end in self._sequence(list(body), at):
                if end > at or done < least:
                    yield from self._repeat(value, end, done + 1, greedy=greedy)
        if done >= least and greedy:
            yield at

    def _look(self, value: Any, at: int, *, wanted: bool) -> Iterator[int]:
        direction, body = value
        start = at if direction > 0 else at - int(body.getwidth()[0])
        there = start >= 0 and next(self._sequence(list(body), start), None) is not None
        if there is wanted:
            yield at

    def _stands(self, where: str, at: int) -> bool:
        text = self.text
        if where in {"AT_BEGINNING", "AT_BEGINNING_STRING"}:
            line = self.multiline and where == "AT_BEGINNING"
            return at == 0 or (line and text[at - 1] == "\n")
        if where in {"AT_END", "AT_END_STRING"}:
            line = self.multiline and where == "AT_END"
            return at == len(text) or text[at:] == "\n" or (line and text[at] == "\n")
        inside = [0 <= n < len(text) and _is_word_like("", text[n]) for n in (at - 1, at)]
        return (inside[0] != inside[1]) is (where == "AT_BOUNDARY")

    def _holds(self, node: Node, at: int) -> bool:
        if at >= len(self.text):
            return False
        char = self.text[at]
        chars = {char, char.lower(), char.upper()} if self.ignorecase else {char}
        return any(self._is(str(node[0]), node[1], char) for char in chars)

    def _is(self, kind: str, value: Any, char: str) -> bool:
        if kind == "IN":
            negated = str(value[0][0]) == "NEGATE"
            return any(self._is(str(k), v, char) for k, v in value[negated:]) is not negated
        if kind == "CATEGORY":
            name = str(value)
            return _is_word_like(name.replace("_NOT", ""), char) is ("_NOT" not in name)
        if kind == "RANGE":
            return int(value[0]) <= ord(char) <= int(value[1])
        if kind == "ANY":
            return self.dotall or char != "\n"
        if kind in {"LITERAL", "NOT_LITERAL"}:
            return (ord(char) == value) is (kind == "LITERAL")
        raise NotImplementedError(kind)


def _is_word_like(category: str, char: str) -> bool:
    if category == "CATEGORY_DIGIT":
        return char.isdigit()
    return char.isspace() if category == "CATEGORY_SPACE" else char.isalnum() or char == "_"


def _inside(node: Node) -> list[Nodes]:
    """The sequences that stand in a node."""
    kind, value = str(node[0]), node[1]
    if kind == "BRANCH":
        return [list(branch) for branch in value[1]]
    if kind.endswith("_REPEAT"):
        return [list(value[2])]
    if kind == "ATOMIC_GROUP":
        return [list(value)]
    of = {"SUBPATTERN": 3, "ASSERT": 1, "ASSERT_NOT": 1}
    return [list(value[of[kind]])] if kind in of else []


def _beginnings(nodes: Nodes) -> Iterator[str]:
    """Nothing, and what the pattern matches up to each of its long repeats."""
    yield ""
    for number, node in enumerate(nodes):
        before = next(_shortest(nodes[:number]), "")
        if _is_long(node):
            yield before
        for inner in _inside(node):
            yield from (before + text for text in _beginnings(inner))


def _is_long(node: Node) -> bool:
    return str(node[0]).endswith("_REPEAT") and int(node[1][1]) > _MANY


def _pumps(nodes: Nodes) -> Iterator[str]:
    """Every sign that the pattern knows, and what is repeated in it, each in its shortest form."""
    for node in nodes:
        yield from _samples(node)
        if _is_long(node):
            yield from islice(_shortest(list(node[1][2]), fullest=True), 3)
        for inner in _inside(node):
            yield from _pumps(inner)


def _samples(node: Node) -> str:
    """Signs that a node takes."""
    kind, value = str(node[0]), node[1]
    if kind == "IN":
        return "a -" if str(value[0][0]) == "NEGATE" else "".join(map(_samples, value))
    if kind == "CATEGORY":
        return _SAMPLES.get(str(value), "-")
    if kind in {"LITERAL", "RANGE"}:
        return chr(value if kind == "LITERAL" else value[0])
    return "a " if kind in {"NOT_LITERAL", "ANY"} else ""


def _shortest(nodes: Nodes, *, fullest: bool = False) -> Iterator[str]:
    """Texts that match a sequence; with every optional part once where `fullest`."""
    if not nodes:
        yield ""
        return
    for first in _text_of(nodes[0], fullest=fullest):
        for rest in islice(_shortest(nodes[1:], fullest=fullest), 2):
            yield first + rest


def _text_of(node: Node, *, fullest: bool) -> Iterator[str]:
    kind, value = str(node[0]), node[1]
    if kind.endswith("_REPEAT"):
        times = max(value[0], 1 if fullest else 0)
        for text in islice(_shortest(list(value[2]), fullest=fullest), 2):
            yield text * times
    elif kind in {"SUBPATTERN", "BRANCH", "ATOMIC_GROUP"}:
        for inner in _inside(node):
            yield from islice(_shortest(inner, fullest=fullest), 2)
    else:
        yield _samples(node)[:1]
