"""The choices that settings and the command line share."""

from __future__ import annotations

from enum import StrEnum

from imvo_scan.core.priorities import Priority


class Class(StrEnum):
    """The classes, as they are written."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"

    def as_priority(self) -> Priority:
        """The class itself."""
        return Priority[self.value]


class By(StrEnum):
    """What a line of the table stands for."""

    HOT_SPOT = "hot-spot"
    SITE = "site"


class Audience(StrEnum):
    """For whom the report is."""

    INTERNAL = "internal"
    PUBLIC = "public"


class ColorChoice(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"
