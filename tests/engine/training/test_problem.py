"""Problem: what it refuses, and what it derives."""

import math
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from engine.training.datasets import data, hard, lecture
from engine.training.losses import POINT_LOSSES, REDUCTIONS
from engine.training.models import FAMILIES, Kind
from engine.training.problem import Problem, comparable
from tests.kinds import MODELS


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"kind": "no-such"}, f"unknown model 'no-such'; there are {', '.join(FAMILIES)}"),
        ({"loss": "no-such"}, f"unknown loss 'no-such'; there are {', '.join(POINT_LOSSES)}"),
        ({"reduction": "no-such"}, f"unknown reduction 'no-such'; there are {', '.join(REDUCTIONS)}"),
        ({"rate": 0.0}, "the rate must be a positive number, not 0.0"),
        ({"rate": -0.1}, "the rate must be a positive number, not -0.1"),
        ({"rate": math.inf}, "the rate must be a positive number, not inf"),
        ({"rate": math.nan}, "the rate must be a positive number, not nan"),
        ({"held": frozenset({"w3"})}, "cannot hold 'w3': Linear has w1, w2, b"),
    ],
)
def test_what_is_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Problem(lecture(), **{"kind": "Linear", **settings})


def test_the_lectures_settings_are_the_defaults() -> None:
    problem = Problem(lecture(), "Linear")
    assert (problem.loss, problem.reduction, problem.rate, problem.held) == ("log-sigmoid", "sum", 0.1, frozenset())


def test_what_is_derived() -> None:
    problem = Problem(lecture(), "Linear", held=frozenset({"w1", "b"}))
    assert problem.kind is MODELS["Linear"]
    assert problem.names == ("w1", "w2", "b")
    assert problem.holds == (True, False, True)


def test_the_mean_is_a_tenth_of_the_sum() -> None:
    assert [Problem(lecture(), "Linear", reduction=kind).scale for kind in ("sum", "mean")] == [1.0, 0.1]


def test_a_problem_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Problem(lecture(), "Linear").kind = Kind.of("Split")  # type: ignore[misc]
    with pytest.raises(TypeError):
        Problem(lecture(), "Linear").settings["rate"] = 1.0  # type: ignore[index]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Problem(lecture(), "Linear"), True),
        (Problem(lecture(), "Split", rate=0.5, held=frozenset({"m1.b"})), True),
        (Problem(hard(), "Linear"), False),
        (Problem(data([(0.5, 0.5, 1)] * 10), "Linear"), False),
        (Problem(data([(0.5, 0.5, 1)] * 11), "Linear"), False),
        (Problem(lecture(), "Linear", loss="ReLU"), False),
        (Problem(lecture(), "Linear", reduction="mean"), False),
    ],
)
def test_losses_over_the_same_points_by_the_same_loss_can_be_compared(other: Problem, expected: bool) -> None:
    problem = Problem(lecture(), "Linear")
    assert comparable(problem, other) is comparable(other, problem) is expected
