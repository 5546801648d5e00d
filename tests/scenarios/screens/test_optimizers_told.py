"""What is said of a step that is not plain gradient descent: each claim against the engine, on walks of every kind."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session import moves
from engine.session.session import Phase
from engine.session.state import State
from engine.training.losses import POINT_LOSSES
from engine.training.optimizers import OPTIMIZERS, Optimizer
from engine.training.problem import Problem
from scenarios.numbers import signed, size
from scenarios.screens.fit.caption import heading
from scenarios.workspace.view import Landscape, LandscapeView, Pane, Screen
from scenarios.workspace.workspace import Workspace
from tests.nesterov import NESTEROV
from tests.strategies import between, parameters, problems
from tests.workspaces import FORWARD, NEXT, apply, caption, choose, explained, look, opened

MOMENTUM, BATCH = {"optimizer": "momentum"}, {"batch": 3, "seed": 2}
KINDS: dict[str, dict[str, Any]] = {"momentum": MOMENTUM, "batches": BATCH, "both": {**MOMENTUM, "beta": 0.5, **BATCH}}


def setting(name: str, **settings: Any) -> Workspace:
    return opened(name, *(moves.Set(each, value) for each, value in settings.items()))


def walks(kind: str) -> Iterator[Workspace]:
    """Every phase of walks with several rates, losses and parameters, one parameter held on the way."""
    for name, held in (("model1", "w1"), ("split", "m2.b"), ("zeros", "b")):
        for loss in POINT_LOSSES:
            for rate in (0.05, 1.0):
                workspace = setting(name, loss=loss, rate=rate, **KINDS[kind])
                for place in range(40):
                    if place % 7 == 6:
                        workspace = apply(workspace, choose(place % len(workspace.session.state.problem.names)))
                    if place == 20:
                        workspace = apply(workspace, moves.Hold(held))
                    workspace = apply(workspace, FORWARD)
                    yield workspace


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_is_so(kind: str) -> None:
    seen = set()
    for workspace in walks(kind):
        text, frame, index = caption(workspace), workspace.session.frame, workspace.view.parameter
        state, before = frame.state, frame.before
        if found := re.search(r"The slopes? promises? that the loss (falls|rises) by ([\d.e-]+)\.$", text):
            seen.add(found[1])
            assert found[1] == ("rises" if state.promise > 0.0 else "falls")
            assert found[2] == size(state.promise)
        if found := re.search(r": (\S+ − .*?) = (\S+?)\.(?: |$)", text):
            seen.add("worked")
            assert found[2] == signed(frame.parameters[index])
            if all(abs(float(number)) < 99.0 for number in re.findall(r"[+-]?\d[\d.e+]*", found[1])):
                made = eval(found[1].replace("×", "*").replace("−", "-"))  # of four decimals each
                assert made == pytest.approx(frame.parameters[index], abs=2e-4 * (1.0 + state.problem.rate))
        if found := re.search(r"will go (up|down)\.", text):
            seen.add(f"will go {found[1]}")
            assert (state.change[index] > 0.0) == (found[1] == "up")
        if found := re.search(r", up (\S+); the slopes? promised a (fall|rise) of (\d\S+?)[,.]( |$)", text):
            assert before is not None
            seen.add("rose")
            assert state.loss > before.loss
            assert [found[1], found[3]] == [size(state.loss - before.loss), size(before.promise)]
            assert (found[2] == "fall") == (before.promise <= 0.0) >= ("too long" in text)
        if ", down" in text and "promised a rise" in text:
            assert before is not None
            seen.add("a rise")
            assert before.promise > 0.0 >= state.loss - before.loss
        if re.search(r"Stuck|nothing left|The loss is flat|No parameter moved", text):
            assert not any(state.direction)
        if "batch" in text and "batch of" in text:
            assert f"a batch of {len(state.batch or ())}" in text
        assert len(textwrap.wrap(text, 74, break_on_hyphens=False)) <= 2, text
    assert seen >= {"falls", "rises", "worked", "will go up", "will go down", "rose"}


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (MOMENTUM, "The optimizer is now momentum: a step moves each parameter against its velocity."),
        ({**MOMENTUM, "beta": 0.5}, "The beta is now 0.5: the loss is 5.7766, as before, and 4 of 10 points"),
        ({"batch": 5}, "The slopes of a step are now those of 5 points. The loss and the errors are of all"),
        ({"batch": 5, "seed": 3}, "The seed is now 3: the loss is 5.7766, as before, and 4 of 10 points are"),
        ({"reduction": "mean"}, "The reduction is now mean: the loss is 0.5777, and 4 of 10 points are"),
    ],
)
def test_what_was_set_is_said(made: dict[str, Any], text: str) -> None:
    assert caption(setting("model1", **made)).startswith(text)


def test_the_update_is_worked_out_as_the_optimizer_does_it() -> None:
    workspace = setting("model1", optimizer="momentum")
    for _ in range(5):
        workspace = apply(workspace, FORWARD)
    assert caption(workspace) == (
        "b steps against its velocity: -0.4558 − 0.1 × (+0.4640 + 0.9 × +0.5579) = -0.5524. "
        "The slopes promise that the loss falls by 0.0746."
    )
    told = explained(workspace, Pane.PARAMETERS)
    assert "  velocity new = beta · velocity + dL/dθ" in told
    assert "  θ new = θ - rate · velocity new" in told
    assert "  b new = -0.4558 - 0.1 · (+0.4640 + 0.9 · +0.5579) = -0.5524" in told


def test_the_header_names_the_optimizer_where_it_is_not_gradient_descent() -> None:
    def about(**settings: Any) -> str:
        return heading(setting("model1", **settings)).about

    assert about() == "Linear  log-sigmoid, sum  rate 0.1"
    assert about(optimizer="momentum") == "Linear  log-sigmoid, sum  momentum"
    assert about(batch=5) == "Linear  log-sigmoid, sum  rate 0.1, batch 5"


def test_a_new_row_is_told_without_another_line_of_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIMIZERS, "nesterov", NESTEROV)
    workspace = apply(apply(setting("model1", optimizer="nesterov"), NEXT), FORWARD)
    assert workspace.session.phase is Phase.DIRECTION
    assert heading(workspace).about.endswith("sum  nesterov")
    assert "; against its look-ahead, +1.1711, b will go down." in caption(workspace)
    text = caption(apply(workspace, FORWARD))
    found = re.search(r": (\S+ − .*) = (\S+)\. The", text)
    assert found is not None
    assert eval(found[1].replace("×", "*").replace("−", "-")) == pytest.approx(float(found[2]), abs=1e-4)
    told = explained(apply(workspace, look(landscape=LandscapeView(Landscape.STEP))), Screen.LANDSCAPE)
    assert told[0].startswith("A step takes all free parameters at once against their look-aheads.")
    assert told[1:4] == [
        "  velocity new = beta · velocity + dL/dθ",
        "  look-ahead = dL/dθ + beta · velocity new",
        "  L(θ - rate · look-ahead)",
    ]


def computed(row: Optimizer, state: State, index: int) -> dict[str, float]:
    """What the formula of a row says of a parameter: each thing that it computes by its name."""
    memory = {name: each[index] for name, each in zip(row.quantities, state.memory, strict=True)}
    values = {"θ": state.parameters[index], "dL/dθ": state.step_slopes[index], **memory}
    values |= {name: float(state.problem.settings[name]) for name in row.settings}
    for line in row.formula:
        name, formula = line.split(" = ")
        for known in sorted(values, key=len, reverse=True):
            formula = formula.replace(known, f"({values[known]!r})")
        values[name] = eval(formula.replace("·", "*"))
    return values


@pytest.mark.parametrize("row", [*OPTIMIZERS.values(), NESTEROV], ids=lambda row: row.name)
@given(problem=problems(), data=st.data())
def test_a_parameter_moves_against_what_the_row_says(row: Optimizer, problem: Problem, data: st.DataObject) -> None:
    named = {"slope": "dL/dθ"} | {name: f"{name} new" for name in row.quantities}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(OPTIMIZERS, row.name, row)
        state = State.of(problem.having("optimizer", row.name), data.draw(parameters(problem.model)))
        memory = tuple(tuple(data.draw(between(-9.0, 9.0)) for _ in state.slopes) for _ in row.quantities)
        state = replace(state, memory=memory)
        for index, change in enumerate(state.change):
            found = computed(row, state, index)
            assert found["θ new"] == pytest.approx(state.updated[index], rel=1e-12, abs=1e-12)
            against = found[named.get(row.against, row.against)]
            assert change * against < 0.0 or abs(against) < 1e-12
