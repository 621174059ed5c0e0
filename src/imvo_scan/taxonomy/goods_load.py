"""Reading the table of goods: names, codes, what is made from what; every fault with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.language import Language
from imvo_scan.core.matching import normal
from imvo_scan.documents.table_file import Place, TableFile
from imvo_scan.taxonomy.goods import Good, Goods
from imvo_scan.taxonomy.list_names import ListNames

GOODS_FILE = "goods.yaml"
_PLAIN = re.compile(r"(?!the |de )[a-z0-9]+(?: [a-z0-9]+)*")


def load_goods(directory: Folder, list_names: ListNames) -> Goods:
    """Read the goods. Raises `EvidenceError` or `YamlError` with lines."""
    table = TableFile(directory / GOODS_FILE)
    goods, names, codes = _goods(table)
    ambiguous = _ambiguous(table, goods, names)
    qualifiers = frozenset(table.texts(("qualifiers",), table.root.get("qualifiers")))
    table.check()
    return Goods(goods, names, codes, ambiguous, qualifiers, list_names)


def _form(text: str) -> str:
    """The normal form; most texts in the table have it but for their capitals."""
    small = text.lower()
    return small if _PLAIN.fullmatch(small) else normal(text)


def _goods(table: TableFile) -> tuple[dict[str, Good], dict[str, str], dict[str, str]]:
    goods: dict[str, Good] = {}
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for key, value in table.group(("goods",), table.root.get("goods")).items():
        place: Place = ("goods", key)
        entry = table.group(place, value)
        good = goods[key] = _good(table, place, key, entry)
        aliases = table.texts(place, entry.get("aliases"))
        for text in (key, *good.names.values(), *good.listed_as, *aliases):
            _claim(table, place, names, _form(text), key)
        for code in good.hs:
            _claim(table, place, codes, code, key)
    for key, good in goods.items():
        for other in (*good.kind_of, *good.made_from):
            if other not in goods:
                table.fail(("goods", key), f"{other!r} is not a good of this table")
    if not table.problems:
        _refuse_circles(table, goods)
    return goods, names, codes


def _good(table: TableFile, place: Place, key: str, entry: Mapping[str, Any]) -> Good:
    sector = entry.get("sector")
    if not isinstance(sector, str):
        table.fail(place, "`sector` is missing")
    return Good(
        id=key,
        names=_names(table, place, entry),
        sector=str(sector),
        listed_as=table.texts(place, entry.get("listed_as")),
        hs=table.texts(place, entry.get("hs")),
        kind_of=table.texts(place, entry.get("kind_of")),
        made_from=table.texts(place, entry.get("made_from")),
    )


def _names(table: TableFile, place: Place, entry: Mapping[str, Any]) -> Mapping[Language, str]:
    english, dutch = entry.get("en"), entry.get("nl")
    if isinstance(english, str) and isinstance(dutch, str):
        return {Language.ENGLISH: english, Language.DUTCH: dutch}
    return table.both(place, entry)


def _claim(table: TableFile, place: Place, index: dict[str, str], text: str, key: str) -> None:
    other = index.setdefault(text, key)
    if other != key:
        table.fail(place, f"{text!r} already means {other}")


def _refuse_circles(table: TableFile, goods: Mapping[str, Good]) -> None:
    """A good that is a kind of itself would be climbed for ever."""
    for key in goods:
        seen, todo = {key}, list(goods[key].kind_of)
        while todo:
            one = todo.pop()
            if one == key:
                table.fail(("goods", key), f"{key} is a kind of itself")
            if one not in seen:
                seen.add(one)
                todo += goods[one].kind_of


def _ambiguous(
    table: TableFile, goods: Mapping[str, Good], names: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for word, value in table.group(("ambiguous",), table.root.get("ambiguous")).items():
        place: Place = ("ambiguous", word)
        keys = out[_form(word)] = table.texts(place, value)
        if _form(word) in names:
            table.fail(place, f"{word!r} already means {names[_form(word)]}")
        for key in keys:
            if key not in goods:
                table.fail(place, f"{key!r} is not a good of this table")
    return out
