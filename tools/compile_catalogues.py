"""Compile the catalogues of messages: `catalogues/LANGUAGE.po` into the `.mo` that gettext reads.

A catalogue is compiled only if it is whole: every code of English, with the same values in it.
"""

from __future__ import annotations

import io
import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent.parent / "src" / "imvo_scan" / "messages" / "catalogues"
REFERENCE = "en"


def read(path: Path) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def texts(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """The texts by code: one, or one for each form of the plural."""
    known = {}
    for entry in catalogue:
        if entry.id:
            code = entry.id if isinstance(entry.id, str) else entry.id[0]
            forms = entry.string or ""
            known[code] = (forms,) if isinstance(forms, str) else tuple(forms)
    return known


def values_in(text: str) -> set[str]:
    """The names of the values in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def missing(catalogue: Catalog, reference: Catalog) -> list[str]:
    """What keeps a catalogue from being whole, a line each."""
    own, wanted = texts(catalogue), texts(reference)
    lines = [f"no text for {code}" for code in wanted if not all(own.get(code, ("",)))]
    lines += [f"{code} is not in {REFERENCE}.po" for code in own.keys() - wanted.keys()]
    for code in own.keys() & wanted.keys():
        known = set().union(*map(values_in, wanted[code]))
        if any(values_in(text) - known for text in own[code]):
            lines.append(f"{code}: values that {REFERENCE}.po does not have")
        if known - set().union(*map(values_in, own[code])):
            lines.append(f"{code}: values of {REFERENCE}.po are left out")
    return lines


class _Plain(Catalog):
    """A catalogue whose header says no more than gettext needs: no time, no version of a tool."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The type of the text, and the rule for plurals."""
        return [
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Plural-Forms", self.rule),
        ]

    rule = ""


def compiled(path: Path) -> bytes:
    """A catalogue in the form that gettext reads; the same bytes from the same text."""
    source, out = read(path), io.BytesIO()
    plain = _Plain()
    plain.rule = source.plural_forms
    for entry in source:
        if entry.id:
            plain[entry.id] = entry
    write_mo(out, plain)
    return out.getvalue()


def main() -> int:
    """Compile every catalogue; 1 where one is not whole."""
    reference = read(FOLDER / f"{REFERENCE}.po")
    wrong = 0
    for path in sorted(FOLDER.glob("*.po")):
        lines = missing(read(path), reference)
        for line in lines:
            print(f"{path.name}: {line}")
        wrong += bool(lines)
        if not lines:
            path.with_suffix(".mo").write_bytes(compiled(path))
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
