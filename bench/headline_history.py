"""Time to answer what lists of headlines showed, in an archive of many articles.

    python -m bench.headline_history [articles] [looks at the front page]

Each article page shows a list of 20 of the newest, which 20 pages have in common, and a list
that never changes; the front page, looked at again and again, shows a list of 30 that moves
on by one at each look. One headline in ten is renamed, and one in ten is locked for a while.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.headline_history import headline_history, shown_at
from archive.items import Access, Article, Block, Fetch, Headline, HeadlineList, Outcome, Visit
from archive.store import Archive
from archive.times import moment

START = datetime(2026, 1, 1, tzinfo=UTC)
FRONT = "https://bench.example/"
LOCKED_FOR, PER_PAGE, PER_FRONT, BATCH = 10, 20, 30, 100
STATIC = HeadlineList(
    "Best of the year", tuple(Headline(f"Evergreen {n}", f"{FRONT}best/{n}") for n in range(10))
)


def url(number: int) -> str:
    """Return the address of an article."""
    return f"{FRONT}news/2026/{number:07d}-the-council-spoke-of-the-bridge"


def headline(number: int, newest: int) -> Headline:
    """Return what a list shows of an article when another one is the newest."""
    new = newest - number < LOCKED_FOR
    title = f"Council spoke of bridge {number}" + (" again" if new and number % 10 == 0 else "")
    return Headline(title, url(number), access=Access.LOCKED if new and number % 10 == 1 else None)


def entries(newest: int, count: int) -> HeadlineList:
    """Return the list of the newest articles."""
    numbers = range(newest, max(newest - count, -1), -1)
    return HeadlineList("Latest", tuple(headline(number, newest) for number in numbers))


def visit(number: int) -> Visit:
    """Return the one look at an article."""
    at = START + timedelta(minutes=number)
    reading = Article(
        "bench",
        url(number),
        f"Council spoke of bridge {number}",
        at,
        body=(Block("It spoke for three hours."),),
        access=Access.OPEN,
        access_declared=Access.OPEN,
    )
    newest = number - number % PER_PAGE
    fetch = Fetch(url(number), at, Outcome.OK, status=200)
    return Visit(fetch, None, reading, (entries(newest, PER_PAGE), STATIC))


def front(newest: int) -> Visit:
    """Return a look at the front page."""
    at = START + timedelta(minutes=newest, seconds=30)
    lists = (entries(newest, PER_FRONT), STATIC)
    return Visit(Fetch(FRONT, at, Outcome.OK, status=200), None, None, lists)


def fill(archive: Archive, articles: int, looks: int) -> None:
    """Write the archive, and print the CPU that each fifth of it took."""
    crawl = archive.start_crawl("bench", FRONT, "news", {})
    every = max(articles // looks, 1)
    before = time.process_time()
    for start in range(0, articles, BATCH):
        numbers = range(start, min(start + BATCH, articles))
        pages = [visit(number) for number in numbers]
        archive.write(crawl, pages + [front(n) for n in numbers if n % every == 0])
        if (start + BATCH) % max(articles // 5, BATCH) == 0:
            now = time.process_time()
            print(f"written {start + BATCH:8} articles, {now - before:6.1f} s CPU")
            before = now


def took(action: Callable[[], object], rounds: int = 3) -> float:
    """Return the least CPU seconds of an action."""
    spent = []
    for _ in range(rounds):
        before = time.process_time()
        action()
        spent.append(time.process_time() - before)
    return min(spent)


def main() -> None:
    """Print the CPU of each question."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    looks = int(sys.argv[2]) if len(sys.argv) > 2 else 5_000
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder) / "news.db", create=True) as archive,
    ):
        archive.db.execute("pragma synchronous = off")
        fill(archive, articles, looks)
        middle = moment(START + timedelta(minutes=articles // 2))
        late = moment(START + timedelta(minutes=articles * 99 // 100))
        for words, action in questions(archive, articles, middle, late).items():
            print(f"{words:60} {took(action) * 1e3:9.1f} ms")


def questions(
    archive: Archive, articles: int, middle: str, late: str
) -> dict[str, Callable[[], object]]:
    """Return what is asked of the archive, as a person at the command line or in SQL asks it."""
    db, one = archive.db, url(articles // 20 * 10 + 1)

    def sql(query: str, *asked: object) -> Callable[[], object]:
        return lambda: db.execute(query, asked).fetchall()

    return {
        "headlines": lambda: list(headline_history(db)),
        "headlines --since, a hundredth of the time": lambda: list(
            headline_history(db, since=late)
        ),
        "headlines --since, all of the time": lambda: list(headline_history(db, since="2026")),
        "headlines --page, front": lambda: list(headline_history(db, page=FRONT)),
        "headlines --page, an article": lambda: list(headline_history(db, page=one)),
        "headlines --page --since --limit 200": lambda: list(
            headline_history(db, page=FRONT, since=middle, limit=200)
        ),
        "headlines --page --at": lambda: shown_at(db, FRONT, middle),
        "headline_titles of an address": sql("select * from headline_titles where url = ?", one),
        "title_changes of an address": sql("select * from title_changes where url = ?", one),
        "lock_changes of an address": sql("select * from lock_changes where url = ?", one),
        "headline_places of an article page": sql(
            "select * from headline_places where page = ?", one
        ),
        "headline_places of the front page": sql(
            "select * from headline_places where page = ?", FRONT
        ),
        "lock_changes, all": sql("select count(*) from lock_changes"),
        "title_changes, all": sql("select count(*) from title_changes"),
        "unarchived_headlines, all": sql("select count(*) from unarchived_headlines"),
    }


if __name__ == "__main__":
    main()
