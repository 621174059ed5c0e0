"""Reading where goods are listed: listings and areas, every fault with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.risks import Risk
from imvo_scan.documents.table_file import Place, TableFile
from imvo_scan.evidence.goods import EVERY_REGION, Areas, Entry, GoodsTable, SourceList
from imvo_scan.taxonomy.goods import Good, Goods
from imvo_scan.taxonomy.goods_load import GOODS_FILE

_ENTRY = re.compile(r"([a-z-]+)(?: \(([^()]*)\))?")
_DETAIL = re.compile(r"(removed) (\d{4})|(via) ([a-z0-9-]+) ([A-Z]{2})|([a-z0-9-]+)")
_RISKS = {risk.value: risk for risk in Risk}
GOODS_RISKS_FILE = "goods_risks.yaml"


def load_listings(directory: Folder, taxonomy: Goods) -> GoodsTable:
    """Read where goods are listed. Raises `EvidenceError` or `YamlError` with lines."""
    risks = _RisksFile(TableFile(directory / GOODS_RISKS_FILE), taxonomy.goods)
    entries, areas, unplaced = risks.entries(), risks.areas(), risks.unplaced()
    risks.table.check()
    return GoodsTable(
        taxonomy=taxonomy,
        entries=entries,
        areas=areas,
        countries=risks.countries,
        unplaced=unplaced,
    )


class _RisksFile:
    """Reads `goods_risks.yaml`: lists, listings, areas."""

    def __init__(self, table: TableFile, goods: Mapping[str, Good]) -> None:
        self.table = table
        self.goods = goods
        self.countries: dict[str, str] = {
            code: str(name) for code, name in self._group("countries").items()
        }
        self.sources = {
            key: self._source(key, value) for key, value in self._group("lists").items()
        }

    def _group(self, key: str) -> Mapping[str, Any]:
        return self.table.group((key,), self.table.root.get(key))

    def _source(self, key: str, value: Any) -> SourceList:
        place: Place = ("lists", key)
        entry = self.table.group(place, value)
        for name in ("name", "edition"):
            if not isinstance(entry.get(name), str):
                self.table.fail(place, f"`{name}` is missing")
        return SourceList(key, str(entry.get("name")), str(entry.get("edition")))

    def _of(self, place: Place, key: str) -> SourceList:
        if key not in self.sources:
            self.table.fail(place, f"{key!r} is not one of the lists above")
        return self.sources.get(key, SourceList(key, key, "?"))

    def _known_good(self, place: Place, key: str) -> None:
        if key not in self.goods:
            self.table.fail(place, f"{key!r} is not a good of {GOODS_FILE}")

    def _known_country(self, place: Place, code: str) -> None:
        if code not in self.countries:
            self.table.fail(place, f"{code!r} is not one of the countries above")

    # -- listings ------------------------------------------------------------------------------

    def entries(self) -> dict[str, dict[str, list[Entry]]]:
        """The listings by good and country, in the order of the table."""
        out: dict[str, dict[str, list[Entry]]] = {}
        for key, rows in self._group("listings").items():
            source = self._of(("listings", key), key)
            for row, text in self.table.group(("listings", key), rows).items():
                place: Place = ("listings", key, row)
                good, _, country = row.partition(" ")
                self._known_good(place, good)
                self._known_country(place, country)
                kept = out.setdefault(good, {}).setdefault(country, [])
                kept += self._row(place, source, text)
        return out

    def _row(self, place: Place, source: SourceList, text: Any) -> Iterator[Entry]:
        for part in text.split(", ") if isinstance(text, str) else ("",):
            match = _ENTRY.fullmatch(part)
            risk = _RISKS.get(match[1]) if match else None
            if match is None or risk is None:
                hint = "Write it as `child-labour (worst-form), forced-labour`."
                self.table.fail(place, f"{part!r} is not a risk, with details between ()", hint)
            elif match[2] is None:
                yield Entry(source, risk)
            else:
                yield self._detailed(place, source, risk, match[2])

    def _detailed(self, place: Place, source: SourceList, risk: Risk, text: str) -> Entry:
        aggravators: list[str] = []
        removed, via = "", None
        for part in text.split("; "):
            match = _DETAIL.fullmatch(part)
            if match is None:
                hint = "Write an aggravator, `removed 2024` or `via cobalt-ore CD`."
                self.table.fail(place, f"{part!r} is not a detail of a listing", hint)
            elif match[1]:
                removed = match[2]
            elif match[3]:
                via = (match[4], match[5])
                self._known_good(place, via[0])
                self._known_country(place, via[1])
            else:
                aggravators.append(match[6])
        return Entry(source, risk, tuple(aggravators), removed, via)

    # -- areas ---------------------------------------------------------------------------------

    def areas(self) -> tuple[Areas, ...]:
        """The lists of areas."""
        return tuple(self._area(key, value) for key, value in self._group("areas").items())

    def _area(self, key: str, value: Any) -> Areas:
        place: Place = ("areas", key)
        entry = self.table.group(place, value)
        risk = _RISKS.get(str(entry.get("risk")))
        if risk is None:
            self.table.fail(place, f"{entry.get('risk')!r} is not a risk")
        goods = self.table.texts((*place, "goods"), entry.get("goods"))
        for good in goods:
            self._known_good((*place, "goods"), good)
        judgement = self.table.group((*place, "judgement"), entry.get("judgement"))
        return Areas(
            source=self._of(place, key),
            risk=risk or Risk.HUMAN_RIGHTS,
            goods=frozenset(goods),
            countries=self._regions((*place, "countries"), entry.get("countries")),
            judgement={good: str(reason) for good, reason in judgement.items()},
            note=str(entry.get("note") or ""),
        )

    def _regions(self, place: Place, value: Any) -> dict[str, tuple[tuple[str, ...], ...]]:
        out: dict[str, tuple[tuple[str, ...], ...]] = {}
        for code, regions in self.table.group(place, value).items():
            self._known_country((*place, code), code)
            if regions == EVERY_REGION:
                out[code] = ()
                continue
            named = self.table.texts((*place, code), regions)
            out[code] = tuple(self._region((*place, code), text) for text in named)
            if not named:
                self.table.fail((*place, code), f"name regions, or write `{EVERY_REGION}`")
        return out

    def _region(self, place: Place, text: str) -> tuple[str, ...]:
        code, _, names = text.partition(" ")
        if not names:
            self.table.fail(place, f"{text!r} is not a code and a name")
        return (code, *(name.strip() for name in names.split("/")))

    def unplaced(self) -> dict[str, SourceList]:
        """Goods that a later edition added for a country that is not known here."""
        entry = self._group("added_without_country")
        if not entry:
            return {}
        place: Place = ("added_without_country",)
        source = self._of(place, str(entry.get("source")))
        later = SourceList(source.id, source.name, str(entry.get("edition")))
        goods = self.table.texts((*place, "goods"), entry.get("goods"))
        for good in goods:
            self._known_good((*place, "goods"), good)
        return dict.fromkeys(goods, later)
