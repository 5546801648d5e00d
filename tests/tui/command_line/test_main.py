"""The command line as a whole: its help, how it ends, and that it is quick to start."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tui.command_line import main

PROGRAM = [sys.executable, "-m", "tui"]
pytestmark = pytest.mark.usefixtures("folder")


def test_version(run: Any) -> None:
    ran = run("--version")
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    assert (ran.status, ran.out) == (0, f"riserun {project['project']['version']}\n")


def test_what_is_installed_has_every_module_and_every_file_that_is_read() -> None:
    root = Path(__file__).parents[3]
    tool = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    files = [file for name in ("engine", "scenarios", "tui") for file in (root / name).rglob("*.*") if file.is_file()]
    files = [file for file in files if file.suffix != ".pyc"]
    assert {file.parent for file in files if not (file.parent / "__init__.py").exists()} == set()
    read = [*tool["package-data"]["*"], "*.py"]
    assert [file for file in files if not any(map(file.match, read))] == []
    assert {f"{name}{part}" for name in ("engine", "scenarios", "tui") for part in ("", ".*")} == {
        *tool["packages"]["find"]["include"]
    }


@pytest.mark.parametrize("command", ["", *main.COMMANDS])
def test_help(run: Any, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"usage: riserun {command}".rstrip())
    assert all(len(line) <= 80 for line in ran.out.splitlines() if not line.startswith("  riserun"))
    if not command:
        assert "examples:" in ran.out
        for name in main.COMMANDS:
            assert name in ran.out


def test_without_a_terminal_it_names_what_works_without_one() -> None:
    ended = subprocess.run(
        PROGRAM, stdin=subprocess.DEVNULL, start_new_session=True, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "riserun show and riserun fit" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_reader_that_has_gone_ends_it_quietly() -> None:
    command = [*PROGRAM, "fit", "model1", "--steps", "100000", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert json.loads(program.stdout.readline())["step"] == 0
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0


def test_ctrl_c_ends_it_quietly() -> None:
    # A test runner may have been told to ignore it.
    start = [sys.executable, "-c", "import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
             "os.execvp(sys.argv[1], sys.argv[1:])"]  # fmt: skip
    command = [*start, *PROGRAM, "fit", "model1", "--steps", "1000000", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.readline()
        program.send_signal(signal.SIGINT)
        with contextlib.suppress(ValueError):
            program.stdout.read()
        assert program.stderr.read() == b""
        assert program.wait() == 130


@pytest.mark.parametrize("module", ["tui.command_line.main", "tui.live.app", "tui.driver", "tui.terminal"])
def test_neither_numpy_nor_plotext_is_imported_before_the_first_paint(module: str) -> None:
    script = f"import {module}, sys; print([name for name in ('numpy', 'plotext', 'engine') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_the_command_line_imports_textual_only_for_a_screen() -> None:
    script = "import sys; from tui.command_line import main; main.main(['list']); print('textual' in sys.modules)"
    environ = {**os.environ, "PYTHONWARNINGS": "error"}
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environ)
    assert found.stdout.endswith("False\n")


def test_a_scenario_without_a_screen_imports_no_lecture() -> None:
    script = """
import sys
from tui.command_line import main
main.main(["fit", "model1", "--steps", "0"])
print([name for name in sys.modules if name.startswith(("scenarios.lecture", "scenarios.screens"))])"""
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.endswith("\n[]\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is Linux's")
def test_a_full_disk_behind_the_standard_output_is_said() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*PROGRAM, "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (
        2,
        "riserun: cannot write to standard output: No space left on device\n",
    )


def test_an_output_without_the_characters_has_question_marks() -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run([*PROGRAM, "list"], env=environ, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "?" in ended.stdout
