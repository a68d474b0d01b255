"""How tables and columns are described, and what is said of many of them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view: what one row is, what its columns hold, and what names a row."""

    row: str
    columns: Mapping[str, str]
    label: str | None = None
    hidden: bool = False


ID = "Number of the row."
ARTICLE = "The article; see articles."
SOURCE = "Name of the source."
ACCESS = "open or locked: whether the text is there to be read; null if it cannot be told."
URL = "Address of the article."
CHANGED_BY = "... and before this, when the new text was first seen."
KINDS = (
    "What kinds of change there are, the most telling first: access, headline, removal, quote, "
    "name, number, date, rewrite, addition, wording, typo, moved, lead, authors, time."
)
REMOVED = "How many words of headline, lead and text were taken out."
ADDED = "How many words were put in."
PUBLISHED = "When it was published, as the page says, in UTC; null if it does not say."
FIRST = "When this text was first seen."
KEY = "A number that addresses which differ in form alone, such as http and https, have in common."
LEADS_TO = "The archived article that it leads to; see articles."
SEEN_ON = "Address of the page where it was seen."
