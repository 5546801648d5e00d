"""A command line that is run in the tests' own process."""

from pathlib import Path
from typing import Any

import pytest

from scenarios.library import store
from tui.command_line import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, and the environment as it was."""
    monkeypatch.setattr(store, "user_folder", lambda: tmp_path)
    for name in ("TEXTUAL_COLOR_SYSTEM", "NO_COLOR", "ESCDELAY"):
        monkeypatch.setenv(name, "")  # what `prepare` sets is put back
    return tmp_path


class Ran:
    """What a command line printed, and its status."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str):
        try:
            self.status: Any = main.main(arguments)
        except SystemExit as end:
            self.status = end.code
        self.out, self.err = capsys.readouterr()


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    return lambda *arguments: Ran(capsys, *arguments)
