"""Measurements: what a crawl costs, next to what others cost. Read ratios, not figures."""
