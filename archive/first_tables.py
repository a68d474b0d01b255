"""The tables and views of the first version; what was changed since is in ``schema.py``."""

SOURCES_AND_CRAWLS = (
    """
create table sources (
    id integer primary key, name text not null unique, url text, spider text, settings text,
    added_at text not null, interval_s integer not null default 3600, next_due text,
    owner text, lease_until text, last_crawl_at text, last_outcome text, last_reason text,
    failures_in_a_row integer not null default 0
) strict""",
    """
create table crawls (
    id integer primary key, source_id integer not null references sources(id),
    spider text not null, url text, settings text, owner text,
    started_at text not null, finished_at text, outcome text,
    new integer not null default 0, edited integer not null default 0,
    unchanged integer not null default 0, gone integer not null default 0,
    locked integer not null default 0, refused integer not null default 0,
    failed integer not null default 0, missing integer not null default 0
) strict""",
    """
create table frontier (
    source_id integer not null references sources(id), url text not null, kind text not null,
    found_at text not null, found_on text, priority integer not null default 0,
    primary key (source_id, url)
) strict, without rowid""",
    "create index sources_due on sources(next_due)",
    "create index crawls_source on crawls(source_id, started_at)",
)

ARTICLES = (
    """
create table articles (
    id integer primary key, source_id integer not null references sources(id),
    url text not null unique, title text not null, lead text, body text, body_kinds text,
    dateline text, dateline_place text, dateline_agency text, dateline_date text,
    published text, published_text text, published_day text, modified text, modified_text text,
    language text, access text check (access in ('open', 'locked')), access_declared text,
    state text not null default 'present'
        check (state in ('present', 'missing', 'gone', 'back', 'blocked', 'error')),
    gone_at text, first_seen text not null, last_seen text not null,
    revision_count integer not null default 1, authors text, sections text, tags text,
    images text, alternates text, provenance text,
    digest blob not null, names_folded text
) strict""",
    """
create table article_urls (
    url text primary key, article_id integer not null references articles(id)
) strict, without rowid""",
    """
create table fetches (
    id integer primary key, crawl_id integer not null references crawls(id),
    url text not null, final_url text, fetched_at text not null, outcome text not null,
    reason text, status integer, bytes integer, elapsed real, etag text, last_modified text,
    page_sha256 blob, article_id integer references articles(id), digest blob
) strict""",
    """
create table versions (
    id integer primary key, article_id integer not null references articles(id),
    fetch_id integer references fetches(id), first_seen text not null, last_seen text,
    title text, lead text, body text, authors text, published text, modified text,
    access text, digest blob, unique (article_id, first_seen)
) strict""",
    "create table authors (id integer primary key, name text not null unique) strict",
    "create table sections (id integer primary key, name text not null unique) strict",
    """
create table article_authors (
    article_id integer not null references articles(id),
    author_id integer not null references authors(id), position integer not null,
    primary key (article_id, author_id)
) strict, without rowid""",
    """
create table article_sections (
    article_id integer not null references articles(id),
    section_id integer not null references sections(id), position integer not null,
    primary key (article_id, section_id)
) strict, without rowid""",
    "create index articles_source_published on articles(source_id, published)",
    "create index articles_published on articles(published)",
    "create index articles_language on articles(language)",
    "create index articles_access on articles(source_id, access)",
    "create index articles_unindexed on articles(id) where names_folded is null",
    "create index articles_edited on articles(source_id) where revision_count > 1",
    "create index articles_not_present on articles(source_id, state) where state <> 'present'",
    "create index article_urls_article on article_urls(article_id)",
    "create unique index fetches_url on fetches(url, fetched_at)",
    "create index fetches_crawl on fetches(crawl_id)",
    # Not with "not in", which makes SQLite build the list anew for every row.
    """
create index fetches_failed on fetches(crawl_id, outcome)
where outcome <> 'ok' and outcome <> 'unchanged' and outcome <> 'redirect'""",
    "create index fetches_article on fetches(article_id, fetched_at)",
    "create index article_authors_author on article_authors(author_id)",
    "create index article_sections_section on article_sections(section_id)",
)

HEADLINES = (
    """
create table headlines (
    id integer primary key, url text, title text, sections text, access text,
    article_id integer references articles(id)
) strict""",
    """
create table headline_lists (
    id integer primary key, name text, length integer not null, digest blob not null unique
) strict""",
    """
create table headline_list_items (
    list_id integer not null references headline_lists(id), position integer not null,
    headline_id integer not null references headlines(id), published text,
    primary key (list_id, position)
) strict, without rowid""",
    """
create table headline_sightings (
    fetch_id integer not null references fetches(id),
    list_id integer not null references headline_lists(id), position integer not null,
    primary key (fetch_id, list_id)
) strict, without rowid""",
    "create index headlines_url on headlines(url) where url is not null",
    "create index headlines_without_url on headlines(title) where url is null",
    "create index headlines_article on headlines(article_id)",
    "create index headline_list_items_headline on headline_list_items(headline_id)",
    "create index headline_sightings_list on headline_sightings(list_id)",
)

SEARCH = (
    """
create virtual table articles_fts using fts5(
    title, body, names_folded, content="articles", content_rowid="id",
    tokenize='unicode61 remove_diacritics 2'
)""",
)

VIEWS = (
    """
create view revisions as
select v.id, v.article_id, a.url, v.first_seen, a.last_seen, a.title, a.lead, a.body, a.authors,
    a.published, a.modified, a.access, v.fetch_id
from versions v join articles a on a.id = v.article_id where v.last_seen is null
union all
select v.id, v.article_id, a.url, v.first_seen, v.last_seen, v.title, v.lead, v.body, v.authors,
    v.published, v.modified, v.access, v.fetch_id
from versions v join articles a on a.id = v.article_id where v.last_seen is not null""",
    """
create view edits as
select n.article_id, n.url, s.name as source, o.last_seen as not_before, n.first_seen as seen_at,
    o.title as old_title, n.title as title, o.access as old_access, n.access as access,
    o.id as old_revision_id, n.id as revision_id
from revisions n
join versions o on o.article_id = n.article_id and o.first_seen = (
    select max(first_seen) from versions where article_id = n.article_id
    and first_seen < n.first_seen)
join articles a on a.id = n.article_id
join sources s on s.id = a.source_id""",
    """
create view latest_articles as
select a.id, s.name as source, a.title, a.published, a.access, a.state, a.url,
    substr(a.body, 1, 300) as beginning
from articles a join sources s on s.id = a.source_id
order by a.published desc""",
    """
create view related_headlines as
select f.fetched_at, f.url as page, l.name as list, s.position as list_position, i.position,
    h.title, h.sections, h.access, i.published, h.url, h.article_id
from headline_sightings s
join fetches f on f.id = s.fetch_id
join headline_lists l on l.id = s.list_id
join headline_list_items i on i.list_id = s.list_id
join headlines h on h.id = i.headline_id""",
    """
create view gone_articles as
select a.id, s.name as source, a.title, a.state, a.last_seen, a.gone_at, a.url
from articles a join sources s on s.id = a.source_id
where a.state in ('missing', 'gone')""",
    """
create view failures as
select f.fetched_at, s.name as source, f.url, f.outcome, f.status, f.reason
from fetches f join crawls c on c.id = f.crawl_id join sources s on s.id = c.source_id
where f.outcome <> 'ok' and f.outcome <> 'unchanged' and f.outcome <> 'redirect'""",
)

FIRST_TABLES = (*SOURCES_AND_CRAWLS, *ARTICLES, *HEADLINES, *SEARCH, *VIEWS)
