"""A source of the tables on one line, as every page names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imvo_scan.evidence.rows import Source
    from imvo_scan.messages.speaker import Speaker


def cited(source: Source, speaker: Speaker) -> str:
    """Id, who, what, when, edition, licence, address."""
    edition = "" if source.edition == source.year else f"; {source.edition}"
    return speaker.say(
        "page.source",
        id=source.id,
        what=source.short + edition,
        licence=source.licence,
        url=source.url,
    )
