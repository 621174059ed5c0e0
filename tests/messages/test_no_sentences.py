"""In no room stands a sentence for people: what is to be said is a code with values."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

import imvo_scan

SOURCE = Path(imvo_scan.__file__).parent
ROOMS = (
    "chain",
    "cli",
    "core",
    "diligence",
    "documents",
    "evidence",
    "gate",
    "history",
    "importer",
    "inventory",
    "messages",
    "output",
    "report",
    "sandbox",
    "scoring",
    "settings",
    "taxonomy",
)
"""The rooms whose sentences stand in the catalogues."""

VALUE = "\0"
"""What stands for a value in an f-string."""

MACHINE_KEYS = frozenset(
    {
        "country and sector of the company itself",
        "country rating",
        "evidence under 12 months old",
        "grievance channel",
        "sector rating",
    }
)
"""Keys and gaps of the JSON report that have spaces."""

OF_PROGRAMS = frozenset(
    {
        "maximum nesting depth",
        "import sys; sys.path += sys.argv[1:]; from imvo_scan.sandbox.child import main; main()",
    }
)
"""What PyYAML says in an error, and a program for Python."""

OF_FORMATS = re.compile(r"\s*<|::notice |tests=")
"""XML, and a command for GitHub's runner."""

FORMULAE = frozenset(
    {
        f"min(max(c {VALUE}, s {VALUE}), min(c {VALUE}, s {VALUE}) + 1)",
        f"max({VALUE}, {VALUE})",
    }
)
"""Sums with the letters of the method, the same in every language."""

OF_THE_COMMAND_LINE = frozenset(
    {
        "bold red",
        "not take a value",
        f"--output {VALUE}",
        f"imvo-scan cannot start: {VALUE}: {VALUE}\n",
        f"imvo-scan: {VALUE}.\n",
        f"imvo-scan: {VALUE}",
        f"imvo-scan {VALUE}",
    }
)
"""A style, what typer says in an error, places, and what is said where nothing can be read."""

OF_DATA = frozenset({"cereal grains", "every region", "names a sector", f"{VALUE} from {VALUE}"})
"""Names, words and keys by which the tables and lists are read."""

NOT_FOR_PEOPLE = frozenset(
    {
        "evidence/goods_build.py",  # writes a table
        "importer/formats/json_shapes.py",  # keys that lists have
        "inventory/redaction_rules.py",  # tells who declares a field without a mark
        "inventory/schema.py",  # texts of a schema
    }
)
"""Modules that hold texts of files, of data or for those who change this program."""

ALLOWED = MACHINE_KEYS | OF_PROGRAMS | OF_DATA | FORMULAE | OF_THE_COMMAND_LINE

OF_A_SCHEMA = frozenset({"description", "title"})
"""What a JSON Schema calls its texts: it is English, as its keys are."""

OF_YAML = re.compile(r"#.*\n?|(?:\s*(?:- )?[a-z_]+:(?: \S+)?\s*)+", re.DOTALL)
"""A comment in a file that is written, or its keys with a value at most."""

TWO_WORDS = re.compile(r"[^\W\d_]{2,},? (?:[^\W\d_] )?[^\W\d_]{2,}")
A_WORD_AND_A_VALUE = re.compile(r"(?:\0\W*|[^\W\d_]+\W* )[^\W\d_]{3,}|[^\W\d_]{3,}\W* \W*\0")


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts in a module that people would read, with their lines.

    Two words after one another are one; in an f-string, a word beside a value that is set apart by
    a space. Docstrings, keys, patterns, names of types, `__repr__` and texts of a schema are none.
    """
    for child in children(tree):
        if isinstance(child, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "\0" for part in child.values
            )
            if " " in text and A_WORD_AND_A_VALUE.search(text) and not is_allowed(text):
                yield child.lineno, text
            yield from sentences(ast.Tuple([p for p in child.values if not is_text(p)]))
        elif is_text(child):
            text = str(child.value)
            if TWO_WORDS.search(text) and not is_allowed(text):
                yield child.lineno, text
        else:
            yield from sentences(child)


def is_allowed(text: str) -> bool:
    """Whether a text is a key, data, or a part of a file."""
    return text in ALLOWED or bool(OF_FORMATS.match(text)) or OF_YAML.fullmatch(text) is not None


def is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    """Whether a node is a string."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_one_of(node: ast.AST | None, texts: Collection[str]) -> bool:
    """Whether a node is one of some strings."""
    return isinstance(node, ast.Constant) and node.value in texts


def children(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node in which a sentence could stand."""
    if isinstance(node, ast.FunctionDef) and node.name == "__repr__":
        return
    if isinstance(node, ast.Expr) and is_text(node.value):
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
        return
    if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
        return
    if isinstance(node, ast.keyword) and node.arg in OF_A_SCHEMA:
        return
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in pairs if not is_one_of(key, OF_A_SCHEMA))
        return
    yield from ast.iter_child_nodes(node)


def test_every_room_is_looked_at() -> None:
    """A room that is added holds no sentence either."""
    assert set(ROOMS) == {path.parent.name for path in SOURCE.glob("*/__init__.py")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_holds_no_sentence(room: str) -> None:
    """What it has to say it says by code, so that every language says the same."""
    paths = [path.relative_to(SOURCE) for path in sorted((SOURCE / room).rglob("*.py"))]
    assert paths
    assert not [
        f"{path}:{line}: {text}"
        for path in paths
        if path.as_posix() not in NOT_FOR_PEOPLE
        for line, text in sentences(ast.parse((SOURCE / path).read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize(
    "code",
    [
        'raise ValueError("this is no file")',
        'what = f"{name} is wrong"',
        'what = f"{number:,} more"',
        'hints = {"name": "Write a name."}',
        'def f(x="not known"): ...',
        "what = f\"{x}{more(f'{y} and so on')}\"",
    ],
)
def test_a_sentence_is_found_wherever_it_stands(code: str) -> None:
    """The test above can fail."""
    assert list(sentences(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'message("gate.waiver-back", name=f"{file}: {site}")',
        'def f():\n    """Two words."""',
        'A = 1\n"""What it is."""',
        'A = re.compile(r"two words")',
        'Field(None, description="Two words.")',
        'schema = {"title": "imvo-scan waivers", "type": "object"}',
        'def __repr__(self):\n    return f"<Report on {n} sites>"',
        'name = f"{site} > {other}"',
        'line = f"    risk: {risk}"',
        'MEANT = {"unknown escape": message("documents.yaml-escape")}',
        'Pair: TypeAlias = "tuple[str, Node]"',
    ],
)
def test_what_is_no_sentence_is_left_alone(code: str) -> None:
    """Codes, docstrings, patterns and texts of schemas may stand anywhere."""
    assert not list(sentences(ast.parse(code)))
