"""Why an address could not be fetched, in one word for tables and one sentence for people."""

from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from archive.items import Outcome

_SENTENCES: tuple[tuple[type[Exception], Outcome, str], ...] = (
    (DownloadTimeoutError, Outcome.TIMEOUT, "the site did not answer in time"),
    (DownloadConnectionRefusedError, Outcome.NETWORK, "the connection was refused"),
    (CannotResolveHostError, Outcome.NETWORK, "the host name is not known"),
    (ResponseDataLossError, Outcome.TRUNCATED, "the answer was cut off"),
    (DownloadCancelledError, Outcome.TOO_LARGE, "the page is larger than 16 MiB"),
)


def failed(error: BaseException | None, url: str) -> tuple[Outcome, str]:
    """Return the outcome and the sentence for an error that a fetch ended with."""
    refused = _refused_address(url)
    if refused and isinstance(error, CannotResolveHostError):
        return Outcome.REFUSED, refused
    for kind, outcome, sentence in _SENTENCES:
        if isinstance(error, kind):
            return outcome, sentence
    if isinstance(error, IgnoreRequest):
        return _ignored(error)
    return Outcome.NETWORK, _network_sentence(error)


def _ignored(error: IgnoreRequest) -> tuple[Outcome, str]:
    reason = str(error)
    outcome = getattr(error, "outcome", None)
    if outcome:
        return outcome, reason
    if "DOWNLOAD_MAXSIZE" in reason:
        return Outcome.TOO_LARGE, "the page is larger than 16 MiB when unpacked"
    if "max redirections" in reason:
        return Outcome.REDIRECT, "the address redirects too often"
    return Outcome.REFUSED, reason


def _network_sentence(error: BaseException | None) -> str:
    text = f"{type(error).__name__} {error}"
    if "certificate" in text.lower() or "SSL" in text:
        return "the site's certificate could not be verified"
    if "ConnectionLost" in text or "ConnectionDone" in text or "ResponseFailed" in text:
        return "the connection was lost"
    return f"the connection failed ({type(error).__name__})"


def _refused_address(url: str) -> str | None:
    """Return the sentence of the resolver that guards private addresses, where it refused."""
    from twisted.internet import reactor

    refused: dict[tuple[str, int], str] = getattr(
        getattr(reactor, "nameResolver", None), "refused", {}
    )
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return refused.get((parts.hostname or "", port))
