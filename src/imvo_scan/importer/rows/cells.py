"""What stands in one cell, made plain: text without noise, several values apart, numbers as meant.

Nothing here guesses at meaning. A cell that says nothing ("-", "#N/A", "unknown") becomes empty; a
number that cannot be read for certain is no number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Any

from imvo_scan.core.matching import normal
from imvo_scan.core.number_readings import MOST_PEOPLE, Reading, readings
from imvo_scan.core.sanitise import is_joint

_NOISE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\x00\ud800-\udfff]"
)
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_EXCEL_ERROR = re.compile(r"#[A-Z0-9/_ ]+[!?]?|#N/A")
_PACKED = re.compile(r"(?:^|\|)values:\[(.*?)\](?:\||$)")
_RANGE = re.compile(
    r"(\d[\d.,']*(?: \d[\d.,']*)*)\s*(?:-|\u2013|\u2014|to|tot|bis|a|\u00e0|t/m)\s*(\d[\d., ']*)"
)
_ABOUT = re.compile(
    r"^(?:about|approx\.?|approximately|circa|ca\.?|c\.|around|ongeveer|rund|env\.?|~|\u2248)\s*"
)
_OVER = re.compile(
    r"^(?:>=?|\u2265|more than|over|at least|min\.?|meer dan|mehr als|\u00fcber)\s*"
    r"|(?<!\s)\s*(?:\+|or more|en meer|and above)$"
)
_UNDER = re.compile(
    r"^(?:<=?|\u2264|less than|under|fewer than|up to|max\.?|minder dan|tot|bis zu|weniger als"
    r"|unter)\s*"
)
_UNITS = re.compile(
    r"(?<!\s)\s*(?:workers|employees|people|persons|werknemers|medewerkers|mitarbeiter|fte|pers\.?|staff)\.?$"
)
_MOJIBAKE = re.compile(
    "[\u00c2-\u00c5\u00c3\u00d0\u00d1\u00e2\u00cf\u00ce][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_THOUSANDS_OF = ("k", "tsd", "thousands", "thousand", "duizenden", "duizend", "tausend")
_MILLIONS_OF = ("m", "mn", "mln", "mio", "millionen", "millions", "million", "miljoenen", "miljoen")
_MULTIPLES = dict.fromkeys(_THOUSANDS_OF, 3) | dict.fromkeys(_MILLIONS_OF, 6)
_MULTIPLES |= dict.fromkeys(("bn", "mrd", "billion", "miljard"), 9)
_UNIT = re.compile(
    r"(?:[(\[]|\bin |x )[\s'\u20ac$\u00a3]*(?:(?:eur|usd|gbp) )?'?"
    rf"(000|{'|'.join(_MULTIPLES)})"
    r"(?=[\s)\]\u20ac$\u00a3]|eur|usd|gbp|$)"
)
_POWER = re.compile(r"(?<=\d)e\+?(\d{1,2})$")
_TIMES = re.compile(rf"(?<=\d)\s*({'|'.join(_MULTIPLES)})\b")
_WORD = re.compile(r"[^\W\d_]+\.?")  # its point is no part of a number: `Rs. 500`
_LONGEST_NOTHING = 30
_LONGEST_AMOUNT, _MOST_DECIMALS = 15, 6  # digits that an inventory holds
_LONGEST_NUMBER = 100  # a cell with more signs is a text, however many of them are digits
NO_NUMBER = "#NUM!"
"""What a number is called that is none, or larger than any: a spreadsheet says the same."""
_NO_NUMBERS = frozenset({"nan", NO_NUMBER.casefold()})
_EXACT = 1e15  # beyond this a float is no exact whole number


class Typed(str):
    """The text of a number that the file holds as one: its point stands before decimals."""

    __slots__ = ()


def text_of(value: Any) -> str:
    """A cell as plain text on one line: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(value, float | Decimal):
        return Typed(_number(value))
    if value.__class__ is not str:
        value = _written(value)
    if value.isascii() and value.isprintable():
        value = value.strip()
        return " ".join(value.split()) if "  " in value else value
    return _BLANKS.sub(" ", _NOISE.sub(_needed, unicodedata.normalize("NFC", value))).strip()


def _needed(match: re.Match[str]) -> str:
    """Nothing for a sign that nobody sees; Persian and Hindi names need their joiners."""
    return match[0] if is_joint(match) else ""


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float | Decimal) -> str:
    if not isfinite(value):
        return NO_NUMBER
    if isinstance(value, Decimal):
        return str(value)
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)


@lru_cache(maxsize=10_000)
def says_nothing(text: str, nothing: frozenset[str]) -> bool:
    """Whether a cell only says that nothing is known: `-`, `#N/A`, `unknown`."""
    if not text or len(text) > _LONGEST_NOTHING:
        return not text
    return bool(_EXCEL_ERROR.fullmatch(text)) or normal(text) in nothing


def is_no_number(text: str) -> bool:
    """Whether a cell says that a number was meant, and that it is none: `NaN`, `#NUM!`."""
    return text.casefold().lstrip("+-") in _NO_NUMBERS


def unpacked(text: str) -> str:
    """The values out of a cell of the Open Supply Hub's interface, which packs them."""
    packed = _PACKED.search(text)
    return packed[1].replace("'", "").replace('"', "").replace(", ", "|") if packed else text


def parts_of(text: str, separators: str) -> Iterator[str]:
    """The values in a cell that stand apart by one of the separators, or a slash with blanks."""
    for part in re.split(rf"[{re.escape(separators)}]|\s/\s", text):
        if stripped := part.strip(" .'\""):
            yield stripped


@lru_cache(maxsize=10_000)
def head_counts(text: str) -> tuple[Reading, ...]:
    """Every number of people that a cell can mean: `1,250`, `100-150`, `>500`, `ca. 80`.

    None where it is unreadable, two where it can be read in two ways. Of a range it is the upper
    end, so that nobody is counted out.
    """
    plain = _UNITS.sub("", text.casefold().strip())
    for sign in (_ABOUT, _OVER, _UNDER):
        plain = sign.sub("", plain).strip()
    span = _RANGE.fullmatch(plain)
    if span is None:
        return _people(plain)
    lows = _people(span[1])
    return tuple(high for high in _people(span[2]) if any(_is_range(low, high) for low in lows))


def _is_range(low: Reading, high: Reading) -> bool:
    """Whether both can be ends of one range: in order, and with no sign read in two ways."""
    torn = {low.group, high.group} & {low.point, high.point} - {""}
    return low.value <= high.value and not torn


def _people(text: str) -> tuple[Reading, ...]:
    if len(text) > _LONGEST_NUMBER:
        return ()
    return tuple(one for one in readings(text) if one.is_whole and one.value <= MOST_PEOPLE)


@lru_cache(maxsize=10_000)
def is_rough(text: str) -> bool:
    """Whether a number of people is a range, an estimate or a limit, not a count."""
    plain = _UNITS.sub("", text.casefold().strip())
    signs = (_ABOUT, _OVER, _UNDER)
    return bool(_RANGE.fullmatch(plain)) or any(sign.search(plain) for sign in signs)


@lru_cache(maxsize=10_000)
def amounts(text: str) -> tuple[Reading, ...]:
    """Every amount that a cell can mean, in full: `\u20ac 1.234,56` is 1234.56 and `2 mln` 2000000.

    None where it is unreadable or negative, or letters stand between its digits; two where it can
    be read in two ways.
    """
    if "%" in text or len(text) > _LONGEST_NUMBER:
        return ()
    core, power = _multiplied(text.casefold())
    if any(map(_WORD.search, re.split(r"[0-9]+", core)[1:-1])):
        return ()
    core = re.sub(r"[^0-9.,\-()]", "", _WORD.sub("", core))
    every = (one._replace(digits=_in_full(one.digits, power)) for one in readings(core))
    return tuple(one for one in every if len(one.digits.split(".")[0]) <= _LONGEST_AMOUNT)


def _multiplied(text: str) -> tuple[str, int]:
    """What stands before `k`, `mln` or `e6`, and the power of ten that this is."""
    power = 0
    while sign := _TIMES.search(text) or _POWER.search(text):
        power += _MULTIPLES[sign[1]] if sign[1] in _MULTIPLES else int(sign[1])
        text = text[: sign.start()]
    return text, power


def in_units(text: str, header: str) -> str:
    """An amount with the unit that its column is in: `12,5` under `Spend (k EUR)` is `12,5k`."""
    unit = _unit_of(header)
    return f"{text}{unit}" if unit and text[-1:].isdigit() else text


@lru_cache(maxsize=1000)
def _unit_of(header: str) -> str:
    unit = _UNIT.search(header.casefold())
    if unit is None:
        return ""
    return "k" if unit[1] == "000" else unit[1]


def _in_full(digits: str, power: int) -> str:
    """Digits with the point moved, and as many decimals as an inventory holds."""
    whole, _, rest = digits.partition(".")
    moved = str(int(whole + rest[:power].ljust(power, "0")))
    rest = rest[power:][:_MOST_DECIMALS]
    return f"{moved}.{rest}" if rest.strip("0") else moved


def repaired(text: str) -> str | None:
    """Text whose UTF-8 was read as Windows-1252, put right; None where that is not certain.

    It is certain where the whole cell, written back as Windows-1252, is UTF-8.
    """
    if text.isascii() or not _MOJIBAKE.search(text):
        return None
    raw = bytearray()
    for char in text:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:  # noqa: PLR2004 - the last sign of Latin-1
                return None
            raw.append(ord(char))
    try:
        better = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text_of(better) if better != text else None
