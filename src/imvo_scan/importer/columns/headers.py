"""What one column header means: a field, or a column that is known and not read.

The vocabulary stands in `data/spreadsheet/columns.yaml`; the columns of our own lists are known by
the names of their keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import normal
from imvo_scan.core.message import Message, Text, message
from imvo_scan.documents import tables
from imvo_scan.importer.list_tables import ColumnNames, ColumnsTable
from imvo_scan.inventory.plain_model import plain_model

SITE, SUPPLIER, GENERIC, REGISTERED = 0, 1, 2, 3
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_ASKED = re.compile(
    r"\b(?:required|optional|mandatory|verplicht|optioneel|pflichtfeld|optionnel)\b", re.IGNORECASE
)
_RANK_OF_ROLE = {"site": SITE, "supplier": SUPPLIER}
_WHY_NOT = {
    "buyer": message("column.of-buyer"),
    "owner": message("column.of-owner"),
    "contact": message("column.of-contact"),
}
_WHOSE = frozenset({"name", "id", "country", "region", "city", "address"})
_BESIDES = re.compile(r"(?: (?:19|20)\d\d| 1){1,9}$")
_LONGEST_HEADER = 120  # characters: a longer text explains something
_LONGEST_ROLE = 3  # terms
_SHARE = message("column.part-of-workers")
_COUNTRY_OR = re.compile(
    r"\b(country|land|pays)\s*(?:/|or|of|oder)\s*(?:region|regio|area|territory|gebiet)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header stands for: a field and how well (0 is best), or why it is not read."""

    field: str = ""
    rank: int = GENERIC
    why_not: Text = ""


@dataclass(frozen=True, slots=True)
class Context:
    """An export of a known kind, by any of its headers: what some of them mean only there."""

    signs: frozenset[str]
    headers: frozenset[str]
    why: Message


@dataclass(frozen=True)
class HeaderVocabulary:
    """The vocabulary of headers, ready for looking up. Built by `load_header_vocabulary`."""

    exact: Mapping[str, Meaning]
    prefixes: tuple[tuple[str, Meaning], ...]
    roles: Mapping[str, str]
    parts: Mapping[str, str]
    connectors: frozenset[str]
    parts_of_the_world: frozenset[str]
    fields: Mapping[str, str]
    shares: frozenset[str]
    contexts: tuple[Context, ...]
    origins: frozenset[str]
    sheets: Mapping[str, tuple[str, ...]]

    def meaning(self, header: str) -> Meaning | None:
        """What a header means; None where it is not known."""
        meaning = self._meaning(header)
        if meaning and meaning.field == "workers" and self.shares & set(normal(header).split()):
            return Meaning(why_not=_SHARE)
        return meaning

    def _meaning(self, header: str) -> Meaning | None:
        for form in _forms(header):
            meaning = (
                self.exact.get(form)
                or self._by_prefix(form)
                or self._by_role(form)
                or self._by_role(self._taken_apart(form))
            )
            if meaning is not None:
                return meaning
        return None

    def _by_prefix(self, form: str) -> Meaning | None:
        return next((known for start, known in self.prefixes if form.startswith(start)), None)

    def _taken_apart(self, form: str) -> str:
        """A compound of a role and a part as two words: `lieferantennummer`."""
        if " " in form:
            return form
        for end in range(len(form) - 2, 3, -1):
            if form[:end] in self.roles and form[end:] in self.parts:
                return f"{form[:end]} {form[end:]}"
        return form

    def _by_role(self, form: str) -> Meaning | None:
        """A header that is a role and a part, such as "country of the factory"."""
        for role, rest, is_first in self._roles_in(form.split()):
            field = self.parts.get(" ".join(one for one in rest if one not in self.connectors))
            if role in _WHY_NOT and (field in _WHOSE or is_first):
                return Meaning(why_not=_WHY_NOT[role])
            if field is not None and role in _RANK_OF_ROLE:
                return Meaning(field, _RANK_OF_ROLE[role])
        return None

    def _roles_in(self, terms: Sequence[str]) -> Iterator[tuple[str, Sequence[str], bool]]:
        """The roles that terms name, the longest name first: what is left, whether it came first.

        "Production site" is a role of two terms, which "site" alone must not hide.
        """
        for length in range(_LONGEST_ROLE, 0, -1):
            for start in range(len(terms) - length + 1):
                role = self.roles.get(" ".join(terms[start : start + length]))
                if role is not None:
                    yield role, [*terms[:start], *terms[start + length :]], start == 0


def _forms(header: str) -> Iterator[str]:
    """The forms in which a header is looked up, from the whole of it to its last part."""
    header = _ASKED.sub(" ", header[:_LONGEST_HEADER]).replace("#", " number ")
    whole = normal(header)
    yield whole
    yield normal(_CAMEL.sub(" ", header))
    if _BESIDES.search(whole):
        yield _BESIDES.sub("", whole)
    if (country := _COUNTRY_OR.sub(r"\1", header)) != header:
        yield normal(country)
    bare = _BRACKETS.sub(" ", header)
    if bare != header and normal(bare):
        yield normal(_CAMEL.sub(" ", bare))
    pieces = [piece for piece in re.split(r"[/|\n:]|\s[-\u2013]\s", bare) if normal(piece)]
    if len(pieces) > 1:
        for piece in (f"{pieces[0]} {pieces[-1]}", " ".join(pieces[-2:]), *reversed(pieces)):
            yield normal(_CAMEL.sub(" ", piece))


def load_header_vocabulary(directory: Folder) -> HeaderVocabulary:
    """Read the vocabulary from the folder of spreadsheet tables."""
    table = tables.read(directory / "columns.yaml", ColumnsTable)
    ignored = [
        (header, message(f"ignored.{why}"))
        for why, headers in table.ignored.items()
        for header in headers
    ]
    exact = {normal(text): Meaning(why_not=why) for text, why in ignored if text[-1] != "*"}
    prefixes = ((normal(text), Meaning(why_not=why)) for text, why in ignored if text[-1] == "*")
    for header, meaning in _meanings(table.fields):
        exact.setdefault(header, meaning)
    for key in plain_model("list_columns"):
        exact.setdefault(normal(key), Meaning(key))
    return HeaderVocabulary(
        exact=exact,
        prefixes=tuple(prefixes),
        roles=_turned(table.roles),
        parts=_turned(table.parts),
        connectors=table.connectors,
        parts_of_the_world=_forms_of(table.parts_of_the_world),
        fields=_field_names(table.fields),
        origins=_forms_of(table.origins),
        sheets=table.sheets,
        shares=table.parts_of_the_workers,
        contexts=tuple(
            Context(_forms_of(one.signs), _forms_of(one.headers), message(f"context.{one.why}"))
            for one in table.contexts
        ),
    )


def _meanings(fields: Mapping[str, ColumnNames]) -> Iterator[tuple[str, Meaning]]:
    """Every header of a field with what it means; a field's groups stand best first."""
    for field, entry in fields.items():
        for place, headers in enumerate(entry.groups):
            meaning = Meaning(field, _rank(field, place))
            yield from ((normal(header), meaning) for header in headers)


def _field_names(fields: Mapping[str, ColumnNames]) -> dict[str, str]:
    """Every name that `--map` takes for a field."""
    names: dict[str, str] = {}
    for field, entry in fields.items():
        for name in (field, *entry.also):
            names.setdefault(normal(name), field)
    return names


def _turned(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Name -> key, of the names of each key."""
    return {normal(name): key for key, names in groups.items() for name in names}


def _forms_of(headers: Iterable[str]) -> frozenset[str]:
    return frozenset(map(normal, headers))


def _rank(field: str, group: int) -> int:
    """The rank of a group: of a country the second group is as general as a bare name."""
    return group + 1 if field == "country" and group else group
