"""The built wheel, alone in an environment that has what a user has."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def installed() -> Path:
    """The Python in which `dev.py test` has installed the wheel, any that we serve."""
    python = os.environ.get("WHEEL_PYTHON")
    if not python:
        pytest.skip("WHEEL_PYTHON names no Python with the wheel: run python3 dev.py test")
    return Path(python)


def printed(python: Path, code: str) -> str:
    """What a line of code prints in an environment."""
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()
