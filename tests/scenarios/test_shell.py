"""Commands that messages name work where the messages are read."""

from pathlib import Path

import pytest

from scenarios.shell import named


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    program = tmp_path / ".venv" / "bin" / "riserun"
    program.parent.mkdir(parents=True)
    program.touch()
    return program


def test_found_by_name_it_is_named(installed: Path) -> None:
    assert named(installed, str(installed)) == "riserun"


def test_otherwise_it_is_the_way_it_was_started(installed: Path) -> None:
    assert named(Path(".venv/bin/riserun"), None) == ".venv/bin/riserun"
    assert named(installed, None) == ".venv/bin/riserun"
    assert named(installed, "/usr/bin/riserun") == ".venv/bin/riserun"


def test_from_elsewhere_it_has_its_folder(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(installed.parents[1])
    assert named(Path("../.venv/bin/riserun"), None) == "../.venv/bin/riserun"
    monkeypatch.chdir(installed.parent)
    assert named(installed, None) == "riserun"


def test_run_as_a_module_it_has_its_name(tmp_path: Path) -> None:
    assert named(tmp_path / "tui" / "__main__.py", None) == "riserun"
