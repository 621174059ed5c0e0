"""Names and codes of countries, sectors, goods and risks, and the id that each means."""
