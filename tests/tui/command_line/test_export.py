"""What a journal is made into: a picture, a text, numbers, a recording that public players play."""

import csv
import json
import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pyte
import pytest

from engine.session import moves
from scenarios.workspace.lectures import Move
from scenarios.workspace.view import LossView, Screen
from tests.journals import framed, written
from tests.workspaces import FORWARD, NEXT, look, opened
from tui.command_line.main import main

MOVES: list[Move] = [
    FORWARD, FORWARD, FORWARD, moves.Edit("b", 1 / 3), NEXT, look(screen=Screen.TRACE, trace_at=9), NEXT,
    look(screen=Screen.FIT, loss_view=LossView.LEDGER), NEXT, look(point=3),
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "demo.journal"
    path.write_bytes(written(opened("model1"), MOVES)[0])
    return path


def exported(file: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["export", str(file), *options]) == 0
    return capsys.readouterr().out


def played(cast: str) -> list[str]:
    """The screen at the end of a recording, after a check of its format."""
    head, *events = map(json.loads, cast.splitlines())
    assert head["version"] == 2
    assert all(type(head[key]) is int and head[key] > 0 for key in ("version", "width", "height", "timestamp"))
    assert all(isinstance(name, str) and isinstance(value, str) for name, value in head["env"].items())
    assert isinstance(head["title"], str)
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.Stream(screen)
    before = 0.0
    for event in events:
        time, code, data = event
        assert type(time) is float
        assert before <= time <= before + 3.0
        assert code == "o"
        stream.feed(data)
        before = time
    return [line.rstrip() for line in screen.display]


@pytest.mark.parametrize("options", [[], ["--size", "120x40"], ["--ascii", "--color", "none"], ["--color", "16"]])
def test_a_recording_ends_in_the_last_screen(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    cast = exported(file, capsys, "--format", "cast", "--detail", "plain", *options)
    assert played(cast) == exported(file, capsys, "--format", "text", *options).splitlines()
    assert len(cast.splitlines()) == len(MOVES) + 2


def test_a_recording_sends_only_the_rows_that_changed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, *others = map(json.loads, exported(file, capsys, "--format", "cast").splitlines()[1:])
    assert first[2].count(";1H") == 24
    assert others[0][2].count(";1H") < 20


def test_what_came_faster_than_a_frame_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, _ = written(opened("model1"), [NEXT] * 3)
    lines = [json.loads(line[9:]) for line in content.splitlines()]
    file = tmp_path / "fast"
    file.write_bytes(b"".join(framed(line | {"t": 0.001 * line["n"]} if "n" in line else line) for line in lines))
    cast = exported(file, capsys, "--format", "cast")
    assert len(cast.splitlines()) == 3
    assert "step 3" in played(cast)[0]


def test_the_numbers_are_those_of_the_present_history(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(exported(file, capsys, "--format", "csv").splitlines()))
    states = written(opened("model1"), MOVES)[1][-1].session.history.items()
    assert [int(row["step"]) for row in rows] == [0, 1, 2, 3, 4]
    for row, state in zip(rows, states, strict=True):
        assert (float(row["loss"]), int(row["errors"])) == (state.loss, state.errors)
        assert tuple(float(row[f"parameters.{name}"]) for name in ("w1", "w2", "b")) == state.parameters
        assert tuple(float(row[f"derivatives.{name}"]) for name in ("w1", "w2", "b")) == state.slopes
    assert math.isclose(float(rows[1]["parameters.b"]), 1 / 3, abs_tol=0.0)


def test_a_picture_is_one(file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "out.svg"
    assert exported(file, capsys, "--format", "svg", "-o", str(target)) == ""
    assert ET.parse(target).getroot().tag.endswith("svg")


def test_a_damaged_one_is_exported_up_to_there(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(file.read_bytes() + b"xxxx\n")
    assert main(["export", str(file), "--format", "csv"]) == 1
    output = capsys.readouterr()
    assert output.out.count("\n") == 6
    assert "riserun: line 12 of the journal cannot be taken: it is damaged" in output.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["none.journal", "--format", "csv"], "none.journal: it cannot be read"),
        (["FILE", "--format", "text", "--size", "big"], "--size takes COLUMNSxROWS"),
        (["FILE", "--format", "csv", "-o", "/nowhere/x"], "cannot write /nowhere/x"),
    ],
)
def test_what_cannot_be_done_is_told(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert main(["export", *(str(file) if option == "FILE" else option for option in options)]) == 2
    assert said in capsys.readouterr().err
