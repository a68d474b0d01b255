"""What the documentation says is there, and what is there is in it."""

import re
from pathlib import Path

import click
import pytest

from archive.exits import Exit
from archive.items import Outcome
from crawler import settings
from crawler.cli import VERBS, main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
FETCHING = {"--delay", "--allow-private", "--contact"}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    assert found, f"no heading {heading}"
    return found[1]


def options(verb: str) -> set[str]:
    """Return the long options of a verb."""
    command = main.get_command(click.Context(main), verb)
    assert command is not None
    params = [one for one in command.params if isinstance(one, click.Option)]
    return {name for one in params for name in one.opts if name.startswith("--")}


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_command_is_documented_and_no_other(verb: str) -> None:
    table = "\n".join(
        line for line in section(text("docs/commands.md"), verb).splitlines() if line[:1] == "|"
    )
    documented = set(re.findall(r"`(--[a-z-]+)", table.replace("with `--why`", "")))
    if verb == "extract":
        documented |= {"--why"}
    assert documented == options(verb) - {"--help"}


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_is_in_the_readme_and_has_help(verb: str) -> None:
    assert f"`{verb}" in section(text("README.md"), "Commands")
    command = main.get_command(click.Context(main), verb)
    assert command is not None
    assert command.help
    assert all(one.help for one in command.params if isinstance(one, click.Option))


def test_the_options_of_fetching_are_explained() -> None:
    part = section(text("docs/commands.md"), "Options of the verbs that fetch")
    assert set(re.findall(r"^\| `(--[a-z-]+)", part, re.M)) == FETCHING


def test_every_exit_code_that_is_used_is_documented() -> None:
    part = section(text("docs/commands.md"), "Exit codes")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", part, re.M)}
    assert documented == {code.value for code in Exit} - {Exit.VERIFICATION}


def test_every_setting_is_documented_with_its_value() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", text("docs/settings.md"), re.M))
    environment = {name for name in rows if name.startswith("DATELINE_")}
    shipped = {name for name in vars(settings) if name.isupper()} - {"DEFAULT_DELAY"}
    assert set(rows) - environment == shipped - {"MAX_URL_LENGTH"}
    for name, shown in rows.items():
        if shown.startswith("`") and name not in environment and name != "ARCHIVE":
            assert shown == f"`{getattr(settings, name)!r}`".replace("'", '"'), name


def test_every_environment_variable_is_documented() -> None:
    used = {
        name
        for folder in ("archive", "crawler", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"\"(DATELINE_[A-Z_]+)\"", path.read_text(encoding="utf-8"))
    }
    for name in used:
        assert f"| `{name}` |" in text("docs/settings.md")


def test_every_outcome_of_a_fetch_is_documented() -> None:
    part = section(text("docs/crawling.md"), "What is in `fetches`")
    first = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`([a-z0-9_]+)`", " ".join(first))) == {one.value for one in Outcome}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name) if name else page
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(found), target


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}


def test_every_page_is_in_the_index() -> None:
    index = text("docs/README.md")
    assert all(f"({page.name})" in index for page in DOCS.glob("*.md") if page.name != "README.md")


def test_the_commands_of_the_readme_are_those_of_the_makefile() -> None:
    named = re.findall(r"^    make (\S+)$", text("README.md"), re.M)
    assert named == ["demo", "test"]
    assert all(re.search(rf"^{target}:", text("Makefile"), re.M) for target in named)
    assert "make test" in text(".ci/run")


def test_every_verb_in_an_example_is_one() -> None:
    for page in PAGES:
        for verb in re.findall(r"^    dateline ([a-z-]+)", page.read_text(encoding="utf-8"), re.M):
            assert verb in VERBS, page.name
