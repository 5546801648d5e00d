"""`riserun grade`: what it prints, and what it answers."""

import json
from pathlib import Path

import pytest

from tests.students import RIGHT, copied
from tui.command_line.main import main


def test_grade_prints_a_line_a_check_and_answers_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", str(RIGHT)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "add                       forward   right"
    assert lines[-1] == "All 48 are right."


def test_grade_says_what_went_in_what_came_out_and_what_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", copied(tmp_path, "operators.relu_back = lambda x, d: d")]) == 1
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "The first wrong one is relu, backward.",
        "relu(x) at x = -1 gave d/dx = 1.",
        "Right is d/dx = 0.",
    ]


def test_grade_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied(tmp_path, "operators.relu_back = lambda x, d: d")
    assert main(["grade", path, "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["package"] == path
    assert record["right"] is False
    assert record["first_wrong"] == {
        "name": "relu",
        "direction": "backward",
        "right": False,
        "text": "wrong by 1.0e+00",
        "example": {"given": "relu(x) at x = -1", "got": "gave d/dx = 1", "right": "d/dx = 0"},
    }
    assert len(record["checks"]) == 48


def test_grade_refuses_what_is_no_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", "no/such/folder"]) == 2
    assert capsys.readouterr().err.startswith("riserun: 'no/such/folder' is not a package; give the course's minitorch")
