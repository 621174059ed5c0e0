"""What CI decides: threshold, waivers, baseline, and what changed."""

from imvo_scan.gate.baseline import Baseline, read_baseline
from imvo_scan.gate.decision import EVERYTHING_OPEN, Standing, Status, Verdict, decide, judge
from imvo_scan.gate.waivers import Waiver, read_waivers

__all__ = [
    "EVERYTHING_OPEN",
    "Baseline",
    "Standing",
    "Status",
    "Verdict",
    "Waiver",
    "decide",
    "judge",
    "read_baseline",
    "read_waivers",
]
