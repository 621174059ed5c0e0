"""What `dev.py` is made of: Pythons, environments and lists of packages. Standard library only."""
