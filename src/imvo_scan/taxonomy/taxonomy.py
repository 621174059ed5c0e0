"""Countries, sectors and risks by key, with their names and codes, and what a text means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from imvo_scan.core.data_dir import Folder, TextFile
from imvo_scan.core.language import Language
from imvo_scan.core.levels import Basis
from imvo_scan.core.matching import NotFound, nearest, normal
from imvo_scan.core.risks import Risk
from imvo_scan.documents.table_file import TableFile

_CODE = re.compile(r"\s*(nace2\.1|nace|isic|sbi|cpv|hs|naics|unspsc)\s*:\s*(.*)", re.IGNORECASE)


_CODE_LENGTH = 3


LONGEST_CODE = 12  # no list of sectors or goods has longer ones


PARTNER_STATES = ("active", "exploring")


CONTROLS_TABLE = "controls.yaml"


_SAME_CODES = {"sbi": "nace"}


class RiskDefinition(NamedTuple):
    """The names of one risk, with its severity priors (METHOD 1-2)."""

    risk: Risk
    names: Mapping[Language, str]
    short: Mapping[Language, str]
    norms: tuple[str, ...]
    scale: tuple[int, int]
    irremediability: tuple[int, int]
    aggravators: Mapping[str, Mapping[Language, str]]
    ask: Mapping[Language, str]


class Bearing(NamedTuple):
    """A control, or a purchasing practice: its names, and the risks it bears on and why."""

    names: Mapping[Language, str]
    risks: frozenset[Risk]
    why: str
    basis: Basis
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MinimumAges:
    """The age below which work is child labour: 15, or 14 where C138 allows it (N2)."""

    general: int
    exception: int
    exception_in: frozenset[str]

    def of(self, country: str | None) -> int:
        """The minimum age in a country, in years; the general one where it is not known."""
        return self.exception if country in self.exception_in else self.general


@dataclass(frozen=True)
class Taxonomy:
    """Countries, sectors and risks, by key. Built by `load_taxonomy`."""

    countries: Mapping[str, Mapping[Language, str]]
    minimum_ages: MinimumAges
    sectors: Mapping[str, Mapping[Language, str]]
    high_risk_sectors: frozenset[str]
    default_scope: Mapping[str, int]
    risks: Mapping[Risk, RiskDefinition]
    country_names: Mapping[str, str]
    ambiguous_countries: Mapping[str, tuple[str, ...]]
    sector_names: Mapping[str, str]
    sector_codes: Mapping[str, Mapping[str, str]]
    controls: Mapping[str, Bearing]
    practices: Mapping[str, Bearing]
    partner_unions: Mapping[str, str]
    directory: Folder

    @cached_property
    def measures(self) -> frozenset[str]:
        """The keys of the action library; read only where an inventory has actions."""
        table = TableFile(self.directory / "measures.yaml")
        return frozenset(table.group(("measures",), table.root.get("measures")))

    def country(self, text: str) -> str | NotFound:
        """The ISO 3166-1 alpha-2 code that `text` means: a code, a name or a common variant."""
        form = normal(text)
        key = self.country_names.get(form)
        if key is not None:
            return key
        if form in self.ambiguous_countries:
            choices = ", ".join(self._country_choice(c) for c in self.ambiguous_countries[form])
            return NotFound(f"{text!r} can be more than one country", f"Write one of: {choices}.")
        hint = self._country_hint(form)
        return NotFound(f"{text!r} is not a country that this list knows", hint)

    def sector(self, text: str) -> str | NotFound:
        """The sector key that `text` means: a key, a name, an alias or a code such as nace:14."""
        code = _CODE.fullmatch(text)
        if code:
            return self._sector_by_code(code[1].lower(), code[2])
        key = self.sector_names.get(normal(text))
        if key is not None:
            return key
        match = nearest(normal(text), self.sector_names)
        hint = "Write a sector such as textiles, or a code such as nace:14.13."
        if match is not None:
            hint = f'Did you mean "{self.sector_names[match]}"?'
        return NotFound(f"{text!r} is not a sector", hint)

    def country_name(self, key: str | None, language: Language = Language.ENGLISH) -> str:
        """The name of a country for people; `?` where the country is not known."""
        return "?" if key is None else self.countries[key][language]

    def sector_name(self, key: str | None, language: Language = Language.ENGLISH) -> str:
        """The name of a sector for people; `?` where the sector is not known."""
        return "?" if key is None else self.sectors[key][language]

    def _country_choice(self, key: str) -> str:
        return f"{key} ({self.countries[key][Language.ENGLISH]})"

    def _country_hint(self, form: str) -> str:
        match = nearest(form, (name for name in self.country_names if len(name) > _CODE_LENGTH))
        if match is None:
            return "Write a name or an ISO code such as BD; leave it out where it is not known."
        return f"Did you mean {self._country_choice(self.country_names[match])}?"

    def _sector_by_code(self, scheme: str, code: str) -> str | NotFound:
        digits = re.sub(r"[\s.\-]", "", code)
        if not digits.isdigit() or not digits.isascii():
            hint = "Write at least the two-digit division: section letters moved between editions."
            return NotFound(f"{scheme}:{code} is not a code with digits", hint)
        table = self.sector_codes.get(_SAME_CODES.get(scheme, scheme), {})
        for length in range(min(len(digits), LONGEST_CODE), 1, -1):
            if digits[:length] in table:
                return table[digits[:length]]
        return NotFound(
            f"{scheme}:{code} is in no sector of this table", "Name the sector instead."
        )


def load_taxonomy(directory: Folder) -> Taxonomy:
    """Read the names and codes from a folder of tables. Raises `EvidenceError` or `YamlError`."""
    countries, country_names, ambiguous, partners = _load_countries(directory / "countries.yaml")
    risks, ages = _load_risks(directory / "risks.yaml")
    sectors = TableFile(directory / "sectors.yaml")
    entries = sectors.groups((), sectors.root)
    names = {key: sectors.both((key,), entry) for key, entry in entries.items()}
    sector_names, codes = _sector_index(sectors, entries)
    scopes = {
        key: sectors.level((key, "default_scope"), entry.get("default_scope")) or 5
        for key, entry in entries.items()
    }
    sectors.check()
    bearings = TableFile(directory / CONTROLS_TABLE)
    return Taxonomy(
        countries=countries,
        sectors=names,
        high_risk_sectors=frozenset(
            key for key, entry in entries.items() if entry.get("high_risk") == "true"
        ),
        default_scope=scopes,
        risks=risks,
        minimum_ages=ages,
        country_names=country_names,
        ambiguous_countries=ambiguous,
        sector_names=sector_names,
        sector_codes=codes,
        controls=_bearings(bearings, "controls"),
        practices=_bearings(bearings, "purchasing"),
        partner_unions=partners,
        directory=directory,
    )


def _bearings(table: TableFile, group: str) -> dict[str, Bearing]:
    out = {}
    for key, entry in table.groups((group,), table.root.get(group)).items():
        here = (group, key)
        risks = table.texts((*here, "risks"), entry.get("risks"))
        for risk in set(risks) - set(Risk):
            table.fail((*here, "risks"), f"{risk!r} is not one of the nine risks")
        basis = entry.get("basis")
        sources = table.texts((*here, "sources"), entry.get("sources"))
        if basis not in list(Basis) or not entry.get("why"):
            table.fail(here, "`basis` and `why` are wanted here")
        elif basis != Basis.JUDGEMENT.value and not sources:
            table.fail(here, "this entry names no source", "Name one, or call it a judgement.")
        out[key] = Bearing(
            names=table.both(here, entry),
            risks=frozenset(Risk(risk) for risk in risks if risk in set(Risk)),
            why=str(entry.get("why") or ""),
            basis=Basis(basis) if basis in list(Basis) else Basis.JUDGEMENT,
            sources=sources,
        )
    table.check()
    return out


def _load_countries(
    path: TextFile,
) -> tuple[
    dict[str, dict[Language, str]], dict[str, str], dict[str, tuple[str, ...]], dict[str, str]
]:
    table = TableFile(path)
    root = table.root
    names: dict[str, dict[Language, str]] = {}
    index: dict[str, str] = {}
    for key, entry in table.groups(("countries",), root.get("countries")).items():
        here = ("countries", key)
        names[key] = table.both(here, entry)
        aliases = table.texts((*here, "aliases"), entry.get("aliases"))
        for text in (key, entry.get("alpha3"), *names[key].values(), *aliases):
            _claim(table, index, text, key, here)
    ambiguous = {
        normal(word): table.texts(("ambiguous", word), keys)
        for word, keys in table.group(("ambiguous",), root.get("ambiguous")).items()
    }
    states = table.group(("partner_unions",), root.get("partner_unions"))
    partners = {
        key: state
        for state in PARTNER_STATES
        for key in table.texts(("partner_unions", state), states.get(state))
    }
    for key in partners.keys() - names.keys():
        table.fail(("partner_unions",), f"{key} is not a country code of this table")
    table.check()
    return names, index, ambiguous, partners


def _claim(
    table: TableFile, index: dict[str, str], text: Any, key: str, path: tuple[str, ...]
) -> None:
    """Let `text` mean `key`; a text that already means something else is a problem."""
    if text is None:
        return
    if not isinstance(text, str):
        table.fail(path, f"{text!r} is not a name")
        return
    other = index.setdefault(normal(text), key)
    if other != key:
        table.fail(path, f"{text!r} already means {other}")


def _sector_index(
    table: TableFile, entries: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    names: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    for key, entry in entries.items():
        aliases = table.texts((key, "aliases"), entry.get("aliases"))
        for text in (key, entry.get("en"), entry.get("nl"), *aliases):
            _claim(table, names, text, key, (key,))
        for scheme, prefixes in table.group((key, "codes"), entry.get("codes")).items():
            for prefix in table.texts((key, "codes", scheme), prefixes):
                digits = re.sub(r"\D", "", prefix)
                other = codes.setdefault(scheme, {}).setdefault(digits, key)
                if other != key:
                    table.fail((key, "codes", scheme), f"{prefix} already belongs to {other}")
    return names, codes


def _load_risks(path: TextFile) -> tuple[dict[Risk, RiskDefinition], MinimumAges]:
    table = TableFile(path)
    out = {}
    for risk in Risk:
        entry = table.root.get(risk.value)
        if not isinstance(entry, dict):
            table.fail((risk.value,), "this risk is missing")
            continue
        out[risk] = _risk_words(table, risk, entry)
    ages = _minimum_ages(table)
    table.check()
    return out, ages


def _minimum_ages(table: TableFile) -> MinimumAges:
    place = (Risk.CHILD_LABOUR.value, "minimum_age")
    entry = table.group(place, table.group(place[:1], table.root.get(place[0])).get(place[1]))
    ages: dict[str, int] = {}
    for name in ("general", "exception"):
        text = entry.get(name)
        if not (isinstance(text, str) and text.isdecimal()):
            table.fail((*place, name), "an age in years is wanted here")
            text = "15"
        ages[name] = int(text)
    return MinimumAges(
        general=ages["general"],
        exception=ages["exception"],
        exception_in=frozenset(table.texts(place, entry.get("exception_in"))),
    )


def _risk_words(table: TableFile, risk: Risk, entry: Mapping[str, Any]) -> RiskDefinition:
    path = (risk.value,)
    aggravators = table.group((*path, "aggravators"), entry.get("aggravators"))
    return RiskDefinition(
        risk=risk,
        names=table.both(path, entry),
        short=table.both((*path, "short"), entry.get("short")),
        norms=table.texts((*path, "norms"), entry.get("norms")),
        scale=_levels(table, risk, entry, "scale"),
        irremediability=_levels(table, risk, entry, "irremediability"),
        aggravators={
            name: table.both((*path, "aggravators", name), texts)
            for name, texts in aggravators.items()
        },
        ask=table.both((*path, "ask"), entry.get("ask")),
    )


def _levels(table: TableFile, risk: Risk, entry: Mapping[str, Any], key: str) -> tuple[int, int]:
    """Base and aggravated level of a severity dimension, 1-5; aggravated is never lower."""
    place = (risk.value, key)
    levels = table.group(place, entry.get(key))
    base = table.level((*place, "base"), levels.get("base")) or 5
    aggravated = table.level((*place, "aggravated"), levels.get("aggravated")) or 5
    if aggravated < base:
        table.fail(place, "the aggravated level is below the base level")
    return base, aggravated
