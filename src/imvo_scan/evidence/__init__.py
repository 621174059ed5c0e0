"""What is known: typed, immutable tables read from `data/`."""

from imvo_scan.evidence.ratings import Edition, Evidence, load_evidence

__all__ = ["Edition", "Evidence", "load_evidence"]
