"""Any news site: scrapy crawl news -a url=https://example.org/."""

from crawler.spider import NewsSpider


class AnySiteSpider(NewsSpider):
    """Crawls the site of the address it is given."""

    name = "news"
