"""One field of a page per module, for any site."""
