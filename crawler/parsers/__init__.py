"""How a site's pages are read; the parser of an address is found by its domain."""

import pkgutil
from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

from crawler.parsers.base import ArticleParser
from crawler.parsers.generic import GenericParser


def parser_for(url: str) -> ArticleParser:
    """Return the parser whose domains hold the address, or the one for any site."""
    known = parsers()
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        labels = []
    domains = (".".join(labels[start:]) for start in range(len(labels)))
    return next((known[domain] for domain in domains if domain in known), _generic())


@cache
def parsers() -> dict[str, ArticleParser]:
    """Return every parser of this package by domain; raises ValueError if two claim one."""
    found: dict[str, ArticleParser] = {}
    for module in pkgutil.iter_modules(__path__):
        for parser in vars(import_module(f"{__name__}.{module.name}")).values():
            if _belongs(parser, f"{__name__}.{module.name}"):
                _register(found, parser())
    return found


def _belongs(value: object, module: str) -> bool:
    return (
        isinstance(value, type) and issubclass(value, ArticleParser) and value.__module__ == module
    )


def _register(found: dict[str, ArticleParser], parser: ArticleParser) -> None:
    for domain in parser.domains:
        if domain in found:
            raise ValueError(
                f"{domain} is claimed by {type(found[domain]).__name__} and {type(parser).__name__}"
            )
        found[domain] = parser


@cache
def _generic() -> ArticleParser:
    return GenericParser()
