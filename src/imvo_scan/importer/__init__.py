"""What buyers really have: spreadsheets and exports, read as inventories, no row lost."""

from imvo_scan.importer.read import Imported, ImportOptions, read_spreadsheet
from imvo_scan.importer.report import ImportReport

__all__ = ["ImportOptions", "ImportReport", "Imported", "read_spreadsheet"]
