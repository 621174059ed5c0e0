"""The nine core IMVO risks (METHOD 1)."""

from __future__ import annotations

from enum import StrEnum


class Risk(StrEnum):
    """The nine core IMVO risks, in the order of METHOD 1."""

    HUMAN_RIGHTS = "human-rights"
    FORCED_LABOUR = "forced-labour"
    CHILD_LABOUR = "child-labour"
    DISCRIMINATION = "discrimination"
    LIVING_WAGE = "living-wage"
    UNSAFE_WORK = "unsafe-work"
    EXCESSIVE_HOURS = "excessive-hours"
    JOB_INSECURITY = "job-insecurity"
    FREEDOM_OF_ASSOCIATION = "freedom-of-association"


RISKS: tuple[Risk, ...] = tuple(Risk)
