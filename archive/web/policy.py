"""What browsers are told with every answer: nothing but this server's own is loaded or run."""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Any, Send], Awaitable[None]]

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
_SWITCHES = re.compile(r"\{\{ datasette_allow_facet \}\}")
OURS = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""The policy of the pages made here: they have no script at all."""
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
_POLICY = b"content-security-policy"


@cache
def of_datasette() -> str:
    """Return the policy of Datasette's own pages: scripts only as Datasette itself ships them.

    Its styles stand in attributes, with colours worked out for each page, and cannot be named.
    """
    scripts = " ".join(sorted(f"'sha256-{one}'" for one in _shipped_scripts()))
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def _shipped_scripts() -> set[str]:
    """Return the digests of the scripts in Datasette's templates that are always the same."""
    scripts: set[str] = set()
    for template in files("datasette").joinpath("templates").iterdir():
        if template.name.endswith(".html"):
            for script in _SCRIPT.findall(template.read_text(encoding="utf-8")):
                scripts |= {_SWITCHES.sub(value, script) for value in ("true", "false")}
    fixed = (one for one in scripts if "{{" not in one and "{%" not in one)
    return {b64encode(sha256(one.encode()).digest()).decode() for one in fixed}


def with_headers(app: App) -> App:
    """Return the application with these headers on each of its answers."""

    async def answer(scope: Message, receive: Any, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _completed(message.get("headers", []))}
            await send(message)

        await app(scope, receive, send_with_headers)

    return answer


def _completed(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    kept = [(name.lower(), value) for name, value in headers]
    known = {name for name, _ in kept}
    added = [(name, value) for name, value in _HEADERS if name not in known]
    if _POLICY not in known:
        added.append((_POLICY, of_datasette().encode()))
    return kept + added
