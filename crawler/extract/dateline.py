"""The opening of a news report: its place, day and agency."""

from datetime import date

from archive.items import Dateline


def extract_dateline(
    paragraph: str, *, published: date | None, fetched: date, agencies: tuple[str, ...] = ()
) -> Dateline | None:
    """Return the dateline that opens the paragraph, or None where it opens with none."""
    return None
