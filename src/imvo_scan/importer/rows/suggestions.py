"""What may be meant by a value that means nothing to us, or what would be right instead."""

from __future__ import annotations

from imvo_scan.core.matching import NotFound, known
from imvo_scan.core.message import Text, message
from imvo_scan.core.site_terms import Flag
from imvo_scan.importer.rows.places import Places
from imvo_scan.importer.rows.quantities import READINGS
from imvo_scan.importer.rows.remarks import UnknownCell
from imvo_scan.importer.rows.trades import Trades


def suggestion(unknown: UnknownCell, places: Places, trades: Trades) -> Text:
    """A hint for one value; empty where there is none to give."""
    field, text = unknown
    if field == "country":
        return places.suggestion(text)
    if field == "goods":
        return trades.good_suggestion(text)
    if field == "tier":
        return message("suggestion.write-tier")
    if field == "flags":
        return known(flag.value for flag in Flag)
    return _of_number(field, text) if field in READINGS else _of_sector(field, text, trades)


def _of_number(field: str, text: str) -> Text:
    every, hint = READINGS[field]
    readings = [one.plain for one in every(text)]
    if len(readings) < 2:  # noqa: PLR2004 - one or none
        return hint
    return message("suggestion.write-one-reading", one=readings[0], other=readings[1])


def _of_sector(field: str, text: str, trades: Trades) -> Text:
    """Of a sector by name or, where the field is a list of codes, by its code."""
    meant = None if field == "sector" else trades.of_code(field, text)
    return trades.suggestion(text, meant.hint if isinstance(meant, NotFound) else "")
