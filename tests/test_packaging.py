"""The built wheel, installed in an environment of its own, does what the checkout does."""

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.newspaper import newspaper
from tests.servers import serving

ROOT = Path(__file__).parents[1]
PACKAGES = ("archive/", "crawler/", "spiders/")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution, and the wheel that was built of it."""
    out = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)], ROOT)
    return out


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``dateline`` of an environment that has the wheel without extras."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    [wheel] = built.glob("*.whl")
    pip(folder, str(wheel))
    return folder / "bin" / "dateline"


def test_the_source_distribution_has_every_file(built: Path) -> None:
    [archive] = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        held = {name.partition("/")[2] for name in tar.getnames()}
    assert committed() - held == set()


def test_the_wheel_has_every_file_of_the_packages_and_no_other(built: Path) -> None:
    [archive] = built.glob("*.whl")
    with zipfile.ZipFile(archive) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == {name for name in committed() if name.startswith(PACKAGES)}


def test_the_installed_demo_shows_two_editions(installed: Path, tmp_path: Path) -> None:
    first = run([str(installed), "demo"], tmp_path)
    second = run([str(installed), "demo"], tmp_path)
    assert "27 new, 0 edited" in first.stderr
    assert "2 new, " in second.stderr
    found = json.loads(run([str(installed), "search", "Rudakouskaja", "--json"], tmp_path).stdout)
    assert found


def test_the_installed_program_crawls_searches_exports_and_serves(
    installed: Path, tmp_path: Path
) -> None:
    with serving(newspaper(6)) as site:
        netloc = urlsplit(site).netloc
        words = ["crawl", site, "--allow-private", netloc, "--delay", "0"]
        done = run([str(installed), *words], tmp_path)
        scrapy = ["crawl", "news", "-a", f"url={site}", "-s", f"ALLOW_PRIVATE={netloc}"]
        settings = {"SCRAPY_SETTINGS_MODULE": "crawler.settings"}
        quick = ["-s", "DOWNLOAD_DELAY=0", "-s", "ARCHIVE=other.db"]
        run([str(installed.with_name("scrapy")), *scrapy, *quick], tmp_path, settings)
    assert "6 new" in done.stderr
    status = json.loads(run([str(installed), "status", "--json"], tmp_path).stdout)
    assert status["articles"] == 6
    assert (tmp_path / "other.db").stat().st_size > 0
    run([str(installed), "export", "out.jsonl"], tmp_path)
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 6
    serve = subprocess.run(
        [installed, "serve"], cwd=tmp_path, env=outside(), capture_output=True, text=True
    )
    assert serve.returncode == 2
    assert "pip install 'dateline[web]'" in serve.stderr


def test_the_extra_web_serves_the_archive(installed: Path, built: Path, tmp_path: Path) -> None:
    [wheel] = built.glob("*.whl")
    pip(installed.parents[1], f"{wheel}[web]")
    run([str(installed), "demo"], tmp_path)
    code = (
        "import asyncio, pathlib; from archive.web.server import datasette_for\n"
        "site = datasette_for(pathlib.Path('dateline.db'))\n"
        "async def ask():\n"
        "    await site.invoke_startup()\n"
        "    found = await site.client.get('/dateline/articles?_search=Rudakouskaja')\n"
        "    print(found.status_code, 'Black storks raise' in found.text)\n"
        "asyncio.run(ask())"
    )
    done = run([str(installed.with_name("python")), "-c", code], tmp_path)
    assert done.stdout.split() == ["200", "True"]
    # Plain Datasette finds the pages by itself.
    plain = [str(installed.with_name("datasette")), "dateline.db", "--get", "/"]
    assert "Articles a day" in run(plain, tmp_path).stdout


def committed() -> set[str]:
    """Return the files of the checkout that belong to the project."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so that its files cannot be told from others")
    names = run(listed, ROOT).stdout.splitlines()
    return {name for name in names if (ROOT / name).exists() and "__pycache__" not in name}


def pip(environment: Path, *wanted: str) -> None:
    run([str(environment / "bin" / "python"), "-m", "pip", "install", "-q", *wanted], environment)


def run(
    words: list[str], folder: Path, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        words,
        cwd=folder,
        env=outside() | (variables or {}),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{words}: {done.stdout}\n{done.stderr}"
    return done


def outside() -> dict[str, str]:
    """Return an environment that knows nothing of the checkout."""
    hidden = ("DATELINE_", "PYTHON", "VIRTUAL_ENV")
    return {key: value for key, value in os.environ.items() if not key.startswith(hidden)}
