"""What buyers really have: spreadsheets and exports, read as inventories, no row lost."""

from imvo_scan.spreadsheet.reader import Imported, ImportOptions, read_spreadsheet
from imvo_scan.spreadsheet.report import ImportReport

__all__ = ["ImportOptions", "ImportReport", "Imported", "read_spreadsheet"]
