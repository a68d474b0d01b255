"""Templates, and how times, addresses and languages are written into them."""

import re
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from archive.times import parse
from archive.web.asking import Answer, Asked

STYLE = files(__package__).joinpath("static", "style.css").read_text(encoding="utf-8")
ICON = files(__package__).joinpath("static", "icon.svg").read_text(encoding="utf-8")
_STAMP = sha256((STYLE + ICON).encode()).hexdigest()[:12]
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def page(asked: Asked, template: str, *, status: int = 200, **context: Any) -> Answer:
    """Return a page made from a template; everything put into it is escaped."""
    made = _environment().get_template(template).render(asked=asked, **context)
    return Answer(made, status=status)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("archive.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "address": web_address,
        "day": day,
        "time": time,
        "until": until,
        "between": between,
        "language": language,
        "host": host,
        "number": number,
    }
    environment.globals["stamp"] = _STAMP
    return environment


def web_address(url: str | None) -> str | None:
    """Return an address that may be followed: http or https; None of any other.

    >>> web_address("javascript:alert(1)") is None
    True
    """
    if url is None or any(sign <= " " for sign in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def host(url: str | None) -> str:
    """Return the host of an address as a reader names it.

    >>> host("https://www.example.org/a")
    'example.org'
    """
    try:
        return urlsplit(url or "").netloc.removeprefix("www.")
    except ValueError:
        return ""


def time(text: str | None) -> Markup:
    """Return a time of the archive for a reader, in UTC; nothing for None.

    >>> str(time("2025-08-13T06:00:00Z"))
    '<time datetime="2025-08-13T06:00:00Z">13 August 2025, 06:00 UTC</time>'
    """
    return _marked(text, "{0.day} {0:%B} {0.year}, {0:%H:%M} UTC")


def day(text: str | None) -> Markup:
    """Return the day of a time for a reader; nothing for None."""
    return _marked(text, "{0.day} {0:%B} {0.year}")


def until(first: str | None, last: str | None) -> Markup:
    """Return from when to when, with a day that is the same said once.

    >>> until("2025-08-13T06:00:00Z", "2025-08-13T07:30:00Z").striptags()
    '13 August 2025, 06:00 to 07:30 UTC'
    """
    return _both(first, last, Markup("{} to {}"), Markup("{}"))


def between(first: str | None, last: str | None) -> Markup:
    """Return between which times, or at which where the minute is the same.

    >>> between("2025-08-13T06:00:00Z", "2025-08-14T07:30:00Z").striptags()
    'between 13 August 2025, 06:00 UTC and 14 August 2025, 07:30 UTC'
    """
    return _both(first, last, Markup("between {} and {}"), Markup("at {}"))


def _both(first: str | None, last: str | None, form: Markup, same: Markup) -> Markup:
    if not first or not last or first[:16] == last[:16]:
        return same.format(time(first or last))
    if first[:10] == last[:10]:
        return form.format(
            _marked(first, "{0.day} {0:%B} {0.year}, {0:%H:%M}"), _marked(last, "{0:%H:%M} UTC")
        )
    return form.format(time(first), time(last))


def _marked(text: str | None, form: str) -> Markup:
    if not text:
        return Markup("")
    try:
        shown = form.format(_moment(text))
    except ValueError:
        return Markup("{}").format(text)
    return Markup('<time datetime="{}">{}</time>').format(text, shown)


def _moment(text: str) -> datetime:
    return parse(text)


def language(tag: str | None) -> str:
    """Return a language tag for an attribute, "" where it is unknown or none.

    >>> language("be-Latn"), language("be' onclick")
    ('be-Latn', '')
    """
    return tag if tag and _LANGUAGE.fullmatch(tag) else ""


def number(count: int) -> str:
    """Return a count with its thousands set apart.

    >>> number(1234567)
    '1,234,567'
    """
    return f"{count:,}"
