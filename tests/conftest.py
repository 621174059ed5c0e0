"""Shared by all tests: the shipped tables, and how hypothesis runs here."""

from __future__ import annotations

import os
import signal
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from imvo_scan.evidence import Evidence, load_evidence

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TODAY = date(2026, 11, 23)


def needs_locked(package: str) -> None:
    """Skip a test of a generated file where what generates it is not the version of the lock."""
    lock = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    if f"\n{package}=={version(package)} " not in lock:
        pytest.skip(f"{package} {version(package)} is not the version that writes this file")


settings.register_profile(
    "imvo", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("imvo")

for _number, _usual in (
    ("SIGHUP", signal.SIG_DFL),
    ("SIGTERM", signal.SIG_DFL),
    ("SIGINT", signal.default_int_handler),
):
    # Under nohup, or behind an & in a script, these are ignored, and so they would be in every run
    # that a test starts and then stops.
    if hasattr(signal, _number) and signal.getsignal(getattr(signal, _number)) is signal.SIG_IGN:
        signal.signal(getattr(signal, _number), _usual)


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
