"""Says a message in one language: the sentence of its code with the values put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from imvo_scan.core.language import CATALOGUES, ENGLISH, in_language
from imvo_scan.core.message import ByLanguage, Day, Message, Text, Value, message
from imvo_scan.messages.catalogue import catalogue_of

if TYPE_CHECKING:
    from gettext import NullTranslations


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks one language."""

    language: str = ENGLISH
    folder: Path = CATALOGUES

    @property
    def catalogue(self) -> NullTranslations:
        """The sentences of the language. Raises `UsageError` where it has no complete catalogue."""
        return catalogue_of(self.language, self.folder)

    def say(self, code: str, /, **values: Value) -> str:
        """The sentence of a code with its values."""
        return self.tell(message(code, **values))

    def tell(self, told: Text) -> str:
        """A message as a sentence; what is a sentence already stays as it is."""
        if isinstance(told, str):
            return told
        values = dict(told.values)
        return self._template(told.code, values).format_map(
            {name: self.value(value) for name, value in values.items()}
        )

    def value(self, value: Value) -> str:
        """A value as it stands in a sentence."""
        if isinstance(value, str | Message):
            return self.tell(value)
        if isinstance(value, int | Decimal):
            return self.number(value)
        if isinstance(value, date | Day):
            return self.day(value.iso if isinstance(value, Day) else value.isoformat())
        if isinstance(value, ByLanguage):
            return in_language(dict(value.texts), self.language)
        return ", ".join(map(self.value, value))

    def number(self, value: float | Decimal) -> str:
        """A number with the signs of the language: `1,900.5` or `1.900,5`."""
        whole, _, decimals = f"{value:,}".partition(".")
        whole = whole.replace(",", self._template("format.thousands", {}))
        return whole + (self._template("format.decimal", {}) + decimals if decimals else "")

    def day(self, iso: str) -> str:
        """`2026-03-01`, `2026-03` or `2026` as a day, month or year of the language."""
        year, month, day = (*iso.split("-"), "", "")[:3]
        if not day:
            return self.say("format.month", year=year, month=month) if month else year
        return self.say("format.date", year=year, month=month, day=day)

    def _template(self, code: str, values: Mapping[str, Value]) -> str:
        n = values.get("n")
        if isinstance(n, int):
            plural = self.catalogue.ngettext(code, code, n)
            if plural != code:
                return plural
        return self.catalogue.gettext(code)
