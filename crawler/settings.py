"""Scrapy's settings for every crawl: safe, polite and lean.

Each line that differs from Scrapy's default is there for a reason: what opens a port, keeps
state outside the archive, reaches private addresses or costs time on every page is off.
"""

import os
from typing import Any

from crawler.policy import DEFAULT_DELAY, MAX_URL_LENGTH

BOT_NAME = "dateline"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# Where what is fetched is kept, and what a person is told of it: a line that moves while the
# crawl runs, and one sentence at its end.
ARCHIVE = os.environ.get("DATELINE_DB", "dateline.db")
PROGRESS = True
CLOSING_SENTENCE = True
# For so many days an article is looked for in vain before it counts as gone.
GONE_AFTER = 14

# Who asks.
USER_AGENT = "Dateline/0.1 (news archive)"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
}

# How fast: one connection to a host, and a rest after each answer.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = DEFAULT_DELAY
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = False
ROBOTSTXT_OBEY = True

# The part of the articles that a run looks at again without being told of a change.
ROTATION = 0.05

# How much, and how long.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_FAIL_ON_DATALOSS = False
REDIRECT_MAX_TIMES = 10
REFERRER_POLICY = "no-referrer"
RETRY_TIMES = 2
# A host that was silent for the whole time is asked again by the next run.
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.DownloadFailedError",
    "twisted.internet.error.ConnectionDone",
    "twisted.internet.error.ConnectionLost",
]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
URLLENGTH_LIMIT = MAX_URL_LENGTH

# Where to: http and https, certificates verified, private addresses refused.
DOWNLOAD_HANDLERS: dict[str, Any] = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOAD_VERIFY_CERTIFICATES = True
TWISTED_DNS_RESOLVER = "crawler.resolver.GuardedResolver"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
ALLOW_PRIVATE: list[str] = []

# No port is opened, no state is kept outside the archive.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
HTTPCACHE_ENABLED = False
JOBDIR = None

# One item at a time: a hundred workers for each response cost more than the download.
CONCURRENT_ITEMS = 1
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
DOWNLOADER_STATS = False
STATS_DUMP = False
WARN_ON_GENERATOR_RETURN_VALUE = False
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "crawler.progress.QuietFormatter"

ITEM_PIPELINES = {"crawler.pipelines.ArchivePipeline": 100}
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.AddressMiddleware": 50,
    "crawler.middlewares.RobotsMiddleware": 100,
    "crawler.middlewares.ReservationMiddleware": 110,
    "crawler.middlewares.RetryMiddleware": 550,
    "crawler.middlewares.CompletenessMiddleware": 595,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    "crawler.politeness.Politeness": 0,
    "crawler.progress.Progress": 0,
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.memdebug.MemoryDebugger": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
}
