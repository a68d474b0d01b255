"""The tables of the archive, as a list of changes that is only ever added to."""

from sqlite_utils import Database, Migrations

from archive.address_forms import address_key, form_key
from archive.edits import VIEW as EDITS
from archive.edits import measure
from archive.first_tables import FIRST_TABLES
from archive.headline_views import DROP_VIEWS
from archive.headline_views import VIEWS as HEADLINE_VIEWS
from archive.rows import columns_digest
from archive.states import FAILED_LOOKS

migrations = Migrations("dateline")

LEADS = (
    """
create table leads (
    id integer primary key, source_id integer not null references sources(id), url text not null,
    kind text not null, found_on text, added_at text not null, looked_at text, tried_at text,
    changed_at text, told text, links integer, newest text, new_articles integer not null default 0,
    earned_at text, failures_in_a_row integer not null default 0, reason text, ended_at text,
    moved_right integer not null default 0, moved_wrong integer not null default 0,
    vanished_right integer not null default 0, vanished_wrong integer not null default 0,
    etag text, last_modified text, digest blob, unique (source_id, url)
) strict""",
    """
create table announcements (
    lead_id integer not null references leads(id), url text not null, first_seen text not null,
    last_seen text, ended_at text, changed_at text, title text, authors text, sections text,
    language text, published text, updated text, primary key (lead_id, url, first_seen)
) strict, without rowid""",
    "create index announcements_url on announcements(url)",
    "create index announcements_changed on announcements(lead_id) where changed_at is not null",
    "create index announcements_ended on announcements(lead_id) where ended_at is not null",
    "create index articles_looked on articles(source_id, last_seen, first_seen)",
    """
create view announced as
select s.name as source, l.kind, l.url as listed_in, n.url, n.title, n.published, n.updated,
    n.authors, n.sections, n.language, n.first_seen,
    coalesce(n.last_seen, l.looked_at) as last_seen, u.article_id
from announcements n
join leads l on l.id = n.lead_id
join sources s on s.id = l.source_id
left join article_urls u on u.url = n.url
where l.kind <> 'sitemap_index'""",
    "drop view failures",
    """
create view failures as
select f.fetched_at, s.name as source, f.url, f.outcome, f.status, f.reason
from fetches f join crawls c on c.id = f.crawl_id join sources s on s.id = c.source_id
where f.outcome <> 'ok' and f.outcome <> 'unchanged' and f.outcome <> 'redirect'
    and (f.reason is null or f.reason not like 'a guess: %')""",
)


@migrations()
def create_archive(db: Database) -> None:
    """Create every table, index and view of the first version."""
    for statement in FIRST_TABLES:
        db.execute(statement)


WITNESSES = (
    "alter table fetches add column access_declared text",
    # Of earlier looks only those are known that began the current text.
    """
update fetches set access_declared = (
    select a.access_declared from versions v join articles a on a.id = v.article_id
    where v.fetch_id = fetches.id and v.last_seen is null)
where id in (select fetch_id from versions where last_seen is null)""",
    """
update fetches set access_declared = (
    select p.access_declared from fetches p where p.url = fetches.url
    and p.fetched_at < fetches.fetched_at and p.outcome = 'ok'
    order by p.fetched_at desc limit 1)
where outcome = 'unchanged'""",
    """
insert or ignore into headline_sightings (fetch_id, list_id, position)
select f.id, s.list_id, s.position from fetches f
join headline_sightings s on s.fetch_id = (
    select id from fetches where url = f.url and fetched_at < f.fetched_at and outcome = 'ok'
    order by fetched_at desc limit 1)
where f.outcome = 'unchanged'""",
    "alter table headline_lists add column first_seen text",
    "alter table headline_lists add column last_seen text",
    """
update headline_lists set (first_seen, last_seen) = (
    select min(f.fetched_at), max(f.fetched_at) from headline_sightings s
    join fetches f on f.id = s.fetch_id where s.list_id = headline_lists.id)""",
    "create index fetches_time on fetches(fetched_at)",
)

ADDRESS_KEYS = (
    "alter table headlines add column key integer",
    """
create table address_keys (
    key integer primary key, article_id integer not null references articles(id)
) strict""",
    "update headlines set key = address_key(url) where url is not null",
    """
insert or ignore into address_keys (key, article_id)
select address_key(url), article_id from article_urls order by article_id""",
    "create index address_keys_article on address_keys(article_id)",
    "create index headlines_key on headlines(key) where key is not null",
    """
update headlines set article_id = (
    select k.article_id from address_keys k where k.key = headlines.key)
where article_id is null and key is not null""",
)


@migrations()
def tell_witnesses_apart(db: Database) -> None:
    """Keep what each look declared of access, and since when and until when each list was seen."""
    # Archives made before have some of the views, with fewer columns.
    for statement in (*WITNESSES, *DROP_VIEWS, *HEADLINE_VIEWS):
        db.execute(statement)


@migrations()
def link_addresses_alike(db: Database) -> None:
    """Link headlines to articles also where their addresses differ in form alone."""
    db.conn.create_function("address_key", 1, address_key, deterministic=True)
    for statement in ADDRESS_KEYS:
        db.execute(statement)


FOLLOWING = (
    """
create table changes (
    revision_id integer primary key references versions(id) on delete cascade,
    article_id integer not null references articles(id),
    old_revision_id integer not null references versions(id) on delete cascade,
    seen_at text not null, kinds text not null,
    removed integer not null, added integer not null
) strict""",
    """
create table disappearances (
    article_id integer not null references articles(id), last_seen text not null,
    first_missed text not null, gone_at text not null,
    primary key (article_id, last_seen)
) strict, without rowid""",
    "create index changes_seen on changes(seen_at)",
    "create index changes_article on changes(article_id)",
    "create index changes_old on changes(old_revision_id)",
    "alter table fetches add column signals text",
    "alter table article_urls add column form text",
    "create index article_urls_form on article_urls(form)",
    "drop view edits",
    "drop view gone_articles",
    EDITS,
    FAILED_LOOKS,
    """
create view gone_articles as
select a.id, s.name as source, a.title, a.state, a.last_seen,
    (select min(fetched_at) from failed_looks l where l.article_id = a.id
        and l.fetched_at > a.last_seen and l.state = 'missing') as first_missed,
    a.gone_at, a.url
from articles a join sources s on s.id = a.source_id
where a.state in ('missing', 'gone')""",
    """
insert into disappearances (article_id, last_seen, first_missed, gone_at)
select id, last_seen, first_missed, gone_at from gone_articles
where gone_at is not null and first_missed is not null""",
)
_TEXTS = """
select id, article_id, title, lead, body, authors, published, modified, access, digest
from versions where last_seen is not null
union all
select null, id, title, lead, body, authors, published, modified, access, digest from articles"""


@migrations()
def follow_changes(db: Database) -> None:
    """Keep what each edit changed, disappearances, forms of addresses, and what pages ask for."""
    for statement in FOLLOWING:
        db.execute(statement)
    db.conn.create_function("form_key", 1, form_key, deterministic=True)
    db.execute("update article_urls set form = form_key(url)")
    _digest_again(db)
    edited = db.execute("select id from articles where revision_count > 1").fetchall()
    for (article_id,) in [tuple(row) for row in edited]:
        measure(db.conn, article_id)


def _digest_again(db: Database) -> None:
    """Give every text the digest of today, so that none counts as changed for the old one."""
    for row in db.execute(_TEXTS).fetchall():
        version_id, article_id, *columns, old = row
        names = ("title", "lead", "body", "authors", "published", "modified", "access")
        new = columns_digest(dict(zip(names, columns, strict=True)))
        table, key = ("versions", version_id) if version_id else ("articles", article_id)
        db.execute(f"update {table} set digest = ? where id = ?", (new, key))  # noqa: S608
        db.execute(
            "update fetches set digest = ? where article_id = ? and digest = ?",
            (new, article_id, old),
        )


@migrations()
def remember_leads(db: Database) -> None:
    """Remember where articles are found, and what feeds and sitemaps say of them."""
    for statement in LEADS:
        db.execute(statement)


ORDERED_INDEX = (
    "drop table articles_fts",
    "drop index articles_unindexed",
    "alter table articles add column labels text",
    "alter table articles add column position integer",
    "alter table articles add column indexed_as integer",
    "update articles set names_folded = null",
    # Here a row of the index is found, and all that is counted of those found.
    """
create index articles_position on articles(position, source_id, language, access)""",
    """
create index articles_to_index on articles(id)
where names_folded is null or indexed_as <> (revision_count > 1) + 2 * (state = 'gone')""",
    # Counts of all articles and the list of those that vanished are read from these.
    "create index articles_state on articles(state)",
    "create index articles_all_access on articles(access)",
    """
create view searched_texts as
select position, title, lead, body, names_folded, labels from articles
where position is not null and names_folded is not null""",
    """
create virtual table articles_fts using fts5(
    title, lead, body, names_folded, labels,
    content="searched_texts", content_rowid="position",
    tokenize='unicode61 remove_diacritics 2'
)""",
)


@migrations()
def order_the_index_by_time(db: Database) -> None:
    """Index articles in the order of time, with leads and labels; the index is made anew."""
    for statement in ORDERED_INDEX:
        db.execute(statement)


DAYS = (
    "create index articles_day on articles(published_day, source_id)",
    """
create index articles_vanished on articles(last_seen) where state in ('missing', 'gone')""",
)


@migrations()
def index_days(db: Database) -> None:
    """Let articles be counted by day and source, and those that vanished be listed."""
    for statement in DAYS:
        db.execute(statement)


KEYS_ANEW = (
    "insert into articles_fts (articles_fts) values ('delete-all')",
    "update articles set names_folded = null where names_folded is not null",
)


@migrations()
def key_names_anew(db: Database) -> None:
    """Index every article anew, for names have other keys than before."""
    for statement in KEYS_ANEW:
        db.execute(statement)
