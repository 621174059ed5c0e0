"""Codes of the lists of trades and goods: how they are written, and the digits that count."""

from __future__ import annotations

import re

from imvo_scan.core.matching import NotFound
from imvo_scan.core.message import message

SCHEMES = ("nace2.1", "nace", "sbi", "isic", "naics", "cpv", "hs", "unspsc")
LONGEST_CODE = 12  # no list of sectors or goods has longer ones
_HS_SHAPED = re.compile(r"\d{4}\.\d{2}(?:[.\s]?\d{2})*|\d{4}(?:\s\d{2})+")
_HS = re.compile(
    r"\s*+(?:hs|cn|gn)(?:\s*+:\s*+|\s++)(\d[\d.\s]*+)(?:(?<=\s)\D.*|\W.*)?", re.IGNORECASE
)
_HS_CHAPTER = 2
_NACE_SHAPED = re.compile(r"[A-U]\s?\d{2}(?:\.\d{1,2})*|\d{2}\.\d{1,2}(?:\.\d{1,2})?")
_BARE = re.compile(r"[A-V]?\d{2,8}(?:[.\-]\d+)*", re.IGNORECASE)
_LETTER = re.compile(r"(?:section|sectie|abschnitt)?\s*[A-V]", re.IGNORECASE)
_LETTERED = re.compile(r"[A-V]\s?[-.]?\s?(?=\d)", re.IGNORECASE)
_DIGITS = re.compile(r"(?:\d[\d.\s]*\d|\d)(?!\w)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED = re.compile(
    r"(nace2\.1|nace|isic|sbi|cpv|hs|cn|gn|naics|unspsc)"
    r"(?:\s*+(?:rev\.?\s*+)?(?:2\.1|2(?=[\s:])|4(?=[\s:])))?"
    r"(?:\s++:?+|:)\s*+([A-V]?\s?\d++(?!\w)(?:[.\s\-]++\d++(?!\w))*+)(?:\W.*)?",
    re.IGNORECASE,
)
_WITH_COLON = re.compile(
    r"(nace2\.1|nace|isic|sbi|cpv|hs|cn|gn|naics|unspsc)\s*+:(.*)", re.IGNORECASE
)
_FULL_LENGTH = {"cpv": (8,), "hs": (4, 6, 8, 10), "unspsc": (8,)}
_SAME_LIST = {"cn": "hs", "gn": "hs", "sbi": "nace"}


def with_scheme(text: str) -> tuple[str, str] | None:
    """The list and the code of a text such as `nace:14.13`, `NACE Rev. 2.1 14` or `hs: 6109`."""
    coded = _NAMED.fullmatch(text.strip()) or _WITH_COLON.fullmatch(text.strip())
    return (_edition(coded[1], text), coded[2].strip()) if coded else None


def table_of(scheme: str) -> str:
    """The list whose codes a list has: those of SBI are those of NACE at the level used here."""
    return _SAME_LIST.get(scheme, scheme)


def digits_in(scheme: str, text: str) -> str | NotFound | None:
    """The digits of a code of a list; None where the text is no code but words."""
    if _LETTER.fullmatch(text):
        return section_letter(text)
    if _DATE.match(text):
        what = message("taxonomy.code-is-a-date", text=repr(text))
        return NotFound(what, message("taxonomy.format-as-text"))
    code = _DIGITS.match(_LETTERED.sub("", text, count=1))
    return None if code is None else digits_of(table_of(scheme), code[0])


def digits_of(scheme: str, code: str) -> str:
    """The digits of a code, with the zero that a spreadsheet took off its front put back."""
    if scheme in {"nace", "nace2.1", "isic"} and re.match(r"\d\.\d", code):
        return "0" + re.sub(r"\D", "", code)
    digits = re.sub(r"\D", "", code)
    if scheme == "hs" and len(digits) % 2:
        return f"0{digits}"
    lengths = _FULL_LENGTH.get(scheme, ())
    if lengths and "." not in code and len(digits) + 1 in lengths and len(digits) not in lengths:
        return f"0{digits}"
    return digits


def hs_digits(text: str) -> str | None:
    """The digits of a code of the Harmonized System, with its list before it or in its shape."""
    coded = _HS.fullmatch(text)
    if coded is None and not _HS_SHAPED.fullmatch(text):
        return None
    digits = re.sub(r"\D", "", coded[1] if coded else text)[:LONGEST_CODE]
    return digits_of("hs", digits) if len(digits) >= _HS_CHAPTER else None


def without_scheme(text: str) -> NotFound | None:
    """Why a code that does not say of which list it is means nothing; None for any other text."""
    text = text.strip()
    if _LETTER.fullmatch(text):
        return section_letter(text)
    if nace_shaped(text) or _BARE.fullmatch(text):
        what = message("taxonomy.code-of-no-list", text=repr(text))
        return NotFound(what, message("taxonomy.write-the-list"))
    return None


def nace_shaped(text: str) -> bool:
    """Whether a text has the shape of a NACE code: `14.13`, `C14`."""
    return bool(_NACE_SHAPED.fullmatch(text.strip()))


def section_letter(text: str) -> NotFound:
    """Why the letter of a section stands for no sector."""
    what = message("taxonomy.section-letter", text=repr(text))
    return NotFound(what, message("taxonomy.write-a-division"))


def _edition(scheme: str, text: str) -> str:
    return "nace2.1" if scheme.casefold() == "nace" and "2.1" in text[:14] else scheme.casefold()
