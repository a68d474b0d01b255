"""How a site's pages are read; the parser of an address is found by its domain."""
