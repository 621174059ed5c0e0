"""What the user wrote: an inventory, read with the line of everything in it."""

from imvo_scan.inventory.reader import parse_inventory, read_inventory
from imvo_scan.inventory.values import Inventory, SiteFacts, Supplier

__all__ = ["Inventory", "SiteFacts", "Supplier", "parse_inventory", "read_inventory"]
