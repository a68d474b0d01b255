"""The stories of the sample site, read from the text files beside this module.

A file holds fields, an empty line, and paragraphs. ``name.edition2.txt`` replaces
``name.txt`` from the second edition on: that is how a story comes to be edited. The same
name in two languages is the same story.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

LATER = ".edition2"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of one language of the site."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site: where its pages are, and the words printed on them."""

    code: str
    name: str
    home: str
    news: str
    feed: str
    sitemap: str
    about: str
    search: str
    sections: dict[str, Section]
    months: tuple[str, ...]
    when: str
    words: dict[str, str]

    def printed(self, moment: datetime) -> str:
        """Return a time as the site prints it."""
        month = self.months[moment.month - 1]
        clock = moment.strftime("%H:%M")
        return self.when.format(month=month, day=moment.day, year=moment.year, clock=clock)


@dataclass(frozen=True, slots=True)
class Story:
    """An article as one edition of the site has it.

    ``reads`` orders the "most read" list; ``see`` names the story of the same language
    that a box in the text refers to.
    """

    name: str
    language: str
    path: str
    title: str
    section: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime
    modified: datetime | None
    locked: bool
    reads: int
    see: str | None
    paragraphs: tuple[str, ...]

    @property
    def changed(self) -> datetime:
        """When the site says that the story was last touched."""
        return self.modified or self.published

    @property
    def visible(self) -> tuple[str, ...]:
        """The paragraphs that anyone may read: the first one of a locked story."""
        return self.paragraphs[:1] if self.locked else self.paragraphs


@cache
def languages() -> dict[str, Language]:
    """Return the languages of the site by code, the one of the root first."""
    found = json.loads((files(__package__) / "languages.json").read_text(encoding="utf-8"))
    return {code: _language(code, fields) for code, fields in found.items()}


@cache
def template(name: str) -> Template:
    """Return one of the templates, such as "en/shell.html"."""
    path = files(__package__).joinpath("templates", *name.split("/"))
    return Template(path.read_text(encoding="utf-8").strip())


def stories(edition: int) -> tuple[Story, ...]:
    """Return the stories that an edition of the site shows, newest first."""
    shown = (
        _story(code, name, fields, edition)
        for code in languages()
        for name, fields in _latest(code, edition).items()
        if _lives(fields, edition)
    )
    return tuple(sorted(shown, key=lambda story: story.published, reverse=True))


def withdrawn(edition: int) -> frozenset[str]:
    """Return the paths of the stories that earlier editions had and this one has not."""
    return frozenset(
        fields["path"]
        for code in languages()
        for fields in _latest(code, edition).values()
        if int(fields.get("until", edition)) < edition
    )


def _language(code: str, fields: dict[str, Any]) -> Language:
    sections = {key: Section(**value) for key, value in fields.pop("sections").items()}
    months = tuple(fields.pop("months"))
    return Language(code=code, sections=sections, months=months, **fields)


def _latest(code: str, edition: int) -> dict[str, dict[str, str]]:
    found = dict(_files(code))
    later = {name.removesuffix(LATER): found.pop(name) for name in list(found) if LATER in name}
    return found | later if edition > 1 else found


@cache
def _files(code: str) -> tuple[tuple[str, dict[str, str]], ...]:
    return tuple(_read(code))


def _read(code: str) -> Iterator[tuple[str, dict[str, str]]]:
    for path in files(__package__).joinpath("articles", code).iterdir():
        head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        yield path.name.removesuffix(".txt"), {**fields, "text": text.strip()}


def _lives(fields: dict[str, str], edition: int) -> bool:
    return int(fields.get("from", 1)) <= edition <= int(fields.get("until", edition))


def _story(code: str, name: str, fields: dict[str, str], edition: int) -> Story:
    reads = [int(number) for number in fields["reads"].split()]
    modified = fields.get("modified")
    return Story(
        name=name,
        language=code,
        path=fields["path"],
        title=fields["title"],
        section=fields["section"],
        authors=tuple(fields["authors"].split(", ")),
        tags=tuple(fields["tags"].split(", ")),
        published=datetime.fromisoformat(fields["published"]),
        modified=datetime.fromisoformat(modified) if modified else None,
        locked="access" in fields and edition < int(fields.get("opens", edition + 1)),
        reads=reads[min(edition, len(reads)) - 1],
        see=fields.get("see"),
        paragraphs=tuple(fields["text"].split("\n\n")),
    )
