"""What Dateline is compared with: a spider as Scrapy's tutorial writes it.

``python -m bench.stock_spider links URL OUT.jsonl`` follows the articles that front and
section pages name and only collects the links of articles; ``follow`` follows every link
of every page and leaves the repeats to Scrapy's duplicate filter. Settings are Scrapy's
own, but for what a crawl of one local host needs: 16 requests at a time. The log is
kept to errors, which favours this side.
"""

import sys
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

SETTINGS = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "LOG_LEVEL": "ERROR",
}


class LinksSpider(scrapy.Spider):
    """Follows links from the front page and the sections, and reads articles."""

    name = "links"

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        """Follow the articles and lists of a front or section page."""
        for href in response.css("a::attr(href)").getall():
            article = href.rstrip("/").count("/") > 4
            yield response.follow(href, self.parse_article if article else self.parse)

    def parse_article(self, response: Response) -> Iterator[dict[str, Any]]:
        """Read an article."""
        yield item(response)


class FollowSpider(scrapy.Spider):
    """Follows every link of every page."""

    name = "follow"

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        """Read the page, and follow all that it links."""
        if response.css("article h1"):
            yield item(response)
        for href in response.css("a::attr(href)").getall():
            yield response.follow(href, self.parse)


def item(response: Response) -> dict[str, Any]:
    """Return the fields of an article page."""
    return {
        "url": response.url,
        "title": response.css("h1::text").get(),
        "body": "\n\n".join(response.css(".article__body p::text").getall()),
        "links": len(response.css("a::attr(href)").getall()),
    }


def main() -> None:
    """Crawl the site at an address."""
    kind, url, out = sys.argv[1:]
    spider = {"links": LinksSpider, "follow": FollowSpider}[kind]
    process = CrawlerProcess(SETTINGS | {"FEEDS": {out: {"format": "jsonlines"}}})
    process.crawl(spider, start_urls=[url])
    process.start()


if __name__ == "__main__":
    main()
