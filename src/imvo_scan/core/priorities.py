"""The classes of findings, P1 to P4 (METHOD 4)."""

from __future__ import annotations

from enum import IntEnum


class Priority(IntEnum):
    """The class of a finding (METHOD 4). A lower number is more urgent; P0 does not exist.

    `NOT_INDICATED` is likelihood 0: no class, listed only when everything is asked for.
    """

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4
    NOT_INDICATED = 9

    @property
    def label(self) -> str:
        """What people read: `P1` ... `P4`, or `L0` where the risk is not indicated."""
        return "L0" if self is Priority.NOT_INDICATED else self.name

    def at_least(self, threshold: Priority) -> bool:
        """Whether this class is as urgent as `threshold`, or more."""
        return self is not Priority.NOT_INDICATED and self <= threshold


CLASSES: tuple[Priority, ...] = (Priority.P1, Priority.P2, Priority.P3, Priority.P4)
