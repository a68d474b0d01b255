"""Pozirk, a Belarusian news agency in exile, in its three editions."""

from crawler.spider import NewsSpider


class PozirkSpider(NewsSpider):
    """Crawls the English, Belarusian and Russian editions."""

    name = "pozirk"
    start_urls = [  # noqa: RUF012
        "https://pozirk.online/en/news/",
        "https://pozirk.online/be/news/",
        "https://pozirk.online/ru/news/",
    ]
