"""What the sample site offers to machines: its feeds, sitemaps and robots.txt."""

from email.utils import format_datetime
from html import escape

from crawler.demo.content import Story, languages
from crawler.demo.pages import Paper

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
LATEST = 10


def rss(paper: Paper) -> str:
    """Return the feed of the newest stories, each with its first paragraph."""
    words = paper.language.words
    items = "\n".join(_item(paper, story) for story in paper.stories[:LATEST])
    return (
        f'{DECLARATION}<rss version="2.0"><channel>\n'
        f"<title>{escape(words['agency'])}</title>\n"
        f"<link>{escape(paper.base + paper.language.home)}</link>\n"
        f"<description>{escape(words['motto'])}</description>\n"
        f"<language>{paper.language.code}</language>\n{items}\n</channel></rss>\n"
    )


def sitemap(paper: Paper) -> str:
    """Return the sitemap of one language, with the same story in the other one."""
    rows = "\n".join(_row(paper, story) for story in paper.stories)
    return f"{DECLARATION}<urlset {SITEMAP} {XHTML}>\n{rows}\n</urlset>\n"


def sitemap_index(base: str) -> str:
    """Return the index of the sitemaps of all languages."""
    rows = "\n".join(
        f"<sitemap><loc>{escape(base + language.sitemap)}</loc></sitemap>"
        for language in languages().values()
    )
    return f"{DECLARATION}<sitemapindex {SITEMAP}>\n{rows}\n</sitemapindex>\n"


def robots(base: str) -> str:
    """Return robots.txt: the search pages are not for crawlers."""
    closed = "".join(f"Disallow: {language.search}\n" for language in languages().values())
    return f"User-agent: *\n{closed}\nSitemap: {base}/sitemap.xml\n"


def _item(paper: Paper, story: Story) -> str:
    address = escape(paper.base + story.path)
    return (
        f"<item><title>{escape(story.title)}</title><link>{address}</link>"
        f'<guid isPermaLink="true">{address}</guid>'
        f"<category>{escape(paper.language.sections[story.section].name)}</category>"
        f"<pubDate>{format_datetime(story.published)}</pubDate>"
        f"<description>{escape(story.paragraphs[0])}</description></item>"
    )


def _row(paper: Paper, story: Story) -> str:
    twin = paper.twins.get(story.name)
    link = (
        f'<xhtml:link rel="alternate" hreflang="{paper.other.code}"'
        f' href="{escape(paper.base + twin)}"/>'
        if twin
        else ""
    )
    location = escape(paper.base + story.path)
    return f"<url><loc>{location}</loc><lastmod>{story.changed.isoformat()}</lastmod>{link}</url>"
