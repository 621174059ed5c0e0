"""The whole chain: who supplies whom, and what the findings add up to."""

from imvo_scan.chain.scan import Finding, HotSpot, Report, Site, day_of_scan, scan

__all__ = ["Finding", "HotSpot", "Report", "Site", "day_of_scan", "scan"]
