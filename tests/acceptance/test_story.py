"""From Monday to next year: the gate as a procurement repository lives with it, on the wheel."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

BAD = "  - {id: cobalt-pit, name: Cobalt Pit, country: CD, sector: mining, tier: 3}\n"
WAIVER = """waivers:
  - finding: cobalt-pit/*
    reason: The buyer leaves the pit out of new contracts by spring.
    approver: Head of buying
    expires: 2027-05-31
"""


class Shop:
    """A scratch repository, and the Python in which the wheel was installed."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.python = python
        self.folder = folder
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        """Run git as nobody in particular."""
        names = ("-c", "user.name=Buyer", "-c", "user.email=buyer@example.org")
        subprocess.run(["git", *names, *arguments], cwd=self.folder, check=True)  # noqa: S607

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of the program."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("IMVO_SCAN", "PYTHON"))}
        done = subprocess.run(
            [self.python, "-I", "-m", "imvo_scan", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env=clean,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    def write(self, name: str, text: str, *, more: bool = False) -> None:
        """Write a file, or add to it."""
        with (self.folder / name).open("a" if more else "w", encoding="utf-8") as file:
            file.write(text)


def test_the_story(installed: Path, tmp_path: Path) -> None:
    """Init, scan, baseline, a bad supplier, a waiver, the day it ends, diff and history."""
    shop = Shop(installed, tmp_path)
    monday, next_year = "--today=2026-11-23", "--today=2027-06-01"

    assert shop.run("init")[0] == 0
    code, table, _ = shop.run("chain.yaml", monday)
    assert code == 0
    assert "First supplier" in table

    code, _, said = shop.run("chain.yaml", monday, "--write-baseline", "baseline.json")
    assert code == 0
    assert "findings are known from now on" in said
    shop.write("imvo-scan.yaml", "waivers: waivers.yaml\nbaseline: baseline.json\nfail_on: P1\n")
    shop.git("add", "-A")
    shop.git("commit", "-q", "-m", "Adopt the gate")
    assert shop.run("chain.yaml", monday)[0] == 0

    shop.write("chain.yaml", BAD, more=True)
    code, table, said = shop.run("chain.yaml", monday)
    assert code == 1
    assert "Cobalt Pit" in table
    assert "First supplier" not in table
    assert "Waived: 0." in said

    shop.write("waivers.yaml", WAIVER)
    code, table, said = shop.run("chain.yaml", monday)
    assert code == 0
    assert "Cobalt Pit" not in table
    assert "Waived: 9." in said
    assert shop.run("chain.yaml", monday, "--no-waivers")[0] == 1

    code, table, said = shop.run("chain.yaml", next_year)
    assert code == 1
    assert "Cobalt Pit" in table
    assert "expired on 2027-05-31" in said

    shop.git("commit", "-q", "-a", "-m", "A new supplier")
    code, changes, _ = shop.run(
        "diff", "git:HEAD~1:chain.yaml", "chain.yaml", "--fail-on-new", "P1"
    )
    assert code == 1
    assert "new 9, worse 0, better 0, closed 0" in changes
    code, past, _ = shop.run("history", "chain.yaml")
    assert code == 0
    assert "cobalt-pit/child-labour" in past
    assert len([line for line in past.splitlines() if line.startswith("  20")]) == 2
