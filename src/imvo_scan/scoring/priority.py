"""Priority: where severity and likelihood meet, and nowhere else (METHOD 4)."""

from __future__ import annotations

from imvo_scan.core.priorities import Priority

_P1, _P2, _P3, _P4 = Priority.P1, Priority.P2, Priority.P3, Priority.P4
MATRIX: dict[int, tuple[Priority, ...]] = {
    5: (_P2, _P2, _P2, _P1, _P1),
    4: (_P3, _P3, _P2, _P2, _P1),
    3: (_P4, _P3, _P3, _P2, _P2),
    2: (_P4, _P4, _P3, _P3, _P3),
    1: (_P4, _P4, _P4, _P4, _P4),
}


def priority_of(severity: int, likelihood: int) -> Priority:
    """The class by severity 1-5 and likelihood 0-5 (METHOD 4)."""
    if likelihood == 0:
        return Priority.NOT_INDICATED
    return MATRIX[severity][likelihood - 1]
