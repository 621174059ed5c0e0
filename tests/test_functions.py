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


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, those inside others too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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


def test_a_class_name_means_one_thing() -> None:
    """No two classes of the package have one name, so that a name says which is meant."""
    nodes = (node for path in FILES for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    times = Counter(node.name for node in nodes if isinstance(node, ast.ClassDef))
    assert times
    assert not [name for name, count in times.items() if count > 1]
