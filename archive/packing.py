"""Bodies of pages, packed against earlier ones of the same host.

Pages of one site share most of their markup. Up to three of them, one for each kind of page
that the site turns out to have, are put before a page as the compressor's prefix.
"""

import json
import sqlite3
import sys
from collections import OrderedDict
from dataclasses import dataclass

from archive.errors import ArchiveError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SCHEMA = (
    """
create table prefixes (
    id integer primary key, host text not null, body_ids text not null
) strict""",
    """
create table bodies (
    id integer primary key, sha256 blob not null unique, size integer not null,
    prefix_id integer references prefixes(id), packed blob not null
) strict""",
    "create index prefixes_host on prefixes(host, id)",
)

_INSERT_BODY = "insert into bodies (sha256, size, prefix_id, packed) values (?, ?, ?, ?)"
_INSERT_PREFIX = "insert into prefixes (host, body_ids) values (?, ?)"
_NEWEST_PREFIX = "select id, body_ids from prefixes where host = ? order by id desc limit 1"
_PREFIX = "select body_ids from prefixes where id = ?"
_BODY = "select prefix_id, packed from bodies where id = ?"

_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: 3,
    zstd.CompressionParameter.enable_long_distance_matching: 1,
    zstd.CompressionParameter.checksum_flag: 1,
}
# What is smaller shows too little of a site's markup, what is larger costs each page too much.
_SMALLEST, _LARGEST = 4096, 1 << 20
_MOST_BODIES = 3
# A page that packs no better than this shares little with the prefix: it is of another kind.
_POOR = 0.08
# A site of three kinds is looked at again after so many pages, for it may have been redesigned.
_PATIENCE = 200
# Each may take 3 MiB.
_HELD = 8


@dataclass(slots=True)
class _Prefix:
    """The bodies put before each page of a host."""

    id: int | None
    body_ids: list[int]
    dictionary: zstd.ZstdDict
    uses: int = 0


class Packer:
    """Packs bodies into the page store, and unpacks them, on one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._newest: OrderedDict[str, _Prefix] = OrderedDict()
        self._read: OrderedDict[int, _Prefix] = OrderedDict()

    def forget(self) -> None:
        """Forget the prefixes held, after a transaction that was undone."""
        self._newest.clear()
        self._read.clear()

    def pack(self, host: str, digest: bytes, body: bytes) -> int:
        """Write a body and return its id."""
        prefix = self._newest_prefix(host)
        packed = _packed(body, prefix)
        row = (digest, len(body), prefix.id if prefix else None, packed)
        body_id = int(self._db.execute(_INSERT_BODY, row).lastrowid or 0)
        if _SMALLEST <= len(body) <= _LARGEST:
            self._learn(host, prefix, body_id, body, len(packed))
        return body_id

    def unpack(self, body_id: int) -> bytes:
        """Return a body. Raises ArchiveError where it is missing or damaged."""
        row = self._db.execute(_BODY, (body_id,)).fetchone()
        if row is None:
            raise ArchiveError(f"the stored page {body_id} is missing")
        prefix = None if row[0] is None else self._stored_prefix(row[0])
        dictionary = prefix.dictionary.as_prefix if prefix else None
        try:
            return zstd.decompress(row[1], zstd_dict=dictionary)
        except zstd.ZstdError as error:
            raise ArchiveError(f"the stored page {body_id} is damaged ({error})") from error

    def _newest_prefix(self, host: str) -> _Prefix | None:
        prefix = self._newest.get(host)
        if prefix is None:
            row = self._db.execute(_NEWEST_PREFIX, (host,)).fetchone()
            if row is None:
                return None
            prefix = self._stored_prefix(row[0])
            self._hold(host, prefix)
        self._newest.move_to_end(host)
        prefix.uses += 1
        return prefix

    def _learn(
        self, host: str, prefix: _Prefix | None, body_id: int, body: bytes, packed: int
    ) -> None:
        """Put a body of a new kind among those that later pages are packed against."""
        if prefix is None:
            self._hold(host, self._add_prefix(host, [body_id], body))
        elif packed > _POOR * len(body) and (
            len(prefix.body_ids) < _MOST_BODIES or prefix.uses > _PATIENCE
        ):
            kept = prefix.body_ids[-(_MOST_BODIES - 1) :]
            content = b"".join([*map(self.unpack, kept), body])
            self._hold(host, self._add_prefix(host, [*kept, body_id], content))

    def _add_prefix(self, host: str, body_ids: list[int], content: bytes) -> _Prefix:
        row = (host, json.dumps(body_ids))
        prefix_id = self._db.execute(_INSERT_PREFIX, row).lastrowid
        return _Prefix(prefix_id, body_ids, zstd.ZstdDict(content, is_raw=True))

    def _hold(self, host: str, prefix: _Prefix) -> None:
        self._newest[host] = prefix
        if len(self._newest) > _HELD:
            self._newest.popitem(last=False)

    def _stored_prefix(self, prefix_id: int) -> _Prefix:
        prefix = self._read.pop(prefix_id, None)
        if prefix is None:
            row = self._db.execute(_PREFIX, (prefix_id,)).fetchone()
            if row is None:
                raise ArchiveError(f"the prefix {prefix_id} of stored pages is missing")
            body_ids = json.loads(row[0])
            content = b"".join(map(self.unpack, body_ids))
            prefix = _Prefix(prefix_id, body_ids, zstd.ZstdDict(content, is_raw=True))
        self._read[prefix_id] = prefix
        if len(self._read) > _HELD:
            self._read.popitem(last=False)
        return prefix


def _packed(body: bytes, prefix: _Prefix | None) -> bytes:
    dictionary = prefix.dictionary.as_prefix if prefix else None
    return zstd.compress(body, options=_OPTIONS, zstd_dict=dictionary)
