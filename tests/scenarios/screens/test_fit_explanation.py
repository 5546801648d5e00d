"""Explanations: every formula with numbers in it is right, whoever computes it again."""

import math
import re
from collections.abc import Iterator

import pytest

from engine.session import moves
from engine.session.session import Phase
from engine.training.losses import POINT_LOSSES
from engine.training.models import Kind
from scenarios.library.store import BUILTIN
from scenarios.workspace.view import Pane
from scenarios.workspace.workspace import Workspace
from tests.workspaces import NEXT, apply, at, choose, explained, look, made, many_points, opened, point

KNOWN = {
    "log": math.log,
    "relu": lambda value: max(value, 0.0),
    "sigmoid": lambda value: 1.0 / (1.0 + math.exp(-value)),
    "__builtins__": {},
}


def computed(expression: str) -> float:
    """The value of a formula as it is written on the screen."""
    written = re.sub(r"log σ\(([^)]*)\)", r"log(sigmoid(\1))", expression).replace("·", "*")
    value: float = eval(written, KNOWN)
    return value


def formulas(workspace: Workspace, pane: Pane) -> list[str]:
    """The formula lines of an explanation."""
    return [line.strip() for line in explained(workspace, pane) if line.startswith(" ")]


def equations(workspace: Workspace, pane: Pane) -> Iterator[tuple[str, str]]:
    """Of those, what stands left and right of the last `=`, where both are all numbers."""
    for formula in formulas(workspace, pane):
        *_, left, right = ["", *formula.split(" = ")]
        if not re.search(r"[a-zA-Zθ]", re.sub(r"log σ|relu|e[+-]\d\d", "", left + right)):
            yield left, right


def text(workspace: Workspace, pane: Pane) -> str:
    return "\n".join(explained(workspace, pane))


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("name", BUILTIN)
def test_every_formula_adds_up(name: str, phase: Phase) -> None:
    for loss in POINT_LOSSES:
        workspace = at(name, phase, moves.Set("loss", loss), NEXT, NEXT)
        counts = {pane: len(list(equations(workspace, pane))) for pane in Pane}
        assert counts[Pane.LOSS] == 2
        assert counts[Pane.PARAMETERS] == (phase is not Phase.LOSS)
        assert counts[Pane.SLOPE] == 2 * (phase is not Phase.LOSS)
        for selected in range(0, len(workspace.session.state.problem.data), 4):
            for pane in Pane:
                for left, right in equations(apply(workspace, point(selected)), pane):
                    # A sum over the points has three decimals a number; the others have four.
                    is_sum = left.count(" + ") + left.count(" - ") > 1
                    assert computed(left) == pytest.approx(float(right), abs=5e-3 if is_sum else 3e-4), left


FORMULAS = {
    (Pane.DATA, Phase.LOSS): [
        "m = w1·x1 + w2·x2 + b",
        "m = +1.0000·0.5781 +1.0000·0.2061 -0.4000 = +0.3842",
        "|m| / √(w1² + w2²) = 0.3842 / 1.4142 = 0.2717",
    ],
    (Pane.PARAMETERS, Phase.LOSS): ["θ new = θ - rate · dL/dθ"],
    (Pane.PARAMETERS, Phase.DIRECTION): ["θ new = θ - rate · dL/dθ", "b new = -0.4000 - 0.1 · +0.5579 = -0.4558"],
    (Pane.LOSS, Phase.LOSS): [
        "-log σ(-0.3842) = 0.9036",
        "L = 0.437 + 0.904 + 0.255 + 0.921 + 0.942 + 0.370 + 0.423 + 0.297 + 0.835 + 0.393 = 5.7766",
    ],
}


@pytest.mark.parametrize(("pane", "phase"), FORMULAS)
def test_the_formulas_of_model1(pane: Pane, phase: Phase) -> None:
    assert formulas(at("model1", phase, point(1)), pane) == FORMULAS[pane, phase]


@pytest.mark.parametrize("epsilon", [1e-12, 1e-9, 1e-6, 1e-3, 0.5])
def test_the_difference_is_written_with_every_digit_it_needs(epsilon: float) -> None:
    workspace = at("model1", Phase.DIRECTION, look(epsilon=epsilon))
    _by_symbols, (left, right) = equations(workspace, Pane.SLOPE)
    assert computed(left) == pytest.approx(float(right), abs=5.1e-7)
    assert formulas(workspace, Pane.SLOPE)[-1] == "dL/db = +0.557907"


def test_in_phase_1_no_slope_is_given_away() -> None:
    for pane in (Pane.SLOPE, Pane.PARAMETERS):
        assert "0.5579" not in text(at("model1", Phase.LOSS), pane)
        assert "0.5579" in text(at("model1", Phase.DIRECTION), pane)


def test_in_phase_3_the_model_is_the_one_that_is_shown() -> None:
    assert "+0.9976·0.5714 +1.0371·0.4289 -0.4558" in text(at("model1", Phase.UPDATE), Pane.DATA)
    assert "= 5.7766" in text(at("model1", Phase.UPDATE), Pane.LOSS)


def test_what_pushes_and_what_pulls() -> None:
    assert "the ○ +2.37305, the × -1.81514, together +0.55791" in text(at("model1", Phase.DIRECTION), Pane.SLOPE)


@pytest.mark.parametrize(
    ("name", "tries", "cost"),
    [
        ("model1", "100 values for each of 3 parameters that is 100^3 = 1,000,000 losses", "6 for these 3"),
        ("split", "100 values for each of 6 parameters that is 100^6 = 1,000,000,000,000 losses", "12 for these 6"),
    ],
)
def test_what_it_costs(name: str, tries: str, cost: str) -> None:
    workspace = at(name, Phase.DIRECTION)
    assert tries in text(workspace, Pane.PARAMETERS)
    assert f"two losses a parameter, {cost}; autodiff takes one backward pass" in text(workspace, Pane.SLOPE)


def test_a_number_of_tries_that_nobody_reads_is_left_as_a_power() -> None:
    network = Kind.of("Network")
    workspace = made([(0.1, 0.2, 1.0), (0.5, 0.6, -1.0)], network.initial, model=network)
    assert f"that is 100^{len(network.parameters)} losses; each" in text(workspace, Pane.PARAMETERS)


def test_without_a_line_there_is_no_distance() -> None:
    assert "no line and no distance" in text(opened("zeros"), Pane.DATA)
    assert "right angle" not in text(opened("split"), Pane.DATA)
    assert "It is wrong: y·m = +0.0000" in text(opened("zeros"), Pane.DATA)


def test_the_mean_of_many_points() -> None:
    workspace = made(many_points(1000), (1.0, 1.0, -1.0), reduction="mean")
    total = next(line for line in formulas(workspace, Pane.LOSS) if line.startswith("L = "))
    assert re.fullmatch(r"L = \((0\.\d{3} \+ ){10}…\) / 1000 = 0\.\d{4}", total)
    assert "the sum divided by 1,000" in text(workspace, Pane.LOSS)


def test_the_loss_as_printed_is_explained_as_wrong() -> None:
    assert "flips every ×" in text(opened("model1", moves.Set("loss", "as-printed")), Pane.LOSS)
    assert "flips every ×" not in text(opened("model1"), Pane.LOSS)


def test_the_selected_parameter_is_the_one_explained() -> None:
    workspace = apply(at("model1", Phase.DIRECTION), choose(1))
    assert "w2 new = +1.0000 - 0.1 · (-0.3710) = +1.0371" in text(workspace, Pane.PARAMETERS)
    assert formulas(workspace, Pane.SLOPE)[-1] == "dL/dw2 = -0.371034"
