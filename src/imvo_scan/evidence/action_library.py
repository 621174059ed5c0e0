"""The action library: what can be done about each risk, by whom, in which order.

Read from `measures.yaml` when a plan is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.language import Language
from imvo_scan.core.levels import Basis
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.core.site_terms import Involvement, Role
from imvo_scan.documents.table_file import Place, TableFile

MEASURES_TABLE = "measures.yaml"
NEVER = "never"
PARTIES = ("government", "companies", "unions", "ngos")
KINDS = (
    "policy",
    "prevention",
    "purchasing",
    "dialogue",
    "leverage",
    "remedy",
    "monitoring",
    "government",
    "disengagement",
)


class When(StrEnum):
    """A situation at a site that a measure is meant for."""

    UNION_BANNED = "union-banned"
    NO_UNION = "no-union"
    UNION_THERE = "union-there"
    NO_CHANNEL = "no-channel"
    ACTUAL = "actual"
    PARTNER_UNION = "partner-union"
    OTHER_BUYERS = "other-buyers"


LAST = "disengagement"
_EVERY = "all"
_STEPS = tuple("123456")


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to do. `place` is its place in the library; an empty `sectors` is every sector.

    `when`: all of these must be so at the site.
    """

    key: str
    texts: Mapping[Language, str]
    risks: frozenset[Risk]
    sectors: frozenset[str]
    goods: frozenset[str]
    involvement: frozenset[Involvement]
    kind: str
    owner: Role
    step: int
    needs: tuple[str, ...]
    when: frozenset[When]
    basis: Basis
    why: str
    sources: tuple[str, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Guide:
    """Guidance of others for a sector."""

    sectors: frozenset[str]
    title: str
    publisher: str
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class Covenant:
    """An agreement in a sector between companies, unions, government and others."""

    sectors: frozenset[str]
    name: str
    signed: str
    status: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A tool or a site of others; `checked` is the day on which its address was tried, or never."""

    name: str
    texts: Mapping[Language, str]
    url: str
    checked: str


@dataclass(frozen=True)
class Measures:
    """The library, its ladders from soft to hard, its named groups, and what others offer."""

    by_key: Mapping[str, Measure]
    ladders: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    guides: tuple[Guide, ...]
    covenants: tuple[Covenant, ...]
    references: tuple[Reference, ...]

    def of_risk(self, risk: Risk) -> tuple[Measure, ...]:
        """The measures that bear on a risk, in the order of the library."""
        return self._by_risk[risk]

    @cached_property
    def _by_risk(self) -> Mapping[Risk, tuple[Measure, ...]]:
        every = self.by_key.values()
        return {risk: tuple(one for one in every if risk in one.risks) for risk in Risk}


def load_measures(directory: Folder) -> Measures:
    """Read the library. Raises `EvidenceError` for an entry that is not whole."""
    table = TableFile(directory / MEASURES_TABLE)
    root = table.root
    entries = table.group(("measures",), root.get("measures"))
    by_key = {
        key: _measure(table, key, table.group(("measures", key), entry), place)
        for place, (key, entry) in enumerate(entries.items())
    }
    for key, measure in by_key.items():
        _known(table, ("measures", key, "needs"), measure.needs, by_key)
    library = Measures(
        by_key=by_key,
        ladders=_lists(table, "ladders", by_key),
        groups=_lists(table, "library", by_key),
        guides=tuple(_guides(table)),
        covenants=tuple(_covenants(table)),
        references=tuple(_references(table)),
    )
    table.check()
    return library


def _measure(table: TableFile, key: str, entry: Mapping[str, Any], place: int) -> Measure:
    here = ("measures", key)
    risks = table.texts((*here, "risks"), entry.get("risks"))
    basis = _one_of(table, here, entry, "basis", tuple(Basis))
    sources = table.texts((*here, "sources"), entry.get("sources"))
    if basis != Basis.JUDGEMENT.value and not sources:
        table.fail(here, "this measure names no source", "Name one, or call it a judgement.")
    if not entry.get("why"):
        table.fail(here, "this measure has no reason")
    every = _EVERY in risks
    if not every:
        _known(table, (*here, "risks"), risks, set(Risk))
    when = table.texts((*here, "when"), entry.get("when"))
    _known(table, (*here, "when"), when, set(When))
    involvement = table.texts((*here, "involvement"), entry.get("involvement"))
    _known(table, (*here, "involvement"), involvement, set(Involvement))
    return Measure(
        key=key,
        texts=table.both(here, entry),
        risks=frozenset(RISKS if every else (Risk(risk) for risk in risks if risk in set(Risk))),
        sectors=frozenset(table.texts((*here, "sectors"), entry.get("sectors"))),
        goods=frozenset(table.texts((*here, "goods"), entry.get("goods"))),
        involvement=frozenset(
            Involvement(how) for how in involvement or Involvement if how in set(Involvement)
        ),
        kind=_one_of(table, here, entry, "kind", KINDS),
        owner=Role(_one_of(table, here, entry, "owner", tuple(Role))),
        step=int(_one_of(table, here, entry, "step", _STEPS)),
        needs=table.texts((*here, "needs"), entry.get("needs")),
        when=frozenset(When(word) for word in when if word in set(When)),
        basis=Basis(basis),
        why=str(entry.get("why") or ""),
        sources=sources,
        place=place,
    )


def _lists(table: TableFile, name: str, known: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    lists = {}
    for key, value in table.group((name,), table.root.get(name)).items():
        lists[key] = table.texts((name, key), value)
        _known(table, (name, key), lists[key], known)
    return lists


def _guides(table: TableFile) -> Iterator[Guide]:
    for place, entry in _entries(table, "guides"):
        yield Guide(
            sectors=frozenset(table.texts((*place, "sectors"), entry.get("sectors"))),
            title=str(entry.get("en")),
            publisher=str(entry.get("publisher")),
            year=str(entry.get("year")),
            source=str(entry.get("source")),
        )


def _covenants(table: TableFile) -> Iterator[Covenant]:
    for place, entry in _entries(table, "covenants"):
        parties = table.texts((*place, "parties"), entry.get("parties"))
        _known(table, (*place, "parties"), parties, PARTIES)
        yield Covenant(
            parties=parties,
            sectors=frozenset(table.texts((*place, "sectors"), entry.get("sectors"))),
            name=str(entry.get("name")),
            signed=str(entry.get("signed") or "?"),
            status=_one_of(
                table, place, entry, "status", ("active", "ended", "planned", "unknown")
            ),
        )


def _references(table: TableFile) -> Iterator[Reference]:
    for place, entry in _entries(table, "references"):
        for key in ("name", "url", "checked"):
            if not isinstance(entry.get(key), str):
                table.fail(place, f"the reference has no {key}")
        name, url, checked = (str(entry.get(key)) for key in ("name", "url", "checked"))
        yield Reference(name, table.both(place, entry), url, checked)


def _entries(table: TableFile, name: str) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    listed = table.root.get(name)
    for number, entry in enumerate(listed if isinstance(listed, list) else ()):
        yield (name, number), table.group((name, number), entry)


def _one_of(
    table: TableFile, here: Place, entry: Mapping[str, Any], key: str, known: tuple[str, ...]
) -> str:
    value = entry.get(key)
    if value in known:
        return str(value)
    said = f"{key} {value!r} is not known here"
    table.fail((*here, key), said, "Known: " + ", ".join(known) + ".")
    return known[0]


def _known(table: TableFile, place: Place, words: Any, known: Any) -> None:
    for word in words:
        if word not in known:
            table.fail(place, f"{word!r} is not known here")
