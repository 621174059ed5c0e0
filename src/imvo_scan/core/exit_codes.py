"""What the exit code of the program means."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line. 2 outranks 1."""

    OK = 0
    FINDINGS = 1
    FAILED = 2
