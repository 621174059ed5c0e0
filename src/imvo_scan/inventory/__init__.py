"""What the user wrote: an inventory, read with the line of everything in it."""

from imvo_scan.inventory.entities import Inventory, SiteFacts, Supplier
from imvo_scan.inventory.load import parse_inventory, read_inventory

__all__ = ["Inventory", "SiteFacts", "Supplier", "parse_inventory", "read_inventory"]
