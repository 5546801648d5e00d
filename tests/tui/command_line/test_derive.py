"""`riserun derive`: the derivative of a formula, its steps and the numbers at a point."""

import json
import math
import re
from typing import Any

import pytest


def record(run: Any, *arguments: str) -> dict[str, Any]:
    ran = run("derive", *arguments, "--json")
    assert (ran.status, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    assert list(found) == ["value", "symbolic", "derivative", "steps"]
    return found


def test_text(run: Any) -> None:
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


def test_the_worked_steps(run: Any) -> None:
    ran = run("derive", "sin(2x)", "--at", "x=1", "--steps")
    assert [(rule.strip(), note) for rule, note in re.findall(r"(?m)^ +\d+\. (.{18}) (.+)$", ran.out)] == [
        ("chain rule", "d/dx sin(2*x) = cos(2*x) * d/dx (2*x)"),
        ("constant factor", "d/dx (2*x) = 2 * d/dx x"),
        ("variable", "d/dx x = 1"),
        ("together", "d/dx sin(2*x) = 2*cos(2*x)"),
    ]


def test_without_a_point_it_is_the_derivative(run: Any) -> None:
    ran = run("derive", "f(x, y) = x^2 - y")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "f(x, y) = x^2 - y\n\ndf/dx = 2*x\n\ndf/dy = -1\n"
    assert "1. power rule" in run("derive", "x^2", "--steps").out
    found = json.loads(run("derive", "x^2", "--json").out)
    assert list(found) == ["symbolic", "steps"]
    assert found["symbolic"] == "2*x"


@pytest.mark.parametrize("arguments", [["-x^2"], ["--", "-x^2"], ["-x^2 "], ["f(x) = -x²"]])
def test_a_leading_minus_is_no_option(run: Any, arguments: list[str]) -> None:
    expected = {"symbolic": -6.0, "numeric": pytest.approx(-6.0), "autodiff": -6.0}
    found = json.loads(run("derive", "--json", "--at", "x=3", *arguments).out)
    assert (found["value"], found["symbolic"], found["derivative"]) == (-9.0, "-2*x", expected)


def test_what_follows_an_option_is_its_value(run: Any) -> None:
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
def test_why_the_methods_differ_is_said(run: Any, formula: str, x: str, said: str) -> None:
    assert said in run("derive", formula, "--at", f"x={x}", "--epsilon", "0.5").out.replace("\n  ", " ")
    assert not re.search("kink|jump|between|apart", run("derive", "sin(x)", "--at", "x=1").out)


@pytest.mark.parametrize("at", ["x=1,y=4", "y=4, x=1", "y = 4 x = 1", "1, 4", "1 4", "1;4", "x=1, 4", "2/2 2^2"])
def test_a_point_is_typed_in_any_order(run: Any, at: str) -> None:
    assert record(run, "x - 2y", "--at", at)["value"] == -7.0


def test_json_of_one_argument(run: Any) -> None:
    found = record(run, "sin(2x)", "--at", "x=1", "--epsilon", "0.5")
    assert found["value"] == pytest.approx(math.sin(2.0), rel=1e-15)
    assert found["symbolic"] == "2*cos(2*x)"
    assert list(found["derivative"]) == ["symbolic", "numeric", "autodiff"]
    assert found["derivative"] == pytest.approx(
        {"symbolic": 2 * math.cos(2.0), "numeric": math.sin(3.0) - math.sin(1.0), "autodiff": 2 * math.cos(2.0)}
    )
    assert [step["rule"] for step in found["steps"]] == ["chain rule", "constant factor", "variable", "together"]
    assert found["steps"][-1]["result"] == "2*cos(2*x)"
    assert all(set(step) == {"rule", "of", "result", "note"} for step in found["steps"])


def test_json_of_several_arguments_is_under_their_names(run: Any) -> None:
    found = record(run, "sin(x) + 2cos(y)", "--at", "x=1,y=2")
    assert found["symbolic"] == {"x": "cos(x)", "y": "-2*sin(y)"}
    assert {name: each["autodiff"] for name, each in found["derivative"].items()} == pytest.approx(
        {"x": math.cos(1.0), "y": -2 * math.sin(2.0)}
    )
    assert set(found["steps"]) == {"x", "y"}
    alone = record(run, "sin(x) + 2cos(y)", "--at", " y = 2 , x=1", "--by", "y")
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
    run: Any, formula: str, at: str, value: float | None, derivative: list[float | None]
) -> None:
    found = record(run, formula, "--at", at)
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
def test_nonsense_is_refused_with_what_would_be_right(run: Any, arguments: list[str], reason: str) -> None:
    for form in ([], ["--json"]):
        ran = run("derive", *arguments, *form)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("riserun: ")
        assert reason in ran.err
