"""What everything else speaks: risks, levels, errors, dates, harmless text."""
