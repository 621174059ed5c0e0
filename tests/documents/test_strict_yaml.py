"""The YAML reader: text stays text, places are right, hostile input ends in a line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.documents import strict_yaml
from imvo_scan.documents.strict_yaml import Position, YamlError


def read(text: str | bytes) -> strict_yaml.Value:
    """The value of a text."""
    raw = text if isinstance(text, bytes) else text.encode()
    return strict_yaml.load_bytes(raw, "f.yaml").data


def problems(text: str | bytes) -> list[str]:
    """The lines that a refused text gives."""
    with pytest.raises(YamlError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "scalar", ["NO", "no", "yes", "0123", "01.10", "1e5", "12:30:45", "2024-13-01", "0x1F", "1_000"]
)
def test_a_scalar_stays_the_text_that_was_written(scalar: str) -> None:
    """NO is Norway, a code keeps its zeros, a date stays as written."""
    assert read(f"a: {scalar}\n") == {"a": scalar}


@pytest.mark.parametrize("null", ["", "~", "null"])
def test_a_plain_null_is_none_and_a_quoted_one_is_text(null: str) -> None:
    """Only a plain empty, ~ or null means nothing."""
    assert read(f"a: {null}\nb: '{null}'\n") == {"a": None, "b": null}


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1", "stands here twice"),
        ("a: &x [*x]\n", "f.yaml:1:8", "stands inside itself"),
        ("a: *nowhere\n", "f.yaml:1:4", "names no anchor"),
        ("a: !!python/object:os.system x\n", "f.yaml:1:4", "a tag"),
        ("a: 1\n--- \nb: 1\n", "f.yaml:2:1", "second document"),
        ("a:\n\t- x\n", "f.yaml:2:1", "not valid YAML"),
        ("? [a]\n: b\n", "f.yaml:1:3", "a key must be plain text"),
        (b"a: x\0y\n", "f.yaml:1:5", "a NUL byte"),
        (b"ok: 1\na: \xff\n", "f.yaml:2:4", "not UTF-8"),
        ("a: 1".encode("utf-16"), "f.yaml:1:1", "UTF-16"),
        (b"a: b\x07\n", "f.yaml:1:5", "not valid YAML"),
        ("[" * 200, "f.yaml:1:25", "nested more than"),
        ("{a: " * 2000, "f.yaml:1:97", "nested more than"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_accepted_is_named_with_its_place(
    text: str | bytes, place: str, what: str
) -> None:
    """Each refusal says where and what, and never crashes the reader."""
    (line,) = problems(text)
    assert line.startswith(f"{place}: ")
    assert what in line


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- ", "? ", "? - ", "{[", "{? "])
def test_nesting_that_would_kill_the_c_composer_is_refused(opening: str) -> None:
    """A hundred thousand openings, of values or of keys, end in lines, not in a dead process."""
    lines = problems(opening * 100_000)
    assert "nested more than" in lines[-1]
    assert all("a key must be plain text" in line for line in lines[:-1])


@pytest.mark.parametrize("key", ["[a, [b]]", "{a: {b: c}}", "? [a]\n  : b"])
def test_what_is_no_key_is_passed_over_whole(key: str) -> None:
    """The problem is said once, and what follows is read as it stands."""
    lines = problems(f"? {key}\n: x\nb: 1\nb: 2\n")
    assert ["plain text" in line for line in lines] == [True, False]
    assert "twice" in lines[1]


def test_an_alias_bomb_is_refused() -> None:
    """Aliases that unfold to billions of values are stopped."""
    rows = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    assert "unfold" in problems("\n".join(["a0: &a0 [x, x]", *rows]))[0]


@pytest.mark.parametrize(("levels", "refused"), [(6, False), (7, True)])
def test_aliases_may_unfold_to_ten_million_values(levels: int, refused: bool) -> None:
    """Far more than any inventory holds, and little enough for any machine."""
    rows = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, levels + 1)]
    text = "\n".join(["a0: &a0 [x, x]", *rows])
    assert strict_yaml.MAX_ALIASED == 10_000_000
    if refused:
        assert "unfold" in problems(text)[0]
    else:
        assert read(text)


def test_an_alias_stands_for_what_its_anchor_named() -> None:
    """Plain reuse is fine."""
    assert read("a: &x [1, 2]\nb: *x\n") == {"a": ["1", "2"], "b": ["1", "2"]}


def test_several_problems_come_together() -> None:
    """All problems at once, in the order of the file."""
    found = problems("a: 1\na: 2\nb: !t x\nb: 3\n")
    assert [line.split(": ")[0] for line in found] == ["f.yaml:2:1", "f.yaml:3:4", "f.yaml:4:1"]


def test_positions_are_those_of_the_values() -> None:
    """A value is found where it stands; an absent path where its parent stands."""
    document = strict_yaml.load_bytes(b"a:\n  - b: 1\n    c: [x, y]\n", "f.yaml")
    assert document.position(("a", 0, "c", 1)) == Position(3, 12)
    assert document.position(("a", 0, "missing")) == Position(2, 5)


def test_streamed_items_arrive_one_by_one_with_their_lines() -> None:
    """The long list is handed over item by item and the rest is kept."""
    seen: list[tuple[int, strict_yaml.Value, int]] = []
    text = b"v: 1\nitems:\n  - {a: 1}\n  - b\nend: x\n"
    document = strict_yaml.stream(text, "f", "items", lambda *item: seen.append(item))
    assert seen == [(0, {"a": "1"}, 3), (1, "b", 4)]
    assert document.data == {"v": "1", "items": [], "end": "x"}


def test_only_wanted_items_are_located() -> None:
    """Looking for places in a long list looks into the asked items alone."""
    text = b"items:\n  - {a: 1}\n  - {a: 2}\n"
    places = strict_yaml.locate(text, "f", "items", {1})
    assert places["items", 1, "a"] == Position(3, 9)
    assert ("items", 0, "a") not in places


VALUES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_json_reads_as_itself(value: object) -> None:
    """JSON of texts, lists and groups is YAML, and reads back equal."""
    assert read(json.dumps(value, ensure_ascii=False)) == value


@given(st.binary(max_size=200))
def test_no_bytes_can_crash_the_reader(raw: bytes) -> None:
    """Any input gives a value or problems with a place, and nothing else."""
    try:
        value = read(raw)
    except YamlError as error:
        value = [str(problem.what) for problem in error.problems]
    assert value is None or isinstance(value, (str, list, dict))


def test_what_is_absent_stands_where_its_nearest_parent_does() -> None:
    """Also where that is the whole document, below its comments."""
    document = strict_yaml.load_bytes(b"# one\n# two\n\na: {b: 1}\n", "f.yaml")
    assert document.position(("imvo",)) == Position(4, 1)
    assert document.position(("a", "c", "d")) == Position(4, 4)
