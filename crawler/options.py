"""The options that go with every verb that fetches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from archive.exits import Exit, exits_told, fail
from crawler.errors import CrawlerError

Command = TypeVar("Command", bound=Callable[..., Any])

AGENT = "Dateline/0.1 (news archive; {contact})"
MIN_DELAY = 0.5
"""The least delay for sites that are not the user's own, in seconds."""


@contextmanager
def errors_told() -> Iterator[None]:
    """Leave with the right code and one sentence where fetching or the archive fails."""
    with exits_told():
        try:
            yield
        except CrawlerError as error:
            fail(str(error), Exit.NOTHING)


def fetching(command: Command) -> Command:
    """Add ``--delay``, ``--allow-private`` and ``--contact``; ``fetch_settings`` takes them."""
    for option in (
        click.option(
            "--contact",
            envvar="DATELINE_CONTACT",
            metavar="WHO",
            help="An address or page named to the sites that are asked.",
        ),
        click.option(
            "--allow-private",
            multiple=True,
            metavar="HOST:PORT",
            help="A private address that may be fetched from (repeatable).",
        ),
        click.option(
            "--delay",
            type=click.FloatRange(min=0),
            metavar="S",
            help="Seconds between two requests to a host, in place of the default.",
        ),
    ):
        command = option(command)
    return command


def fetch_settings(
    delay: float | None, allow_private: tuple[str, ...], contact: str | None
) -> dict[str, Any]:
    """Return the settings that the options mean; raises UsageError where they make no sense."""
    for pair in allow_private:
        host, colon, port = pair.rpartition(":")
        if not (host and colon and port.isdigit()):
            raise click.UsageError(f"--allow-private takes HOST:PORT, not {pair}")
    settings: dict[str, Any] = {"ALLOW_PRIVATE": list(allow_private)}
    if delay is not None:
        if delay < MIN_DELAY and not allow_private:
            raise click.UsageError(
                f"--delay below {MIN_DELAY:g} goes with --allow-private only: sites need a rest"
            )
        settings |= {"DOWNLOAD_DELAY": delay, "DELAY_GIVEN": True}
    if contact:
        settings["USER_AGENT"] = AGENT.format(contact=contact)
    return settings


def remind_of_contact(
    contact: str | None = None, allow_private: tuple[str, ...] = (), **_: Any
) -> None:
    """Say in one line that sites are not told how to reach whoever asks, where that is so."""
    if not contact and not allow_private:
        click.echo(
            "no contact is named to the sites that are asked (--contact or DATELINE_CONTACT)",
            err=True,
        )
