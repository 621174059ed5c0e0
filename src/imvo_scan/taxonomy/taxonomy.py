"""Countries, sectors and risks by key, with their names and codes, and what a text means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.language import Language
from imvo_scan.core.matching import NotFound, nearest, normal
from imvo_scan.core.risks import Risk
from imvo_scan.documents import strict_yaml
from imvo_scan.taxonomy.rows import Bearing, MinimumAges, RiskDefinition

_CODE = re.compile(r"\s*(nace2\.1|nace|isic|sbi|cpv|hs|naics|unspsc)\s*:\s*(.*)", re.IGNORECASE)


_CODE_LENGTH = 3


LONGEST_CODE = 12  # no list of sectors or goods has longer ones


_SAME_CODES = {"sbi": "nace"}


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
        file = self.directory / "measures.yaml"
        table = strict_yaml.load_bytes(file.read_bytes(), str(file)).data
        entries = table.get("measures") if isinstance(table, dict) else None
        return frozenset(entries if isinstance(entries, dict) else ())

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
