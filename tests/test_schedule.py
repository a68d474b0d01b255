"""What is printed for cron does what it says."""

import subprocess
from pathlib import Path

from tests.command import dateline, environment


def test_the_printed_line_runs_from_any_folder(tmp_path: Path) -> None:
    folder = tmp_path / "news of 100 %"
    folder.mkdir()
    dateline("add", "https://example.invalid/", cwd=folder)
    printed = dateline("schedule", "--print", "cron", cwd=folder)
    [line] = [line for line in printed.stdout.splitlines() if not line.startswith("#")]
    *when, command = line.split(maxsplit=5)
    assert when == ["*/10", "*", "*", "*", "*"]
    assert "%" not in command.replace(r"\%", "")
    done = subprocess.run(
        ["sh", "-c", command.replace(r"\%", "%")],
        cwd="/",
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "the host name is not known" in done.stderr
    again = dateline("crawl", "--due", cwd=folder)
    assert again.returncode == 0
    assert again.stderr == "nothing is due\n"
