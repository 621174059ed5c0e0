"""Tables read by their declared rows: one declaration makes values, checks, and names places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, NamedTuple

import pytest

from imvo_scan.core.data_dir import FolderReadOnce
from imvo_scan.core.errors import EvidenceError
from imvo_scan.core.levels import Basis
from imvo_scan.documents import row_models, row_types, tables
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import (
    Called,
    Digits,
    Everything,
    Key,
    Level,
    Mark,
    OwnTexts,
    Texts,
)

PLAIN = """\
oak:
  en: Oak
  nl: Eik
  level: 3
  type: judgement
  short: {en: o, nl: e}
  sizes: [1.5, 2]
  bases: [all]
  parts: {leaf: {number: 12}}
"""


class Part(NamedTuple):
    """A row inside a row, which checks itself."""

    number: Annotated[int, Digits(1, 12, "a month")]
    spare: bool = False

    def fault(self) -> Fault | None:
        """Half a dozen is refused."""
        return Fault(("number",), "six is odd", "Write another.") if self.number == 6 else None


class Tree(NamedTuple):
    """A row with a field of every kind."""

    key: Key
    names: OwnTexts
    level: Level
    basis: Annotated[Basis, Called("type")]
    short: Texts
    sizes: tuple[Decimal, ...]
    bases: Annotated[frozenset[Basis], Everything("all")]
    parts: Mapping[str, Part]
    years: Annotated[Mapping[Basis, tuple[str, ...]], Mark.SOME] | None = None
    note: str | None = None


def read(folder: Path, text: str, *, trusted: bool = False) -> dict[str, Tree]:
    """A table of trees."""
    (folder / "trees.yaml").write_text(text, encoding="utf-8")
    file = FolderReadOnce(folder, trusted=trusted) / "trees.yaml"
    return tables.read(file, dict[str, Tree], names_are_short)


def names_are_short(trees: Mapping[str, Tree]) -> Iterator[Fault]:
    """A check over the whole table."""
    for key, tree in trees.items():
        if len(tree.names["en"]) > 5:
            yield Fault((key, "en"), "the name is long")


@pytest.mark.parametrize("trusted", [True, False])
def test_values_are_as_declared(tmp_path: Path, trusted: bool) -> None:
    """Trusted or checked, the same values are made."""
    assert read(tmp_path, PLAIN, trusted=trusted)["oak"] == Tree(
        key="oak",
        names={"en": "Oak", "nl": "Eik"},
        level=3,
        basis=Basis.JUDGEMENT,
        short={"en": "o", "nl": "e"},
        sizes=(Decimal("1.5"), Decimal(2)),
        bases=frozenset(Basis),
        parts={"leaf": Part(12)},
    )


@pytest.mark.parametrize("trusted", [True, False])
def test_texts_may_stand_in_a_third_language(
    tmp_path: Path, trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one that is spoken; some entries may have it and others not, and a slip is refused."""
    for module in (row_types, row_models):
        monkeypatch.setattr(module, "languages", lambda: ("en", "fr", "nl"))

    class Leaf(NamedTuple):
        names: OwnTexts
        short: Annotated[Texts, "here"]  # another type, as what is made for each is kept

    text = """
a: {en: Leaf, nl: Blad, fr: Feuille, short: {en: l, nl: b, fr: f}}
b: {en: Needle, nl: Naald, short: {en: n, nl: n}}
"""
    (tmp_path / "leaves.yaml").write_text(text, encoding="utf-8")
    file = FolderReadOnce(tmp_path, trusted=trusted) / "leaves.yaml"
    leaves = tables.read(file, dict[str, Leaf])
    assert leaves["a"] == Leaf(
        {"en": "Leaf", "nl": "Blad", "fr": "Feuille"}, {"en": "l", "nl": "b", "fr": "f"}
    )
    assert leaves["b"].names == {"en": "Needle", "nl": "Naald"}
    (tmp_path / "leaves.yaml").write_text(text.replace("fr: f}", "fe: f}"), encoding="utf-8")
    if not trusted:
        with pytest.raises(EvidenceError, match="'fe'"):
            tables.read(FolderReadOnce(tmp_path, trusted=False) / "leaves.yaml", dict[str, Leaf])


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  nl: Eik\n", "", "2:3: the text 'nl' is missing, in oak"),
        ("  level: 3\n", "", "2:3: the key 'level' is missing, in oak"),
        ("level: 3", "level: 6", "4:10: '6' is not a level, in oak > level. Write a whole"),
        ("level: 3", "level: [3]", "4:10: ['3'] is not a level"),
        ("level: 3", "level: 03", "4:10: '03' is not a level"),
        ("level: 3", "level: 3\n  levle: 3", "5:3: the key 'levle' is not known"),
        ("type: judgement", "type: judgment", "5:9: 'judgment' is not one of indicator, stated,"),
        ("{en: o, nl: e}", "{en: o}", "6:10: the text 'nl' is missing, in oak > short"),
        ("{en: o, nl: e}", "o", "6:10: a group of keys is wanted here, but this is 'o'"),
        ("[1.5, 2]", "[1.5, two]", "7:16: 'two' is not a number, in oak > sizes > 2"),
        ("[1.5, 2]", "[1.5, nan]", "7:16: 'nan' is not a number"),
        ("[all]", "[some]", "8:11: 'some' is not one of indicator, stated, judgement, all"),
        ("[all]", "all", "8:10: a list is wanted here, but this is 'all'"),
        ("number: 12", "number: 6", "9:26: six is odd, in oak > parts > leaf > number. Write"),
        ("number: 12", "number: 12, spare: yes", "9:37: 'yes' is not one of true, false"),
        ("[all]", "[all]\n  years: {stated: [a], told: [b]}", "9:24: the key 'told' is not"),
        ("  parts:", "  note: ''\n  parts:", "9:9: text is wanted here, but this is ''"),
        ("en: Oak", "en: Sycamore", "2:7: the name is long, in oak > en"),
        ("oak:\n", "oak: ~\nelm:\n", "1:6: a group of keys is wanted here, but this is nothing"),
    ],
)  # fmt: skip
def test_what_is_not_as_declared_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    """File, line and column, what is wrong, and what would be right."""
    assert old in PLAIN
    with pytest.raises(EvidenceError) as refusal:
        read(tmp_path, PLAIN.replace(old, new, 1))
    assert [str(one) for one in refusal.value.problems if f"trees.yaml:{problem}" in str(one)]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Those of the shape, those of rows, and those of the whole table, in the order of the file."""
    text = PLAIN.replace("Oak", "Sycamore").replace("12", "6") + "  other: 1\n"
    with pytest.raises(EvidenceError) as refusal:
        read(tmp_path, text)
    assert [one.line for one in refusal.value.problems] == [2, 9, 10]


def test_a_key_with_nothing_behind_it_is_left_out(tmp_path: Path) -> None:
    """As in every file of this tool."""
    assert read(tmp_path, PLAIN + "  note:\n")["oak"].note is None


def test_a_trusted_table_is_not_looked_into(tmp_path: Path) -> None:
    """What its tests have checked is not checked at every start."""
    text = PLAIN.replace("Oak", "Sycamore").replace("level: 3", "level: 9")
    assert read(tmp_path, text, trusted=True)["oak"].level == 9


def test_a_trusted_table_that_somebody_broke_says_where(tmp_path: Path) -> None:
    """An installation that was changed is named with its line, as any other file."""
    with pytest.raises(EvidenceError, match=r"trees\.yaml:4:10: 'high' is not a level"):
        read(tmp_path, PLAIN.replace("level: 3", "level: high"), trusted=True)


def test_of_two_meanings_the_first_counts_and_the_other_is_named() -> None:
    """An index never changes what a text means without a word."""
    claims = [(("a",), "tin", "a"), (("b",), "tin", "b"), (("b",), "can", "b")]
    assert tables.index(claims) == {"tin": "a", "can": "b"}
    (clash,) = tables.clashes(claims)
    assert (clash.path, str(clash.what)) == (("b",), "'tin' already means a")
