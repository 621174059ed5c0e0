"""Reading the table of goods: names, codes, what is made from what; every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import normal
from imvo_scan.core.message import message
from imvo_scan.documents import tables
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.tables import Claim
from imvo_scan.taxonomy.goods import Goods
from imvo_scan.taxonomy.list_names import ListNames
from imvo_scan.taxonomy.rows import Good, GoodsNames

GOODS_FILE = "goods.yaml"


def load_goods(directory: Folder, list_names: ListNames) -> Goods:
    """Read the goods. Raises `EvidenceError` or `YamlError` with lines."""
    table = tables.read(directory / GOODS_FILE, GoodsNames, _check)
    return Goods(
        goods=table.goods,
        index=tables.index(_name_claims(table.goods)),
        codes=tables.index(_code_claims(table.goods)),
        ambiguous={normal(text): keys for text, keys in table.ambiguous.items()},
        qualifiers=table.qualifiers,
        list_names=list_names,
    )


def _name_claims(goods: Mapping[str, Good]) -> Iterator[Claim]:
    for key, good in goods.items():
        path = ("goods", key)
        for text in (key, *good.names.values(), *good.listed_as, *good.aliases):
            yield path, normal(text), key


def _code_claims(goods: Mapping[str, Good]) -> Iterator[Claim]:
    for key, good in goods.items():
        for code in good.hs:
            yield ("goods", key), code, key


def _check(table: GoodsNames) -> Iterator[Fault]:
    goods, known = table.goods, message("taxonomy.a-good-of-this-table")
    yield from tables.clashes(_name_claims(goods))
    yield from tables.clashes(_code_claims(goods))
    for key, good in goods.items():
        others = (*good.kind_of, *good.made_from)
        yield from tables.strangers(("goods", key), others, goods, known)
        if key in _wider(goods, good):
            yield Fault(("goods", key), message("taxonomy.kind-of-itself", key=key))
    names = tables.index(_name_claims(goods))
    for text, keys in table.ambiguous.items():
        if normal(text) in names:
            what = message("tables.means-already", text=repr(text), other=names[normal(text)])
            yield Fault(("ambiguous", text), what)
        yield from tables.strangers(("ambiguous", text), keys, goods, known)


def _wider(goods: Mapping[str, Good], good: Good) -> set[str]:
    """All that a good is a kind of; a good that is in it itself would be climbed for ever."""
    wider: set[str] = set()
    todo = list(good.kind_of)
    while todo:
        key = todo.pop()
        if key in goods and key not in wider:
            wider.add(key)
            todo += goods[key].kind_of
    return wider
