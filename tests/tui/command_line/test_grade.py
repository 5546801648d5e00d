"""`riserun grade`: what it prints, and what it answers."""

import json
from pathlib import Path

import pytest

from tests.students import RIGHT, SCAFFOLD, copied, scaffold
from tui.command_line.main import main

TWICE = ("autodiff.py", "derivatives.get(parent.unique_id, 0.0) + part", "part")


def printed(path: str, capsys: pytest.CaptureFixture[str], status: int) -> list[str]:
    assert main(["grade", path]) == status
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    return lines


def test_all_that_is_right_is_a_line_a_task(capsys: pytest.CaptureFixture[str]) -> None:
    tasks = [
        "1.1  central difference  right",
        "1.2  forward             right",
        "1.3  chain rule          right",
        "1.4  backward            right",
        "",
    ]
    assert printed(str(RIGHT), capsys, 0) == [*tasks, "All 50 checks are right."]
    assert printed(str(SCAFFOLD), capsys, 0) == [
        *tasks,
        "Your log adds 1e-6, as the course's does. That counts as right.",
        "All 50 checks are right.",
    ]


def test_what_is_wrong_is_shown_with_its_numbers_and_its_cause(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(scaffold(tmp_path, TWICE), capsys, 1)[3:] == [
        "1.4  backward            wrong: x * x, x * y + x, h * exp(h) and 1 more",
        "",
        "Your log adds 1e-6, as the course's does. That counts as right.",
        "First wrong: x * x, backward (task 1.4).",
        "  x * x at x = 2 gave d/dx = 2.",
        "  Right is d/dx = 4.",
        "  Hint: both uses of x must be added up.",
        "46 of 50 checks are right, 4 wrong. Fix this one first: others may follow from",
        "it.",
    ]


def test_the_bare_scaffold_is_a_short_list_of_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(scaffold(tmp_path, without=("1.1", "1.2", "1.3", "1.4")), capsys, 1) == [
        "1.1  central difference  to write: central_difference",
        "1.2  forward             to write: Scalar: __add__, __lt__, __gt__, __eq__,",
        "                         __sub__, __neg__, log, exp, sigmoid, relu; forward of",
        "                         Mul, Inv, Neg, Sigmoid, ReLU, Exp, LT, EQ",
        "1.3  chain rule          to write: Scalar: chain_rule",
        "1.4  backward            to write: topological_sort, backpropagate; backward of",
        "                         Mul, Inv, Neg, Sigmoid, ReLU, Exp, LT, EQ",
        "",
        "Nothing is wrong so far; write central_difference next (task 1.1).",
    ]


def test_half_of_it_says_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(scaffold(tmp_path, TWICE, without=("1.3",)), capsys, 1)
    assert lines[2:4] == [
        "1.3  chain rule          to write: Scalar: chain_rule",
        "1.4  backward            waits for 1.3",
    ]
    assert " ".join(lines[-2:]) == (
        "24 of 50 checks are right, 26 waiting for what is not written yet. Nothing is wrong so far; write "
        "Scalar.chain_rule next (task 1.3)."
    )


def test_a_hang_is_named_with_its_half(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hang = ("operators.py", "return d if x > 0 else 0.0", "while True: pass")
    assert printed(scaffold(tmp_path, hang), capsys, 1)[-3:] == [
        "First to hang: relu, backward (task 1.4).",
        "  relu(x) at x = 2 took longer than 0.25 s.",
        "49 of 50 checks are right, 1 hanging.",
    ]


def test_grade_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied(tmp_path, "operators.relu_back = lambda x, d: d\ndel Scalar.exp")
    assert main(["grade", path, "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["package"] == path
    assert record["right"] is False
    assert record["conventions"] == {"log_adds": 0.0, "log_back_adds": 0.0, "text": ""}
    assert record["first_wrong"] == {
        "task": "1.4",
        "name": "relu",
        "direction": "backward",
        "right": False,
        "outcome": "wrong",
        "text": "wrong by 1.0e+00",
        "example": {"given": "relu(x) at x = -1", "got": "gave d/dx = 1", "right": "d/dx = 0"},
        "hint": "for x < 0 the slope is 0",
    }
    assert record["tasks"][1] == {
        "task": "1.2",
        "title": "forward",
        "right": False,
        "text": "to write: Scalar: exp",
        "to_write": ["Scalar.exp"],
    }
    assert len(record["checks"]) == 50


def test_grade_refuses_what_is_no_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", "no/such/folder"]) == 2
    assert capsys.readouterr().err.startswith("riserun: 'no/such/folder' is not a package; give the course's minitorch")
