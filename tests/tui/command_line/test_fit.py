"""`riserun fit`: its records, and what it refuses."""

import csv
import json
import math
from typing import Any

import pytest

from engine.session import moves
from engine.training.losses import POINT_LOSSES
from scenarios.library import store
from scenarios.workspace.workspace import Workspace


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json(run: Any) -> None:
    ran = run("fit", "model1", "--steps", "100", "--json")
    found = records(ran.out)
    assert [record["step"] for record in found] == list(range(101))
    assert found[0]["loss"] == pytest.approx(5.776592485398551)
    assert found[0]["errors"] == 4
    assert found[0]["parameters"] == {"w1": 1.0, "w2": 1.0, "b": -0.4}
    assert found[0]["derivatives"] == pytest.approx({"w1": 0.024398, "w2": -0.371034, "b": 0.5579069}, abs=1e-6)
    assert (found[-1]["loss"], found[-1]["errors"]) == (pytest.approx(3.998035, abs=5e-7), 0)
    assert next(record["step"] for record in found if not record["errors"]) == 83
    assert (ran.status, ran.err) == (0, "")


def test_csv_and_json_have_the_same_numbers(run: Any) -> None:
    rows = list(csv.DictReader(run("fit", "split", "--steps", "3", "--csv").out.splitlines()))
    objects = records(run("fit", "split", "--steps", "3", "--json").out)
    assert len(rows) == len(objects) == 4
    for row, record in zip(rows, objects, strict=True):
        assert (int(row["step"]), float(row["loss"]), int(row["errors"])) == (
            record["step"],
            record["loss"],
            record["errors"],
        )
        for group in ("parameters", "derivatives"):
            assert {name: float(row[f"{group}.{name}"]) for name in record[group]} == record[group]


def test_the_table_has_a_column_for_everything(run: Any) -> None:
    lines = run("fit", "model1", "--steps", "1").out.splitlines()
    assert lines[0].split() == ["step", "loss", "errors", "w1", "w2", "b", "dL/dw1", "dL/dw2", "dL/db"]
    assert lines[2].split()[:6] == ["1", "5.733732", "4", "+0.9976", "+1.0371", "-0.4558"]
    assert len({len(line) for line in lines}) == 1


def test_options_change_the_problem(run: Any) -> None:
    def first(*options: str) -> dict[str, Any]:
        return records(run("fit", "model1", "--steps", "1", "--json", *options).out)[0]

    assert first("--set", "b=-0.5")["loss"] == pytest.approx(5.731993915131546)
    assert first("--loss", "ReLU")["loss"] == pytest.approx(1.511558, abs=5e-7)
    assert first("--set", "w1=0", "--set", " w2 = 0", "--set", "b=0")["errors"] == 10
    assert first("--set", "reduction=mean")["loss"] == pytest.approx(first()["loss"] / 10)
    assert first("--set", "loss=ReLU") == first("--loss", "ReLU") != first()
    fast = records(run("fit", "model1", "--steps", "1", "--json", "--rate", "0.5").out)[1]
    assert fast["loss"] == pytest.approx(5.604841, abs=5e-7)


def test_numbers_and_names_as_people_type_them(run: Any) -> None:
    def last(*options: str) -> dict[str, Any]:
        (record,) = records(run("fit", *options, "--last", "--json").out)
        return record

    said = last("model1", "--steps", "3", "--rate", "0.2", "--loss", "ReLU", "--set", "b=-0.5")
    assert last("Model1", "--steps", "6/2", "--rate", "1/5", "--loss", "relu", "--set", "b=-1/2") == said
    said = last("model1", "--steps", "1", "--set", "optimizer=momentum", "--set", f"b={math.pi / 2!r}")
    assert last("MODEL1", "--steps", "1", "--set", "Optimizer=Momentum", "--set", "B=π/2") == said


def test_a_step_that_diverges_ends_it_with_all_that_came_before(run: Any) -> None:
    ran = run("fit", "model1", "--steps", "9", "--rate", "1e308", "--json")
    assert ran.status == 1
    assert len(records(ran.out)) == 1
    assert ran.err == "riserun: diverged at step 0: the next update leaves the finite numbers\n"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--steps", "-1"], "--steps must be 0 or more, not -1"),
        (["--steps", "x"], "--steps: 'x' is not a whole number; write one such as 100"),
        (["--steps", "1.5"], "--steps: '1.5' is not a whole number"),
        ([], "required: --steps"),
        (["--steps", "1", "--rate", "0"], "the rate must be a positive number"),
        (["--steps", "1", "--rate", "-pi"], "the rate must be a positive number"),
        (["--steps", "1", "--rate", "nan"], "--rate: 'nan' is not a number; write a number, such as -0.4, 1/3"),
        (["--steps", "1", "--rate", "0,5"], "--rate: '0,5' is not a number; write 0.5, with a point"),
        (["--steps", "1", "--rate", "1/0"], "--rate: '1/0' is not a number; 1/0 is not defined"),
        (["--steps", "1", "--loss", "relo"], "unknown loss 'relo'; did you mean 'ReLU'?"),
        (["--steps", "1", "--loss", "no-such"], f"unknown loss 'no-such'; there are {', '.join(POINT_LOSSES)}"),
        (["--steps", "1", "--set", "b"], "--set takes NAME=VALUE, such as b=-0.5, not 'b'"),
        (["--steps", "1", "--set", "w3=1"], "unknown parameter 'w3'; there are w1, w2, b"),
        (["--steps", "1", "--set", "los=ReLU"], "unknown parameter 'los'; did you mean 'loss'?"),
        (["--steps", "1", "--set", "reduction=men"], "unknown reduction 'men'; did you mean 'mean'?"),
        (["--steps", "1", "--set", "rate=fast"], "--set rate: 'fast' is not a number"),
        (["--steps", "1", "--set", "b=one"], "--set b: 'one' is not a number"),
        (["--steps", "1", "--set", "b=inf"], "--set b: 'inf' is not a number"),
        (["--steps", "1", "--set", "batch=1/2"], "--set batch: '1/2' is not a whole number"),
        (["--steps", "1", "--set", "b=1e308"], "the loss there is not a finite number"),
        (["--steps", "1", "--json", "--csv"], "not allowed with argument"),
        (["--steps", "1", "--jsn"], "unrecognized arguments: --jsn"),
    ],
)
def test_nonsense_is_refused_with_what_would_be_right(run: Any, options: list[str], reason: str) -> None:
    ran = run("fit", "model1", *options)
    assert ran.status == 2
    assert ran.err.startswith("riserun: ")
    assert reason in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("modle1", "unknown scenario 'modle1'; did you mean 'model1'?"),
        ("./missing.toml", "there is no such file"),
        ("/", "is a folder"),
        ("\x1b[2J", "unknown scenario ''"),
    ],
)
def test_no_such_scenario(run: Any, name: str, reason: str) -> None:
    for command in (("fit", name, "--steps", "1"), ("show", name)):
        ran = run(*command)
        assert (ran.status, ran.out) == (2, "")
        assert reason in ran.err
        assert "\x1b" not in ran.err


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)], ids=["table", "json", "csv"])
@pytest.mark.parametrize("rate", [(), ("--rate", "1e308")], ids=["whole", "diverging"])
def test_the_last_record_alone_is_the_last_of_all(run: Any, form: tuple[str, ...], rate: tuple[str, ...]) -> None:
    command = ("fit", "model1", "--steps", "9", *form, *rate)
    every, last = run(*command), run(*command, "--last")
    lines = every.out.splitlines()
    heading = [] if form == ("--json",) else lines[:1]
    assert last.out.splitlines() == [*heading, lines[-1]]
    assert (last.status, last.err) == (every.status, every.err)


@pytest.mark.parametrize("scenario", ["model1", "split"])
def test_a_record_is_what_the_session_shows(run: Any, scenario: str) -> None:
    """To the last bit, and the errors in every step."""
    session = Workspace.of(store.load(scenario)).session
    for record in records(run("fit", scenario, "--steps", "300", "--json").out):
        state = session.state
        assert (record["loss"], record["errors"]) == (state.evaluation.loss, state.evaluation.errors)
        assert tuple(record["parameters"].values()) == state.parameters
        assert record["derivatives"] == dict(zip(state.problem.names, state.evaluation.slopes, strict=True))
        session = moves.apply(session, moves.NextStep())
