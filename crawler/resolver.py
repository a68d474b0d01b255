"""The one place where a connection to a private address is refused.

Twisted asks the resolver for every connection, for IP literals in any spelling too, and
connects to the addresses that it hands on. So names that point inside, literals, redirects
and names that change their address ("rebinding") all end here.
"""

from collections.abc import Collection, Sequence
from typing import Any

from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer

from crawler.policy import may_connect


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):
    """A resolver that hands on no private address but those that the user named."""

    def __init__(self, reactor: Any, cache_size: int, allowed: Collection[str] = ()) -> None:
        super().__init__(reactor, cache_size)
        self.allowed = frozenset(pair.lower() for pair in allowed)
        self.refused: dict[tuple[str, int], str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> "GuardedResolver":
        """Return the resolver for ``scrapy crawl``, which installs what its settings name."""
        settings = crawler.settings
        return cls(reactor, settings.getint("DNSCACHE_SIZE"), settings.getlist("ALLOW_PRIVATE"))

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve the name, and keep from the receiver what must not be connected to."""
        guard: Any = _Guard(self, resolutionReceiver, hostName, portNumber)
        return super().resolveHostName(
            guard, hostName, portNumber, addressTypes, transportSemantics
        )


@implementer(IResolutionReceiver)
class _Guard:
    """Stands between the resolver and whoever wants to connect."""

    def __init__(self, resolver: GuardedResolver, receiver: Any, host: str, port: int) -> None:
        self._resolver = resolver
        self._receiver = receiver
        self._host = host
        self._port = port

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        resolver = self._resolver
        if may_connect(self._host, self._port, address.host, resolver.allowed):
            self._receiver.addressResolved(address)
        else:
            resolver.refused[self._host, self._port] = (
                f"{self._host}:{self._port} is the private address {address.host}"
                f" (allow it with --allow-private {self._host}:{self._port})"
            )

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
