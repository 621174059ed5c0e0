"""One file a page that a command shows."""
