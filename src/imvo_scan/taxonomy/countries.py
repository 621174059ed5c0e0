"""Countries, and the names and codes by which they are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imvo_scan.core.matching import normal
from imvo_scan.core.message import ByLanguage, Message, message
from imvo_scan.taxonomy.list_names import ListNames
from imvo_scan.taxonomy.name_table import NameTable

if TYPE_CHECKING:
    from imvo_scan.documents.row_types import Texts


@dataclass(frozen=True, eq=False, repr=False)
class Countries(NameTable):
    """Countries by ISO 3166-1 alpha-2 code; `index` holds their names and codes as compared."""

    names: Mapping[str, Texts]
    index: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    list_names: ListNames

    kind = "country"
    advice = message("taxonomy.country-advice")

    def meanings(self, text: str) -> tuple[str, ...]:
        """The codes of the countries that a name, in any language of the tables, or a code means.

        Codes are those of ISO 3166-1: two letters, three letters or three digits.
        """
        form = normal(text)
        if form in self.index:
            return (self.index[form],)
        if form in self.ambiguous:
            return self.ambiguous[form]
        more = self.list_names.countries
        code = more.names.get(form) or more.numeric.get(form)
        return (code,) if code else ()

    def label(self, key: str) -> Message:
        """Such as `BD (Bangladesh)`."""
        return message("taxonomy.country-label", code=key, name=self._named(key))

    def quoted(self, key: str) -> Message:
        """The label, which its code sets off from the words around it."""
        return self.label(key)

    def spellings(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Names in every language, and those that more than one country has."""
        for index in (self.list_names.countries.names, self.index):
            yield from ((name, (code,)) for name, code in index.items())
        yield from self.ambiguous.items()

    def suggestions(self, text: str) -> tuple[str, ...]:
        """The country that a text is a part of, such as Xinjiang, or may be misspelt for."""
        code = self.list_names.parts_of_countries.get(normal(text))
        return (code,) if code else super().suggestions(text)

    def named(self, key: str) -> Message:
        """Such as `Bangladesh (BD)`."""
        return message("taxonomy.country-named", code=key, name=self._named(key))

    def _named(self, key: str) -> ByLanguage:
        return ByLanguage(tuple(self.names[key].items()))
