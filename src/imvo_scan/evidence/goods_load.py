"""Reading where goods are listed: listings and areas, every fault with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.language import ENGLISH
from imvo_scan.core.message import Message, message
from imvo_scan.core.risks import Risk
from imvo_scan.documents import tables
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.strict_yaml import Path_
from imvo_scan.evidence.goods import EVERY_REGION, Areas, Entry, GoodsTable
from imvo_scan.evidence.rows import AddedGoods, AreaRow, GoodsRisksTable, SourceList
from imvo_scan.taxonomy.goods_load import GOODS_FILE
from imvo_scan.taxonomy.rows import Good
from imvo_scan.taxonomy.taxonomy import Taxonomy

GOODS_RISKS_FILE = "goods_risks.yaml"
_ENTRY = re.compile(r"([a-z-]+)(?: \(([^()]*)\))?")
_DETAIL = re.compile(r"(removed) (\d{4})|(via) ([a-z0-9-]+) ([A-Z]{2})|([a-z0-9-]+)")
_RISKS = {risk.value: risk for risk in Risk}
_A_GOOD = message("evidence.a-good", file=GOODS_FILE)
_A_COUNTRY = message("evidence.a-country-above")
_A_LIST = message("evidence.a-list-above")


def load_listings(directory: Folder, taxonomy: Taxonomy) -> GoodsTable:
    """Read where goods are listed. Raises `EvidenceError` or `YamlError` with lines."""
    risks = tables.read(
        directory / GOODS_RISKS_FILE,
        GoodsRisksTable,
        lambda table: _RiskCheck(table, taxonomy.goods.goods).faults(),
    )
    return GoodsTable(
        taxonomy=taxonomy,
        entries=_entries(risks),
        areas=tuple(_areas(risks.lists[key], row) for key, row in risks.areas.items()),
        unplaced=_unplaced(risks.lists, risks.added_without_country),
    )


class _RefusedError(ValueError):
    """A part of a listing that cannot be read."""

    def __init__(self, what: Message, hint: Message) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class _Detail(NamedTuple):
    """What stands between the brackets of a listing."""

    aggravators: tuple[str, ...] = ()
    removed: str = ""
    via: tuple[str, str] | None = None


def _entries(risks: GoodsRisksTable) -> dict[str, dict[str, list[Entry]]]:
    """The listings by good and country, in the order of the table."""
    out: dict[str, dict[str, list[Entry]]] = {}
    for key, rows in risks.listings.items():
        source = risks.lists[key]
        for row, text in rows.items():
            good, _, country = row.partition(" ")
            entries = out.setdefault(good, {}).setdefault(country, [])
            entries += [_entry(source, part) for part in text.split(", ")]
    return out


def _entry(source: SourceList, part: str) -> Entry:
    """One risk of a listing, such as `child-labour (worst-form)`. Raises `_RefusedError`."""
    match = _ENTRY.fullmatch(part)
    risk = _RISKS.get(match[1]) if match else None
    if match is None or risk is None:
        what = message("evidence.no-risk", text=repr(part))
        raise _RefusedError(what, message("evidence.write-a-risk"))
    return Entry(source, risk, *_details(match[2]))


def _details(text: str | None) -> _Detail:
    """What is said of a risk, as `worst-form; removed 2024`. Raises `_RefusedError`."""
    detail = _Detail()
    for part in text.split("; ") if text is not None else ():
        match = _DETAIL.fullmatch(part)
        if match is None:
            what = message("evidence.no-detail", text=repr(part))
            raise _RefusedError(what, message("evidence.write-a-detail"))
        if match[1]:
            detail = detail._replace(removed=match[2])
        elif match[3]:
            detail = detail._replace(via=(match[4], match[5]))
        else:
            detail = detail._replace(aggravators=(*detail.aggravators, match[6]))
    return detail


def _areas(source: SourceList, row: AreaRow) -> Areas:
    return Areas(
        source=source,
        risk=row.risk,
        goods=row.goods,
        countries={code: tuple(_regions(value)) for code, value in row.countries.items()},
        judgement=row.judgement,
        note=row.note,
    )


def _regions(value: Any) -> Iterator[tuple[str, ...]]:
    """The code and the names of each region; none where the whole country is listed."""
    for text in () if value == EVERY_REGION else value:
        code, _, names = text.partition(" ")
        yield (code, *(name.strip() for name in names.split("/")))


def _unplaced(lists: Mapping[str, SourceList], added: AddedGoods | None) -> dict[str, SourceList]:
    """Goods that a later edition added for a country that is not known here."""
    if added is None:
        return {}
    edition = {ENGLISH: added.edition}
    return dict.fromkeys(added.goods, lists[added.source]._replace(edition=edition))


class _RiskCheck:
    """What is wrong in a table of listings whose shape is right."""

    def __init__(self, table: GoodsRisksTable, goods: Mapping[str, Good]) -> None:
        self.table = table
        self.goods = goods

    def faults(self) -> Iterator[Fault]:
        """All of it, in no order."""
        for key, rows in self.table.listings.items():
            yield from self._known_list(("listings", key), key)
            for row, text in rows.items():
                yield from self._listing(("listings", key, row), row, text)
        for key, area in self.table.areas.items():
            yield from self._known_list(("areas", key), key)
            yield from self._known_goods(("areas", key, "goods"), area.goods)
            for code, regions in area.countries.items():
                yield from self._regions(("areas", key, "countries", code), code, regions)
        added = self.table.added_without_country
        if added is not None:
            yield from self._known_list(("added_without_country",), added.source)
            yield from self._known_goods(("added_without_country", "goods"), added.goods)

    def _listing(self, path: Path_, row: str, text: str) -> Iterator[Fault]:
        good, _, country = row.partition(" ")
        goods, countries = [good], [country]
        for part in text.split(", "):
            try:
                entry = _entry(SourceList("", {}, {}), part)
            except _RefusedError as refused:
                yield Fault(path, refused.what, refused.hint)
            else:
                goods += entry.via[:1] if entry.via else ()
                countries += entry.via[1:] if entry.via else ()
        yield from self._known_goods(path, goods)
        yield from self._known_countries(path, countries)

    def _regions(self, path: Path_, code: str, regions: Any) -> Iterator[Fault]:
        yield from self._known_countries(path, (code,))
        if regions == EVERY_REGION:
            return
        if not isinstance(regions, list) or not regions:
            yield Fault(path, message("evidence.name-regions", every=EVERY_REGION))
            return
        for region in regions:
            if not isinstance(region, str) or " " not in region.strip():
                yield Fault(path, message("evidence.no-region-code", text=repr(region)))

    def _known_list(self, path: Path_, key: str) -> Iterator[Fault]:
        return tables.strangers(path, (key,), self.table.lists, _A_LIST)

    def _known_goods(self, path: Path_, keys: Iterable[str]) -> Iterator[Fault]:
        return tables.strangers(path, keys, self.goods, _A_GOOD)

    def _known_countries(self, path: Path_, codes: Iterable[str]) -> Iterator[Fault]:
        return tables.strangers(path, codes, self.table.countries, _A_COUNTRY)
