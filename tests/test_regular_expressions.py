"""No text makes a regular expression of the package slow: the steps grow as the text does."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import imvo_scan
from tests.backtracking import Matcher, TooManyStepsError

PACKAGE = Path(imvo_scan.__file__).parent
FUNCTIONS = {
    "compile",
    "search",
    "match",
    "fullmatch",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
}
ANCHORED = {"match", "fullmatch"}
SIZE = 24
ALLOWED = 2.9  # twice the text: twice the steps where it is linear, four times where it is not


class Use(NamedTuple):
    """A regular expression: where it stands, and whether it is looked for all over a text."""

    where: str
    pattern: re.Pattern[Any]
    everywhere: bool


def modules() -> Iterator[str]:
    """Every module of the package."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "imvo_scan."):
        if not module.name.endswith("__main__"):
            yield module.name


def uses() -> Iterator[Use]:
    """Every regular expression: those that stand in modules, and those written in functions."""
    for name in modules():
        module = importlib.import_module(name)
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for key, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield Use(f"{name}.{key}", value, not only_anchored(tree, key))
        yield from in_functions(name, tree)


def in_functions(name: str, tree: ast.Module) -> Iterator[Use]:
    """The patterns given to functions of `re` inside functions; a part filled in later is an x."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    calls = [node for one in functions for node in ast.walk(one) if isinstance(node, ast.Call)]
    for call in calls:
        function = call.func
        if (
            isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and function.value.id == "re"
            and function.attr in FUNCTIONS
        ):
            text = written(call.args[0], sys.modules[name])
            everywhere = function.attr not in ANCHORED and not isinstance(call.args[0], ast.Call)
            yield Use(f"{name}:{call.lineno}", re.compile(text), everywhere)


def written(node: ast.expr, module: ModuleType) -> Any:
    """The text of a pattern as it stands in the code, or as the constant that is named there."""
    match node:
        case ast.Constant(value):
            return value
        case ast.Name(name):
            return getattr(module, name)
        case ast.JoinedStr(values):
            parts = (part.value if isinstance(part, ast.Constant) else "x" for part in values)
            return "".join(map(str, parts))
        case ast.Call(ast.Name("translate")):  # a pattern of file names, as users write them
            return translate("*a*b?c*")
        case _:
            raise NotImplementedError(ast.unparse(node))


def only_anchored(tree: ast.Module, key: str) -> bool:
    """Whether a pattern is only ever held against a text from its start."""
    names = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == key]
    reads = [n for n in names if isinstance(n.ctx, ast.Load)]
    methods = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == key
        and node.attr in ANCHORED
    ]
    return bool(reads) and len(methods) == len(reads)


def growth(use: Use) -> tuple[float, str]:
    """How many times the steps grow where the text doubles, at the worst, and with which text."""
    matcher = Matcher(use.pattern)
    worst = (0.0, "")
    steps = matcher.steps_over if use.everywhere else matcher.steps_at_start
    for short, long in zip(matcher.attacks(SIZE), matcher.attacks(2 * SIZE), strict=True):
        try:
            few, many = steps(short), steps(long)
        except TooManyStepsError:
            return float("inf"), long
        worst = max(worst, (many / few, long))
    return worst


USES = list(uses())


def test_all_are_looked_at() -> None:
    """Those of modules, those in functions, and those put together."""
    names = {use.where for use in USES}
    assert "imvo_scan.cli.lists._INVENTORY_KEY" in names
    assert any(":" in name for name in names)
    assert len(names) > 60


@pytest.mark.parametrize("use", USES, ids=[use.where for use in USES])
def test_steps_grow_as_the_text_does(use: Use) -> None:
    """A text of twice the length takes about twice the steps, whatever is in it."""
    times, text = growth(use)
    assert times <= ALLOWED, f"{use.pattern.pattern!r}: {times:.1f} times the steps for {text!r}"


@pytest.mark.parametrize(
    "slow",
    [r"(a+)+$", r"\s*\{?\s*x", r"\s+and\s+", r"(?:a|aa)+$", r"^\s*\s*x", r"a*?a*?b", r"\d+\D*\d+x"],
)
def test_the_measure_finds_what_is_slow(slow: str) -> None:
    """Known bad ones are found: the measure can fail."""
    assert growth(Use("", re.compile(slow), everywhere=True))[0] > ALLOWED
