"""What a report says, as plain values, the same for every format."""
