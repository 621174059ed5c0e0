"""What waivers and deep chains cost, side by side with the same scan without them.

    python benchmarks/waivers.py [--rounds N]

Each command runs in turn, A B A B ..., and the ratio is that of the medians. Judging is measured
apart from reading, because 4,000 waivers are a file of 16,000 values to read.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from imvo_scan.chain import scan
from imvo_scan.core.gc_pause import collector_paused
from imvo_scan.evidence import load_evidence
from imvo_scan.gate import judge, read_waivers
from imvo_scan.inventory import read_inventory

SITES = 4_000
FORMS = {
    "a finding each": "finding: sup-{n:05}/child-labour",
    "a site each": "site: sup-{n:05}",
    "what a site begins with": "site: 'sup-{n:05}*'",
    "what a finding ends with": "finding: '*{n:05}/child-labour'",
    "a file each": "risk: child-labour, file: lists/{n}.yaml",
}
_HEAD = "imvo: 1\ncompany: {name: Us, country: NL, sector: retail}\nsuppliers:\n"
_WHY = "reason: x, approver: y, expires: never"


def main() -> None:
    """Measure, and print a line for each kind of waiver and each depth of chain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _waivers(folder, rounds)
        _depth(folder, rounds)


def _waivers(folder: Path, rounds: int) -> None:
    plain, own = folder / "plain.yaml", folder / "own.yaml"
    plain.write_text(_HEAD + "".join(_sites("")), encoding="utf-8")
    at_each = f"    waivers: [{{risk: child-labour, {_WHY}}}]\n"
    own.write_text(_HEAD + "".join(_sites(at_each)), encoding="utf-8")
    lines = {"one at each supplier": [str(own)]}
    for form, text in FORMS.items():
        file = folder / f"{form.replace(' ', '-')}.yaml"
        entries = (f"  - {{{text.format(n=n)}, {_WHY}}}\n" for n in range(SITES))
        file.write_text("waivers:\n" + "".join(entries), encoding="utf-8")
        lines[form] = [str(plain), "--waivers", str(file)]
    taken = _side_by_side({"none": [str(plain)], **lines}, rounds)
    evidence = load_evidence()
    report = scan(read_inventory(plain), evidence=evidence)
    for form, arguments in lines.items():
        judging = ""
        if "--waivers" in arguments:
            waivers = read_waivers(Path(arguments[-1]))
            with collector_paused():  # as the program does
                seconds = _median(lambda w=waivers: judge(report, w), rounds)
            judging = f", judging {seconds:.3f} s"
        ratio = taken[form] / taken["none"]
        print(
            f"{SITES} waivers, {form}: {taken[form]:.3f} s, none {taken['none']:.3f} s, "
            f"ratio {ratio:.2f}{judging}"
        )


def _sites(more: str) -> Iterator[str]:
    for n in range(SITES):
        country = ("BD", "CD", "IN", "NL")[n % 4]
        yield f"  - id: sup-{n:05}\n    name: Sup {n}\n    country: {country}\n"
        yield f"    sector: textiles\n    tier: 1\n{more}"


def _depth(folder: Path, rounds: int) -> None:
    """One chain of n tiers, and one of twice as many: twice the time, not four times."""
    lines = {}
    for depth in (2_500, 5_000):
        file = folder / f"{depth}.yaml"
        file.write_text(_HEAD + "".join(_tiers(depth)), encoding="utf-8")
        lines[f"{depth} tiers, CSV"] = [str(file)]
    for name, seconds in _side_by_side(lines, rounds).items():
        print(f"{name}: {seconds:.3f} s")


def _tiers(depth: int) -> Iterator[str]:
    for n in range(depth):
        buyer = f"s{n - 1}" if n else "company"
        yield f"  - {{id: s{n}, name: Supplier {n}, country: BD, sector: textiles, "
        yield f"supplies: [{buyer}]}}\n"


def _side_by_side(lines: Mapping[str, list[str]], rounds: int) -> dict[str, float]:
    """The median time of each command, all of them run in turn."""
    times: dict[str, list[float]] = {name: [] for name in lines}
    for _ in range(rounds):
        for name, arguments in lines.items():
            times[name].append(_timed(lambda a=arguments: _run(a)))
    return {name: statistics.median(taken) for name, taken in times.items()}


def _run(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "imvo_scan", *arguments, "--no-config", "-o", "csv"]
    with Path(os.devnull).open("wb") as nowhere:
        subprocess.run(command, stdout=nowhere, stderr=nowhere, check=True)


def _median(act: Callable[[], object], rounds: int) -> float:
    return statistics.median(_timed(act) for _ in range(rounds))


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
