"""One more waiver in a waiver file, and the proof that the file then says what was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from imvo_scan.core.errors import UsageError
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.message import message
from imvo_scan.documents.strict_yaml import YamlError
from imvo_scan.gate.waivers import Waiver, read_waivers, waivers_in

KEY = "waivers"


def waivers_there(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file, none where there is no file. Raises `ImvoScanError`."""
    return read_waivers(path) if path.exists() else ()


def with_waiver(path: Path, entry: Mapping[str, str]) -> tuple[str, Waiver]:
    """The text that a waiver file has with one more entry, and that waiver; nothing is written.

    Raises `UsageError` where the file is written in a way to which no entry can be added, and
    `ImvoScanError` for an entry or a file with faults.
    """
    from imvo_scan.documents.yaml_append import NoListError, new_list, with_entry

    alone = new_list(KEY, entry)
    before, (meant,) = waivers_there(path), waivers_in(alone.encode(), path)
    if not path.exists():
        return alone, meant
    try:
        text = with_entry(file_bytes(path).decode(), KEY, entry)
        after = waivers_in(text.encode(), path)
    except (NoListError, UnicodeDecodeError, YamlError):
        raise _by_hand(path) from None
    if _unplaced(after) != _unplaced([*before, meant]):
        raise _by_hand(path)
    return text, after[-1]


def _unplaced(waivers: Sequence[Waiver]) -> list[Waiver]:
    """Waivers without the lines on which they stand, which an entry before them would move."""
    return [replace(one, where="") for one in waivers]


def _by_hand(path: Path) -> UsageError:
    what = message("gate.no-place-for-waiver", path=str(path))
    return UsageError.of(what, message("gate.add-by-hand"))
