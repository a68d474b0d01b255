"""The command line. A verb's module is loaded when the verb is called, and not before."""

from importlib import import_module
from typing import Any

import click

VERBS = {
    "demo": ("crawler.demo.verb:demo", "Crawl the built-in sample site and show what came of it."),
    "crawl": ("crawler.crawling:crawl", "Crawl sites, or the sources that are due."),
    "add": ("crawler.adding:add", "Try and remember sources, due at once."),
    "sources": ("archive.cli:sources", "List the sources with their schedule and health."),
    "extract": ("crawler.extracting:extract", "Print what one page says, as JSON."),
    "search": ("archive.search_verb:search", "Search the archive's full text."),
    "headlines": ("archive.headlines_verb:headlines", "Show lists of headlines over time."),
    "edits": ("archive.edits_verb:edits", "List what changed, with its kind and size."),
    "gone": ("archive.gone_verb:gone", "List what vanished, and what is missing."),
    "show": ("archive.show_verb:show", "Show one article with its history, word by word."),
    "serve": ("archive.serve_verb:serve", "Open the archive in Datasette."),
    "export": ("archive.cli:export", "Write the articles to a .jsonl or .csv file."),
    "schedule": ("crawler.schedule:schedule", "Print what lets the system crawl on time."),
    "status": ("archive.cli:status", "Say what is in the archive and what went wrong."),
    "capture": ("crawler.capture:capture", "Store a page and a draft of its truth as a test."),
}


class Verbs(click.Group):
    """A group whose commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the verb's command, imported now."""
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Call the verb; a mistake in its words is told in one sentence, without the usage."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            error.ctx = None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each verb with its line of help, none of them imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(verb, text) for verb, (_, text) in VERBS.items()])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline", prog_name="dateline")
def main() -> None:
    """Find, fetch, read and keep the news of any site, with every later change."""


if __name__ == "__main__":
    main()
