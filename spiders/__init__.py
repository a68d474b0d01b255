"""One file per site, and news.py for any site."""
