"""What is installed with Dateline is what it imports, and nothing else."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = {"archive", "crawler", "spiders", "tests", "bench"}
NOT_IMPORTED = {"tzdata", "backports-zstd"}
"""Time zones where the system has none; zstd, which Python 3.14 brings itself."""


def test_the_core_needs_what_it_imports_and_no_more() -> None:
    imported = imports("archive", "crawler", "spiders", but="archive/web")
    declared = names(PROJECT["dependencies"])
    assert imported == declared - NOT_IMPORTED


def test_the_extra_web_has_what_the_server_imports() -> None:
    extra = names(PROJECT["optional-dependencies"]["web"])
    assert imports("archive/web") - names(PROJECT["dependencies"]) == extra


def test_no_private_part_of_a_dependency_is_imported() -> None:
    private = [
        (path.name, module)
        for path in python_files("archive", "crawler", "spiders")
        for module in modules(path)
        if module.partition(".")[0] not in OWN and "._" in f".{module}".replace(".__", "")
    ]
    assert private == []


def imports(*folders: str, but: str = "") -> set[str]:
    """Return the distributions that the modules in folders import."""
    distributions = packages_distributions()
    tops = {
        module.partition(".")[0]
        for path in python_files(*folders)
        if not but or not path.is_relative_to(ROOT / but)
        for module in modules(path)
    }
    outside = tops - OWN - set(sys.stdlib_module_names) - {"backports", "compression"}
    # A name that several distributions share, such as zope, is taken by the most specific one.
    return {
        normal(min(distributions[top], key=lambda name: (name != top, name))) for top in outside
    }


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def modules(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\s<>=;\[]", requirement)[0]) for requirement in requirements}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
