"""The command line: what it prints, what it refuses and how, and that it is quick to start."""

import contextlib
import csv
import json
import math
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from engine.session import moves
from engine.training.losses import POINT_LOSSES
from scenarios.library import store
from scenarios.library.store import BUILTIN
from scenarios.workspace.workspace import Workspace
from tui.command_line import main
from tui.command_line.picture import key_named

PROGRAM = [sys.executable, "-m", "tui"]


@pytest.fixture(autouse=True)
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
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    return lambda *arguments: Ran(capsys, *arguments)


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_list(run: Any, folder: Path) -> None:
    store.save(store.load("zeros"), "own")
    (folder / "broken.toml").write_text("riserun = 2\n")
    ran = run("list")
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines] == [*BUILTIN, "broken", "own"]
    assert "four points are wrong" in lines[0]
    assert "cannot be opened" in lines[-2]
    assert lines[-1].endswith("(own)")
    assert (ran.status, ran.err) == (0, "")


class TestCheck:
    def test_good_ones(self, run: Any, folder: Path) -> None:
        path = store.save(store.load("split"), "own")
        ran = run("check", str(path), "model1")
        lines = ran.out.splitlines()
        assert lines[0] == f"{path}: ok, 'Split: two lines multiplied', Split, 10 points"
        assert lines[1].startswith("model1: ok")
        assert ran.status == 0

    def test_each_is_told_what_is_wrong_with_it(self, run: Any, folder: Path) -> None:
        (folder / "a.toml").write_text("riserun = 1\ntitel = 'x'\n")
        (folder / "b.toml").write_text("riserun = [\n")
        ran = run("check", "model1", str(folder / "a.toml"), str(folder / "b.toml"), "./missing.toml", str(folder))
        lines = ran.out.splitlines()
        assert ran.status == 1
        assert "a.toml: the key 'data' is missing" in lines[1]
        assert "a.toml: the key 'model' is missing" in lines[2]
        assert "a.toml, line 2: unknown key 'titel'; did you mean 'title'?" in lines[3]
        assert "b.toml: this is not TOML" in lines[4]
        assert "there is no such file" in lines[5]


class TestFit:
    def test_json(self, run: Any) -> None:
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

    def test_csv_and_json_have_the_same_numbers(self, run: Any) -> None:
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

    def test_the_table_has_a_column_for_everything(self, run: Any) -> None:
        lines = run("fit", "model1", "--steps", "1").out.splitlines()
        assert lines[0].split() == ["step", "loss", "errors", "w1", "w2", "b", "dL/dw1", "dL/dw2", "dL/db"]
        assert lines[2].split()[:6] == ["1", "5.733732", "4", "+0.9976", "+1.0371", "-0.4558"]
        assert len({len(line) for line in lines}) == 1

    def test_options_change_the_problem(self, run: Any) -> None:
        def first(*options: str) -> dict[str, Any]:
            return records(run("fit", "model1", "--steps", "1", "--json", *options).out)[0]

        assert first("--set", "b=-0.5")["loss"] == pytest.approx(5.731993915131546)
        assert first("--loss", "ReLU")["loss"] == pytest.approx(1.511558, abs=5e-7)
        assert first("--set", "w1=0", "--set", " w2 = 0", "--set", "b=0")["errors"] == 10
        assert first("--set", "reduction=mean")["loss"] == pytest.approx(first()["loss"] / 10)
        assert first("--set", "loss=ReLU") == first("--loss", "ReLU") != first()
        fast = records(run("fit", "model1", "--steps", "1", "--json", "--rate", "0.5").out)[1]
        assert fast["loss"] == pytest.approx(5.604841, abs=5e-7)

    def test_numbers_and_names_as_people_type_them(self, run: Any) -> None:
        def last(*options: str) -> dict[str, Any]:
            (record,) = records(run("fit", *options, "--last", "--json").out)
            return record

        said = last("model1", "--steps", "3", "--rate", "0.2", "--loss", "ReLU", "--set", "b=-0.5")
        assert last("Model1", "--steps", "6/2", "--rate", "1/5", "--loss", "relu", "--set", "b=-1/2") == said
        said = last("model1", "--steps", "1", "--set", "optimizer=momentum", "--set", f"b={math.pi / 2!r}")
        assert last("MODEL1", "--steps", "1", "--set", "Optimizer=Momentum", "--set", "B=π/2") == said

    def test_a_step_that_diverges_ends_it_with_all_that_came_before(self, run: Any) -> None:
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
    def test_nonsense_is_refused_with_what_would_be_right(self, run: Any, options: list[str], reason: str) -> None:
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
    def test_no_such_scenario(self, run: Any, name: str, reason: str) -> None:
        for command in (("fit", name, "--steps", "1"), ("show", name)):
            ran = run(*command)
            assert (ran.status, ran.out) == (2, "")
            assert reason in ran.err
            assert "\x1b" not in ran.err


class TestShow:
    def test_text(self, run: Any) -> None:
        ran = run("show", "model1", "--keys", "space space ?")
        lines = ran.out.splitlines()
        assert (ran.status, len(lines)) == (0, 24)
        assert "step 0  (3) update" in lines[0]
        assert "why: data" in lines[1]

    def test_two_side_by_side(self, run: Any) -> None:
        ran = run("show", "model2", "--against", "model1", "--keys", "space")
        assert "compare  model1 step 0 → model2 step 0" in ran.out
        assert "The slope in b is +0.5579 against +0.3330: in both, b will go down." in ran.out
        ran = run("show", "model2", "--against", "splitt")
        assert (ran.status, "did you mean 'split'?" in ran.err) == (2, True)

    def test_size_and_ascii(self, run: Any) -> None:
        lines = run("show", "split", "--size", "120x40", "--ascii").out.splitlines()
        assert len(lines) == 40
        assert max(map(len, lines)) == 120
        assert "".join(lines).isascii()

    def test_without_colours_the_field_is_glyphs(self, run: Any) -> None:
        assert run("show", "--color", "none").out.count(":") > 100 > run("show").out.count(":")

    @pytest.mark.parametrize("color", ["true", "256", "16", "none"])
    def test_svg(self, run: Any, folder: Path, color: str) -> None:
        path = folder / "picture.svg"
        ran = run("show", "model1", "--format", "svg", "--color", color, "-o", str(path))
        picture = path.read_text(encoding="utf-8")
        assert (ran.status, ran.out) == (0, "")
        assert picture.startswith("<svg")
        assert "w1" in picture
        assert "url(http" not in picture

    def test_where_it_cannot_be_written(self, run: Any, folder: Path) -> None:
        ran = run("show", "-o", str(folder / "none" / "x.svg"))
        assert (ran.status, ran.out) == (2, "")
        assert "cannot write" in ran.err
        assert "No such file" in ran.err

    @pytest.mark.parametrize(
        ("options", "reason"),
        [
            (["--keys", "spcae"], "--keys: no key is called 'spcae'; did you mean space?"),
            (["--keys", "zzzz"], "--keys: no key is called 'zzzz'"),
            (["--size", "80"], "--size takes COLUMNSxROWS up to 1000, such as 80x24, not '80'"),
            (["--size", "0x10"], "--size takes"),
            (["--size", "80x2400"], "--size takes"),
            (["--size", "-1x3"], "--size"),
            (["--format", "png"], "invalid choice: 'png'"),
            (["--color", "mauve"], "invalid choice: 'mauve'"),
        ],
    )
    def test_nonsense_is_refused_with_what_would_be_right(self, run: Any, options: list[str], reason: str) -> None:
        ran = run("show", *options)
        assert (ran.status, ran.out) == (2, "")
        assert reason in ran.err

    @pytest.mark.parametrize(
        ("said", "key"),
        [("space", "space"), ("bksp", "backspace"), ("esc", "escape"), ("pgdn", "pagedown"), ("-", "minus"), ("?",
         "question_mark"), ("N", "N"), ("ctrl+l", "ctrl+l"), ("shift+tab", "shift+tab"), ("<", "less_than_sign")],
    )  # fmt: skip
    def test_keys_by_their_names(self, said: str, key: str) -> None:
        assert key_named(said) == key

    def test_too_small_it_shows_what_a_person_would_see(self, run: Any) -> None:
        assert run("show", "--size", "40x10").out.startswith("riserun needs 72x21; this is 40x10.")


class TestDerive:
    def record(self, run: Any, *arguments: str) -> dict[str, Any]:
        ran = run("derive", *arguments, "--json")
        assert (ran.status, ran.err) == (0, "")
        found: dict[str, Any] = json.loads(ran.out)
        assert list(found) == ["value", "symbolic", "derivative", "steps"]
        return found

    def test_text(self, run: Any) -> None:
        ran = run("derive", "sin(2x)", "--at", "x=1", "--epsilon", "0.5")
        assert (ran.status, ran.err) == (0, "")
        assert "f(x) = sin(2*x)" in ran.out
        assert "df/dx = 2*cos(2*x)" in ran.out
        numbers = dict(re.findall(r"(symbols|central|autodiff) +([+-][.0-9]+)", ran.out))
        assert {name: round(float(number), 5) for name, number in numbers.items()} == {
            "symbols": -0.83229, "central": -0.70035, "autodiff": -0.83229}  # fmt: skip
        assert "one backward pass over 2 operations" in ran.out
        assert "one backward pass over 1 operation\n" in run("derive", "sin(x)", "--at", "x=1").out
        assert "chain rule" not in ran.out
        assert ran.out.isascii()

    def test_the_worked_steps(self, run: Any) -> None:
        ran = run("derive", "sin(2x)", "--at", "x=1", "--steps")
        assert [(rule.strip(), note) for rule, note in re.findall(r"(?m)^ +\d+\. (.{18}) (.+)$", ran.out)] == [
            ("chain rule", "d/dx sin(2*x) = cos(2*x) * d/dx (2*x)"),
            ("constant factor", "d/dx (2*x) = 2 * d/dx x"),
            ("variable", "d/dx x = 1"),
            ("together", "d/dx sin(2*x) = 2*cos(2*x)"),
        ]

    def test_without_a_point_it_is_the_derivative(self, run: Any) -> None:
        ran = run("derive", "f(x, y) = x^2 - y")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == "f(x, y) = x^2 - y\n\ndf/dx = 2*x\n\ndf/dy = -1\n"
        assert "1. power rule" in run("derive", "x^2", "--steps").out
        found = json.loads(run("derive", "x^2", "--json").out)
        assert list(found) == ["symbolic", "steps"]
        assert found["symbolic"] == "2*x"

    @pytest.mark.parametrize("arguments", [["-x^2"], ["--", "-x^2"], ["-x^2 "], ["f(x) = -x²"]])
    def test_a_leading_minus_is_no_option(self, run: Any, arguments: list[str]) -> None:
        expected = {"symbolic": -6.0, "numeric": pytest.approx(-6.0), "autodiff": -6.0}
        found = json.loads(run("derive", "--json", "--at", "x=3", *arguments).out)
        assert (found["value"], found["symbolic"], found["derivative"]) == (-9.0, "-2*x", expected)

    def test_what_follows_an_option_is_its_value(self, run: Any) -> None:
        assert run("derive", "-sin(x)", "--at", "-pi/2").out == run("derive", "--at=x=-pi/2", "--", "-sin(x)").out
        ran = run("derive", "-x", "-y")
        assert (ran.status, ran.out) == (2, "")
        assert "unrecognized arguments: -y" in ran.err

    @pytest.mark.parametrize(
        ("formula", "x", "said"),
        [
            ("step(x)", "0", "A jump: f is 0 on the left, 1 on the right, so it has no derivative here."),
            ("relu(x)", "0", "A kink: no single slope here, 0 on the left, 1 on the right."),
            ("abs(x - 1)", "0.9", "spans the kink at x = 1: the central difference, -0.2000, mixes both sides"),
            ("abs(x - 1)", "0.9", "A smaller eps helps."),
            ("1/x", "0.25", "x = 0, where f is not defined, lies between A and B: the central difference"),
            ("sin(x)", "1e16", "Floats at 1e+16 are 2 apart, so A and B are the point itself."),
            ("log(x)", "0.1", "f is not defined at A, x = -0.4, so there is no central difference."),
            ("exp(x)", "1000", "at x = 1000: f = overflow: it needs a number over 1.8e+308"),
            ("log(2/x^343)", "5", "autodiff           underflow"),
            ("x^2", "1e200", "symbols              +2e+200"),
        ],
    )
    def test_why_the_methods_differ_is_said(self, run: Any, formula: str, x: str, said: str) -> None:
        assert said in run("derive", formula, "--at", f"x={x}", "--epsilon", "0.5").out.replace("\n  ", " ")
        assert not re.search("kink|jump|between|apart", run("derive", "sin(x)", "--at", "x=1").out)

    @pytest.mark.parametrize("at", ["x=1,y=4", "y=4, x=1", "y = 4 x = 1", "1, 4", "1 4", "1;4", "x=1, 4", "2/2 2^2"])
    def test_a_point_is_typed_in_any_order(self, run: Any, at: str) -> None:
        assert self.record(run, "x - 2y", "--at", at)["value"] == -7.0

    def test_json_of_one_argument(self, run: Any) -> None:
        found = self.record(run, "sin(2x)", "--at", "x=1", "--epsilon", "0.5")
        assert found["value"] == pytest.approx(math.sin(2.0), rel=1e-15)
        assert found["symbolic"] == "2*cos(2*x)"
        assert list(found["derivative"]) == ["symbolic", "numeric", "autodiff"]
        assert found["derivative"] == pytest.approx(
            {"symbolic": 2 * math.cos(2.0), "numeric": math.sin(3.0) - math.sin(1.0), "autodiff": 2 * math.cos(2.0)}
        )
        assert [step["rule"] for step in found["steps"]] == ["chain rule", "constant factor", "variable", "together"]
        assert found["steps"][-1]["result"] == "2*cos(2*x)"
        assert all(set(step) == {"rule", "of", "result", "note"} for step in found["steps"])

    def test_json_of_several_arguments_is_under_their_names(self, run: Any) -> None:
        found = self.record(run, "sin(x) + 2cos(y)", "--at", "x=1,y=2")
        assert found["symbolic"] == {"x": "cos(x)", "y": "-2*sin(y)"}
        assert {name: each["autodiff"] for name, each in found["derivative"].items()} == pytest.approx(
            {"x": math.cos(1.0), "y": -2 * math.sin(2.0)}
        )
        assert set(found["steps"]) == {"x", "y"}
        alone = self.record(run, "sin(x) + 2cos(y)", "--at", " y = 2 , x=1", "--by", "y")
        assert alone == {key: value if key == "value" else value["y"] for key, value in found.items()}

    @pytest.mark.parametrize(
        ("formula", "at", "value", "derivative"),
        [
            ("log(x)", "x=-1", None, [None] * 3),
            ("sqrt(x)", "x=0", 0.0, [None] * 3),
            ("sqrt(x)", "x=-1", None, [None] * 3),
            ("1/x", "x=0", None, [None, 1e12, None]),  # a difference only ever calls f, on either side of the pole
            ("relu(x)", "x=0", 0.0, [0.0, 0.5, 0.0]),
            ("3", "x=1", 3.0, [0.0] * 3),
            ("1e308*sin(100x)", "x=0", 0.0, [None] * 3),
            ("exp(x)", "x=1000", None, [None] * 3),
        ],
    )
    def test_what_is_not_defined_is_null(
        self, run: Any, formula: str, at: str, value: float | None, derivative: list[float | None]
    ) -> None:
        found = self.record(run, formula, "--at", at)
        assert found["value"] == value
        assert list(found["derivative"].values()) == [pytest.approx(each) if each else each for each in derivative]
        reasons = re.findall(r"not defined|overflow", run("derive", formula, "--at", at).out)
        assert bool(reasons) == (None in [value, *derivative])
        assert "not defined" not in reasons or not {"exp", "1e308"} & set(re.findall(r"\w+", formula))

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            (["sin x", "--at", "x=1"], "sin x\n      ^"),
            (["2 +", "--at", "x=1"], "2 +\n     ^"),
            (["1/0", "--at", "x=1"], "1/0"),
            (["x" * 2000, "--at", "x=1"], "2,000 characters"),
            (["x*y", "--at", "x=1 y=2 z=3"], "there is no z; write x=1, y=1"),
            (["x", "--at", ""], "--at '': write a number, such as -0.4, 1/3"),
            (["x", "--at", "z=1"], "--at 'z=1': there is no z; write x=1"),
            (["x*y", "--at", "x=1"], "--at 'x=1': y is missing; write x=1, y=1"),
            (["x*y*z", "--at", "x=1"], "--at 'x=1': y, z are missing"),
            (["x", "--at", "x=one"], "--at 'x=one': write a number"),
            (["x", "--at", "x=nan"], "--at 'x=nan': write a number"),
            (["x*y", "--at", "1, two"], "--at '1, two': write x=1, y=1"),
            (["x", "--at", "x=-1/0"], "--at 'x=-1/0': -1/0 is not defined"),
            (["x", "--at", "x=0,5"], "--at 'x=0,5': write 0.5, with a point"),
            (["x", "--at", "x=1", "--by", "y"], "--by y: the function has x"),
            (["x", "--at", "x=1", "--epsilon", "0"], "--epsilon must lie between 0 and 1, not 0"),
            (["x", "--at", "x=1", "--epsilon", "-1e-6"], "--epsilon"),
            (["x", "--at", "x=1", "--epsilon", "2"], "--epsilon must lie between 0 and 1, not 2"),
            (["x", "--at", "x=1", "--epsilon", "nan"], "--epsilon: 'nan' is not a number"),
            (["x", "--at", "x=1", "--epsilon", "small"], "--epsilon: 'small' is not a number"),
        ],
    )
    def test_nonsense_is_refused_with_what_would_be_right(self, run: Any, arguments: list[str], reason: str) -> None:
        for form in ([], ["--json"]):
            ran = run("derive", *arguments, *form)
            assert (ran.status, ran.out) == (2, "")
            assert ran.err.startswith("riserun: ")
            assert reason in ran.err


def test_version(run: Any) -> None:
    ran = run("--version")
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    assert (ran.status, ran.out) == (0, f"riserun {project['project']['version']}\n")


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
