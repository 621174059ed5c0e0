"""How the code of the package is written, where no linter looks: length and names."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import imvo_scan

ROOT = Path(imvo_scan.__file__).parent
LONGEST = 60
FILES = sorted(ROOT.rglob("*.py"))
SAY_NOTHING = frozenset({"found", "kept", "said", "words"})
NOUNS = frozenset({"mapping", "matching"})


def nodes(path: Path) -> Iterator[ast.AST]:
    """Everything that stands in a file."""
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, those inside others too."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function takes."""
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_fit_a_screen(path: Path) -> None:
    """Sixty lines at the most, signature and docstring among them."""
    long = [one.name for one in functions(path) if lines_of(one) > LONGEST]
    assert not long


def names(path: Path) -> Iterator[tuple[str, int]]:
    """Every name of a variable, parameter, attribute or function of a file, with its line."""
    for node in nodes(path):
        for field in ("id", "arg", "attr", "name", "asname"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                yield name, getattr(node, "lineno", 0)


def test_a_class_name_means_one_thing() -> None:
    """No two classes of the package have one name, so that a name says which is meant."""
    classes = [n for path in FILES for n in nodes(path) if isinstance(n, ast.ClassDef)]
    times = Counter(one.name for one in classes)
    assert times
    assert not [name for name, count in times.items() if count > 1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_name_says_what_it_holds(path: Path) -> None:
    """Not only that it was found, kept or said, which nearly everything was."""
    assert not [(name, line) for name, line in names(path) if name.strip("_") in SAY_NOTHING]


def test_modules_are_named_after_what_they_hold() -> None:
    """Not by how it came to be: no participle."""
    assert not [
        path.stem for path in FILES if path.stem.endswith(("ed", "ing")) and path.stem not in NOUNS
    ]
