"""How pages are found, fetched and read."""
