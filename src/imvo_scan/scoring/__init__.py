"""How a finding is scored: METHOD.md as pure functions."""

from imvo_scan.scoring.assessment import Assessment
from imvo_scan.scoring.profile import Profile, profile_of
from imvo_scan.scoring.score import Scorer

__all__ = ["Assessment", "Profile", "Scorer", "profile_of"]
