"""What every test of the terminal stands on."""

from pathlib import Path

import pytest

from scenarios import store


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder."""
    monkeypatch.setattr(store, "user_folder", lambda: tmp_path)
    return tmp_path
