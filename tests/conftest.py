"""Shared by all tests: the shipped tables, and how hypothesis runs here."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from imvo_scan.evidence import Evidence, load_evidence

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TODAY = date(2026, 11, 23)

settings.register_profile(
    "imvo", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("imvo")


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    """The tables that come with imvo-scan."""
    return load_evidence()


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the colours, width or debug switch of whoever runs it."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "IMVO_SCAN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    assert "CLICOLOR_FORCE" not in os.environ
