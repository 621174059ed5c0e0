"""What changed a finding, where several files and folders are held against each other."""

from __future__ import annotations

import pytest

from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.priorities import Priority
from imvo_scan.gate.news import Known
from imvo_scan.history.diff import Cause, Change, Comparison, PastFinding, Snapshot

KEY = "chains/north/a.yaml: mill"


def snapshot(
    priority: Priority, profile: str = "p", tables: str = "t", version: str = "1", key: str = KEY
) -> Snapshot:
    """One finding of one site."""
    kept = {f"{key}/child-labour": PastFinding(Known(priority, 3), "S:5", "Mill")}
    return Snapshot("old.json", kept, {key: profile}, tables, version)


@pytest.mark.parametrize("key", [KEY, "mill"])
@pytest.mark.parametrize(
    ("profile", "tables", "version", "cause"),
    [
        ("q", "t", "1", Cause.INVENTORY),
        ("q", "u", "2", Cause.INVENTORY),
        ("p", "u", "1", Cause.TABLES),
        ("p", "u", "2", Cause.TABLES),
        ("p", "t", "2", Cause.PROGRAM),
    ],
)
def test_the_cause_is_the_first_that_differs(
    key: str, profile: str, tables: str, version: str, cause: Cause
) -> None:
    """The inventory before the tables before the program, also for a file in a folder."""
    before = snapshot(Priority.P2, key=key)
    after = snapshot(Priority.P1, profile, tables, version, key)
    (changed,) = Comparison(before, after).changes
    assert (changed.change, changed.cause) == (Change.WORSE, cause)


def test_the_urgent_ones_come_first_within_a_change() -> None:
    """P1 before P4, whatever their names."""
    kept = {
        f"a/{risk}": PastFinding(Known(priority, 3), "S:5", "A")
        for risk, priority in (("child-labour", Priority.P4), ("unsafe-work", Priority.P1))
    }
    after = Snapshot("new", kept, {"a": "p"}, "t", "1")
    changes = Comparison(Snapshot("old", {}, {}, "t", "1"), after).changes
    assert [one.finding for one in changes] == ["a/unsafe-work", "a/child-labour"]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (Priority.P2, Priority.P1, Exit.FINDINGS),
        (Priority.P1, Priority.P1, Exit.OK),
        (Priority.P1, Priority.P2, Exit.OK),
    ],
)
def test_worse_fails_as_new_does(before: Priority, after: Priority, code: Exit) -> None:
    """`--fail-on-new P1` is about what grew, not about what was there."""
    comparison = Comparison(snapshot(before), snapshot(after, "q"))
    assert comparison.decide(Priority.P1) is code
