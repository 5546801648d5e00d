"""A lecture as a file."""

from pathlib import Path

import pytest

from tests.scenarios.lectures import TEXT


@pytest.fixture
def talk(tmp_path: Path) -> str:
    """The small lecture as a file."""
    path = tmp_path / "talk.toml"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)
