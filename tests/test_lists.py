"""Sites without sitemaps and feeds: lists are paged through, and archives followed back."""

from pathlib import Path

from tests.command import dateline, quickly
from tests.newspaper import article, listing
from tests.servers import Answer, Request, page, serving

PER_PAGE = 10


def address(number: int) -> str:
    """The articles were published a day apart, the first ones last."""
    year, month, day = 2026 - number // 336, 12 - number // 28 % 12, 28 - number % 28
    return f"/{year}/{month:02}/{day:02}/old-bridge-{number}"


def listed(numbers: range, more: str = "") -> Answer:
    title = "Council looks at the old bridge for the"
    rows = "".join(
        f'<li><a href="{address(number)}">{title} {number}. time</a></li>' for number in numbers
    )
    return page(f"<html><body><h1>The Bridge</h1><ul>{rows}</ul>{more}</body></html>")


def paper(count: int) -> dict[str, Answer]:
    """A paper whose front page shows what its one section begins with."""
    pages: dict[str, Answer] = {address(number): article(number) for number in range(count)}
    for at in range(0, count, PER_PAGE):
        number = at // PER_PAGE + 1
        more = f'<a href="/news/?page={number + 1}">Older</a>' if at + PER_PAGE < count else ""
        path = f"/news/?page={number}" if at else "/news/"
        pages[path] = listed(range(at, min(at + PER_PAGE, count)), more)
    menu = '<a href="/news/">News</a><a href="/archive/">Archive</a>'
    return pages | {"/robots.txt": page(""), "/": listed(range(PER_PAGE), menu)}


def asked(site_log: list[Request], part: str) -> list[str]:
    return [request.path for request in site_log if part in request.path]


def test_a_section_is_paged_through_though_the_front_page_shows_its_beginning(
    tmp_path: Path,
) -> None:
    with serving(paper(45)) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert "45 new" in done.stderr
        assert len(asked(site.log, "/news/")) == 5
        site.log.clear()
        dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert asked(site.log, "/news/") == ["/news/"]


def test_pages_without_an_end_come_to_one(tmp_path: Path) -> None:
    def endless(request: Request) -> Answer | None:
        if "page=" in request.path:
            number = int(request.path.rpartition("=")[2])
            return listed(range(PER_PAGE), f'<a href="/news/?page={number + 1}">Older</a>')
        return pages.get(request.path)

    pages = paper(25)
    with serving(endless) as site:
        dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert len(asked(site.log, "page=")) <= 3


def test_a_run_goes_back_through_pages_and_archives_as_far_as_asked(tmp_path: Path) -> None:
    pages = paper(60)
    pages["/archive/"] = page(
        "<html><body><h1>Archive</h1>"
        + "".join(
            f'<p><a href="/2026/{month:02}/">All that we wrote in month {month} of 2026</a></p>'
            for month in range(6, 13)
        )
        + "</body></html>"
    )
    # Only the archive leads to what is older than the section's pages.
    pages |= {address(number): article(number) for number in range(60, 140)}
    for month in range(6, 13):
        start = (12 - month) * 28
        pages[f"/2026/{month:02}/"] = listed(range(start, start + 28))
    with serving(pages) as site:
        done = dateline("crawl", site, "--since", "2026-09-15", *quickly(site), cwd=tmp_path)
        assert not asked(site.log, "/2026/08/")
        assert "98 new" in done.stderr


def test_a_front_page_alone_is_enough(tmp_path: Path) -> None:
    with serving({"/": listing([]), **paper(8)}) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert "8 new" in done.stderr
