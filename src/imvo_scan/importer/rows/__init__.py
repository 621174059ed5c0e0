"""What one row says of one site."""
