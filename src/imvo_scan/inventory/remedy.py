"""What an incident must tell, and what is missing of it (D7, D14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imvo_scan.inventory.facts import Incident

TOLD = ("since", "prevention", "response", "lesson")
"""What an account of an incident tells, besides what happened (D14)."""

REMEDY = ("owner", "remedy", "due")
"""What remedy needs: who sees to it, what people receive, by when (D7)."""


def missing_of(incident: Incident) -> tuple[str, ...]:
    """The parts of the account and of remedy that an incident does not state."""
    return tuple(name for name in (*TOLD, *REMEDY) if getattr(incident, name) is None)


def lacks_remedy(incident: Incident) -> bool:
    """Whether owner, remedy or due date is missing (D7)."""
    return any(getattr(incident, name) is None for name in REMEDY)


def completeness(incident: Incident) -> int:
    """How much of the account is there, in percent of its four parts (D14)."""
    told = sum(getattr(incident, name) is not None for name in TOLD)
    return 100 * told // len(TOLD)
