"""What is known: typed, immutable tables read from `data/`."""

from imvo_scan.evidence.ratings import Edition, Evidence, load_evidence
from imvo_scan.evidence.rows import SectorCell

__all__ = ["Edition", "Evidence", "SectorCell", "load_evidence"]
