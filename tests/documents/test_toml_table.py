"""A table of a TOML file: its values, and the place of each however the table is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from imvo_scan.core.errors import ImvoScanError
from imvo_scan.documents.strict_yaml import Path_, key_path
from imvo_scan.documents.toml_table import TomlTable, load_table

OURS = ("tool", "imvo-scan")


def table(text: str) -> TomlTable:
    """The table of imvo-scan in a text."""
    loaded = load_table(text.encode(), "p.toml", OURS)
    assert loaded is not None
    return loaded


@pytest.mark.parametrize(
    ("text", "path", "key", "value"),
    [
        ("[tool.imvo-scan]\ntop = 1\n", ("top",), (2, 1), (2, 7)),
        ("[ tool . 'imvo-scan' ] # ours\n  top=1\n", ("top",), (2, 3), (2, 7)),
        ('["tool".imvo-scan]\n"top" = 1', ("top",), (2, 1), (2, 9)),
        ('[tool.imvo-scan]\n"\\u0074op" = 1\n', ("top",), (2, 1), (2, 14)),
        ("[tool.imvo-scan]\nfail-on = 1\n", ("fail_on",), (2, 1), (2, 11)),
        ("[tool]\nimvo-scan.top = 1\n", ("top",), (2, 11), (2, 17)),
        ("tool.imvo-scan.top = 1\n", ("top",), (1, 16), (1, 22)),
        ("[tool]\nimvo-scan = {by = 'site', top = 1}\n", ("top",), (2, 27), (2, 33)),
        ("tool = {imvo-scan.top = 1}\n", ("top",), (1, 19), (1, 25)),
        ("[tool.imvo-scan.top]\nx = 1\n", ("top",), (1, 17), (1, 1)),
        ("[tool.imvo-scan.top]\nx.y = 1\n", ("top", "x", "y"), (2, 3), (2, 7)),
        ("[[tool.imvo-scan.a]]\n[[tool.imvo-scan.a]]\nb = 2\n", ("a", 1, "b"), (3, 1), (3, 5)),
        ("[[tool.imvo-scan.a]]\n[tool.imvo-scan.a.b]\nc = 2\n", ("a", 0, "b", "c"), (3, 1), (3, 5)),
        ("[tool.imvo-scan]\r\nby = 'x'\r\ntop = 1\r\n", ("top",), (3, 1), (3, 7)),
        ("[tool.imvo-scan]\n'à' = 'é' # top = 2\ntop = 1\n", ("top",), (3, 1), (3, 7)),
        ("[tool.imvo-scan]\nby = '''\ntop = 2\n'''\ntop = 1\n", ("top",), (5, 1), (5, 7)),
        ('[tool.imvo-scan]\nby = """\ntop = 2\\""" x"""""\ntop = 1\n', ("top",), (4, 1), (4, 7)),
        ("[tool.imvo-scan]\nby = '#'\ndata = ''\nlang = \"\"\ntop = 1\n", ("top",), (5, 1), (5, 7)),
        ("[tool.x]\ntop = [{x = [1, ']']}]\n[tool.imvo-scan]\ntop = 1\n", ("top",), (4, 1), (4, 7)),
        ("[project]\n[tool.imvo-scan]\n[tool.imvo-scan.top]\n", ("top",), (3, 17), (3, 1)),
        ("[tool.imvo-scan]\nd = 1979-05-27 07:32:00\ne = 1.5\ntop = 1\n", ("top",), (4, 1), (4, 7)),
    ],
)  # fmt: skip
def test_every_form_has_its_place(
    text: str, path: Path_, key: tuple[int, int], value: tuple[int, int]
) -> None:
    """The key and the value, by line and column."""
    assert table(text).position(key_path(path)) == key
    assert table(text).position(path) == value


def test_items_of_a_list_have_their_own_lines() -> None:
    """Lists may go over lines, with comments and a comma at the end."""
    text = '[tool.imvo-scan]\noutput = [ # two\n  "table",\n\n  "csv=a,]b", # three\n  [1],\n]\n'
    places = [table(text).position(("output", index)) for index in range(3)]
    assert places == [(3, 3), (5, 3), (6, 3)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[project]\n\n[tool.imvo-scan]\n[tool.imvo-scan.x]\n", (3, 1)),
        ("[tool.imvo-scan.x]\n[tool.imvo-scan]\n", (2, 1)),
        ("\ntool = {imvo-scan = 3}\n", (2, 21)),
        ("[tool]\nimvo-scan.x = 3\n", (2, 1)),
    ],
)
def test_what_has_no_place_is_at_home_in_its_table(text: str, place: tuple[int, int]) -> None:
    """The line of the table is better than the first of the file."""
    assert table(text).position(("absent", 3)) == place


def test_deep_and_wide_texts_are_gone_through() -> None:
    """Depth is bounded by us and not by the stack; a single line may be long."""
    deep = "[tool.imvo-scan]\nx = " + "[" * 90 + "]" * 90 + "\ntop = 1\n"
    assert table(deep).position(("top",)) == (3, 7)
    keys = ", ".join(f"k{number} = {number}" for number in range(20_000))
    wide = table(f"[tool]\nimvo-scan = {{{keys}}}\n")
    assert wide.position(("k0",)) == (2, 19)
    assert wide.position(("k19999",)).line == 2


def test_values_are_text_as_in_yaml() -> None:
    """What a field makes of it is for its type to say."""
    text = "[tool.imvo-scan]\nfail-on = 'P1'\nall = true\ntop = 5\noutput = ['x']\n"
    assert table(text).data == {"fail_on": "P1", "all": "true", "top": "5", "output": ["x"]}


def test_a_file_without_the_table_has_none() -> None:
    """`tool` may be anything in somebody else's file."""
    for text in ("", "tool = 3\n", "[tool.imvo]\n", "# imvo-scan\n"):
        assert load_table(text.encode(), "p.toml", OURS) is None


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"[tool]\nx 1\n", "p.toml:2:3: this is not TOML: a key stands here without `=`"),
        (b"x = 1\nx = 2\n", "this is not TOML: this key or table was given before"),
        (b"x = 'a\n", "this is not TOML"),
        (b"x = 'a", "this is not TOML: something is opened and not closed"),
        (b"x = 1\ny = '''a\n", "p.toml:3:1: this is not TOML: something is opened and not closed"),
        (b"\nx = [1\n", "this is not TOML: something is opened and not closed"),
        (b"x = P1\n", "p.toml:1:5: this is not TOML: a value is wanted here"),
        (b"x = 1 y = 2\n", "p.toml:1:7: this is not TOML: a new line is wanted here"),
        (b"x = " + b"[" * 100_000, "p.toml: this TOML is nested too deeply"),
        (b"x = '\xe9'\n", "p.toml:1:6: the byte 0xe9 is not UTF-8. Save the file as UTF-8."),
        (b"\xff\xfex", "p.toml:1:1: this is UTF-16 or UTF-32 text. Save it as UTF-8."),
        (
            b"[tool.imvo-scan]\nfail-on = 'P1'\nfail_on = 'P4'\n",
            "p.toml:2:1: the key 'fail_on' stands here twice. Keep one of the two.",
        ),
    ],
)
def test_what_is_no_toml_is_refused_with_its_place(raw: bytes, problem: str) -> None:
    """In our own sentences, which every language has."""
    with pytest.raises(ImvoScanError) as refused:
        load_table(raw, "p.toml", OURS)
    assert str(refused.value).startswith(problem) or problem in str(refused.value)


# -- any table, however it is written --------------------------------------------------------------

KEYS = st.sampled_from(["a", "b-c", "'d e'", '"f.g"', r'"h\u0041"', "1", "']'", '"#"', "imvo-scan"])
DOTTED = st.lists(KEYS, min_size=1, max_size=3).map(" . ".join)
HARD = [
    "'x ] } # = y'",
    r'"\" ] , }"',
    '"""\n# a = 1\n\\""" ""x"""""',
    "'''\n[tool]\n'x'''''",
    "1979-05-27 07:32:00",
]
SCALARS = st.sampled_from([*HARD, "1", "-1.5", "true", "inf", "''", '""', "[]", "{}"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[ # ]\n{', '.join(items)}\n]")
        | st.lists(st.tuples(DOTTED, inner).map(" = ".join), max_size=3).map(
            lambda pairs: f"{{{', '.join(pairs)}}}"
        )
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.tuples(DOTTED, VALUES).map(lambda pair: f" {pair[0]} = {pair[1]} # b = 1"),
    st.tuples(st.sampled_from(["", "tool.imvo-scan."]), DOTTED).map(
        lambda two: f"[{''.join(two)}]"
    ),
    DOTTED.map(lambda key: f"[[tool. imvo-scan .{key}]]"),
)


def paths_of(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The path of everything within a value."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from paths_of(inner, (*path, key))


@given(st.lists(LINES, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_at_the_place_of_a_key_stands_that_key(lines: list[str], end: str) -> None:
    """Everything that Python's own reader finds in the table has a place, and the right one."""
    text = end.join(["[tool.imvo-scan]", *lines])
    try:
        ours = tomllib.loads(text)["tool"]["imvo-scan"]
    except tomllib.TOMLDecodeError:
        assume(False)
    places = table(text).positions
    for path in paths_of(ours):
        here = tuple(part.replace("-", "_") if isinstance(part, str) else part for part in path)
        assert here in places
        if isinstance(name := path[-1], str):
            line, column = places[key_path(here)]
            rest = text.split("\n")[line - 1][column - 1 :]
            assert rest.startswith((name, f"'{name}'", f'"{name}"', r'"h\u0041"'))
