"""What a person types as an FTS5 expression: any string has one, or means nothing."""

import re

from archive.names import word_keys
from archive.unspaced import pairs_expression, runs

_TOKEN = re.compile(r'-?"[^"]*"?|[^\s"]+')
_WORDS = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_NAME = re.compile(r"^[^\W\d_]+(?:['’ʼ][^\W\d_]+)*$")
_OPERATORS = ("AND", "OR", "NOT")
_SHORTEST_NAME = 3
# Half of all words begin with one of few letters, and each would be looked up.
_SHORTEST_BEGINNING = 2
# FTS5 refuses an expression that is nested too deep.
_MOST_TERMS = 60
_LONGEST_TERM = 200


def match_expression(query: str, *, every_word_a_name: bool = False) -> str:
    """Return what a person typed as an FTS5 expression; "" where there is nothing to find."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for token in _TOKEN.findall(query)[:_MOST_TERMS]:
        if token in _OPERATORS:
            wanted.append(token)
            continue
        term = _term(token.removeprefix("-"), a_name=every_word_a_name)
        if term:
            (unwanted if token.startswith("-") else wanted).append(term)
    expression = _joined(wanted)
    return " NOT ".join([f"({expression})", *unwanted]) if expression else ""


def _joined(parts: list[str]) -> str:
    """Join terms, leaving out operators that stand at an end or beside another."""
    kept: list[str] = []
    for part in parts:
        after_term = bool(kept) and kept[-1] not in _OPERATORS
        if part in _OPERATORS and not after_term:
            continue
        if part not in _OPERATORS and after_term:
            kept.append("AND")
        kept.append(part)
    if kept and kept[-1] in _OPERATORS:
        kept.pop()
    return " ".join(kept)


def _term(token: str, *, a_name: bool) -> str:
    token = token[:_LONGEST_TERM]
    unspaced = [pairs for run in runs(token) if (pairs := pairs_expression(run))]
    if unspaced:
        return "(" + " AND ".join(f"{{names_folded}} : {pairs}" for pairs in unspaced) + ")"
    if not _WORDS.search(token):
        return ""
    if token.startswith('"'):
        return _in_text(_quoted(token))
    if token.endswith("*") and len(token) > _SHORTEST_BEGINNING:
        return _in_text(_quoted(token) + "*")
    return _word(token, a_name=a_name)


def _word(token: str, *, a_name: bool) -> str:
    text = _in_text(_quoted(token))
    name = _NAME.search(token)
    if not name or len(name[0]) < _SHORTEST_NAME or not (a_name or name[0][0].isupper()):
        return text
    keys = " OR ".join(map(_quoted, word_keys(name[0])))
    return f"({text} OR {{names_folded}} : ({keys}))" if keys else text


def _in_text(expression: str) -> str:
    return f"{{title lead body}} : {expression}"


def _quoted(words: str) -> str:
    """Return the words of a token as one FTS5 phrase, which has no character with a meaning."""
    return '"' + " ".join(_WORDS.findall(words)) + '"'
