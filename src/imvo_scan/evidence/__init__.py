"""What is known: typed, immutable tables read from `data/`."""

from imvo_scan.evidence.ratings import Edition, Evidence, SectorCell, load_evidence

__all__ = ["Edition", "Evidence", "SectorCell", "load_evidence"]
