"""Pozirk, a Belarusian news agency with English, Belarusian and Russian editions.

The first paragraph opens with a dateline, "August 13, Pozirk.", that names no year. The list
of latest news gives each entry's sections, a title, and a notice where the article is for
subscribers only; such an entry may have no link.
"""

from zoneinfo import ZoneInfo

from crawler.parsers.base import ArticleParser


class PozirkParser(ArticleParser):
    """Reads the pages of Pozirk's editions."""

    site = "pozirk"
    domains = ("pozirk.online",)
    timezone = ZoneInfo("Europe/Minsk")
    agency = "Pozirk"
    paywall_notice = "The material is available only to POZIRK+"
