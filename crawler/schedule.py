"""What lets the system crawl on time: a line for cron that calls ``dateline crawl --due``."""

import shlex
import sys
from pathlib import Path

import click

from archive.cli import db_option

CRON = """\
# Crawl every source whose time has come. A source is never crawled twice at once,
# so that a run may still be going when the next one starts.
*/10 * * * * {command}
"""


@click.command()
@click.option(
    "--print",
    "kind",
    type=click.Choice(["cron"]),
    required=True,
    help="The form in which to print the schedule.",
)
@db_option
def schedule(kind: str, db: Path) -> None:
    """Print, to stdout, what lets the system crawl the sources when they are due."""
    words = [*_program(), "crawl", "--due", "--db", str(db.resolve())]
    # A percent sign means a new line to cron.
    command = " ".join(shlex.quote(word) for word in words).replace("%", r"\%")
    click.echo(CRON.format(command=command), nl=False)


def _program() -> list[str]:
    """Return the words that call Dateline from any folder, as it was called now."""
    program = Path(sys.argv[0]).absolute()
    if program.suffix == ".py":
        return [sys.executable, "-m", "crawler.cli"]
    return [str(program)]
