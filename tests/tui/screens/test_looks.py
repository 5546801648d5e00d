"""What fits can be drawn, whatever file it came from."""

import dataclasses
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.derivative.study import study
from engine.session.session import Session
from scenarios.files.schema import Editor, parse
from scenarios.files.writing import dump
from scenarios.intervals import FARTHEST
from scenarios.screens.landscape import actions
from scenarios.workspace.axes import STEP, Parameter
from scenarios.workspace.checks import fits, wrong_interval
from scenarios.workspace.view import EPSILONS, DeriveView, Landscape, LandscapeView, Screen, View
from scenarios.workspace.workspace import Workspace
from tests.tui.drawing import FACES, panes
from tests.workspaces import RATE, apply, explained, look, made, opened
from tui.panes import help
from tui.panes.lines import caption_rows, header

WORKSPACES = [opened("model1"), opened("split"), made([(0.5, 0.5, 1.0)], (0.0, 0.0, 0.0))]
BARS = [(-1e308, 0.0), (0.0, 1e308), (0.0, 2e-300), (1.0, 1.0 + 2e-9), (-2.0, 2.0)]
NUMBERS = st.floats(-FARTHEST, FARTHEST) | st.floats(-3.0, 3.0) | st.sampled_from([0.0, FARTHEST, -FARTHEST, 5e-324])
INTERVALS = st.tuples(NUMBERS, NUMBERS).filter(lambda ends: wrong_interval(ends) is None)
KEYS = [actions.move(1), actions.move(-1), actions.up_or_down(1), actions.up_or_down(-1), actions.zoom(1)]
KEYS += [actions.zoom(-1), actions.follow, actions.take, actions.next_view, actions.next_parameter(1)]
FORMULAS = ["sin(2*x)", "x*y", "1/x", "log(x)", "x^2 + y^2", "3", "relu(x) - x", "exp(exp(x))"]
FAR = st.integers(0, 20) | st.integers(0, 10**6 - 1)


def every_field(kind: type[Any], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value of `kind`, all other fields whatever their types allow."""
    return st.builds(kind, **{field.name: given.get(field.name, ...) for field in dataclasses.fields(kind)})


@st.composite
def looks(draw: st.DrawFn) -> Workspace:
    """A workspace with a view that fits it, however far out."""
    workspace = draw(st.sampled_from(WORKSPACES))
    parameters, points = len(workspace.scenario.parameters), len(workspace.session.state.problem.data)
    views = every_view(parameters, points, draw(st.sampled_from(FORMULAS)))
    view = draw(views.filter(lambda view: fits(view, workspace) is None))
    return dataclasses.replace(workspace, view=view)


@cache  # a strategy costs more to make than to draw from
def every_view(parameters: int, points: int, formula: str) -> st.SearchStrategy[View]:
    """A view of a scenario with so many parameters and points, and of the formula, whether or not it fits."""
    arguments = len(study(formula).names)
    derives = every_field(
        DeriveView,
        formula=st.just(formula),
        values=st.tuples(*[NUMBERS] * arguments),
        domain=st.tuples(*[INTERVALS] * arguments),
        by=st.integers(0, arguments - 1),
        epsilon=st.floats(*EPSILONS),
        rules=FAR,
    )
    along = st.sampled_from([STEP, *map(Parameter, range(parameters))])
    landscapes = every_field(
        LandscapeView,
        cursors=st.lists(st.tuples(along, NUMBERS), max_size=3).map(tuple),
        spans=st.lists(st.tuples(along, INTERVALS), max_size=3).map(tuple),
        second=st.none() | st.integers(0, parameters - 1),
    )
    return every_field(
        View,
        row=st.sampled_from([RATE, *map(Parameter, range(parameters))]),
        parameter=st.integers(0, parameters - 1),
        point=st.none() | st.integers(0, points - 1),
        epsilon=st.floats(*EPSILONS),
        scroll=FAR,
        derive=derives,
        trace_at=FAR,
        trace_row=st.none() | FAR,
        landscape=landscapes,
    )


@settings(max_examples=150)
@given(looks(), st.sampled_from([(72, 21), (120, 40)]))
def test_what_fits_can_be_drawn(workspace: Workspace, size: tuple[int, int]) -> None:
    terminal = FACES[0]
    panes(workspace, size, terminal)
    header(workspace, size[0], terminal, False)
    caption_rows(workspace, size[0], 2, terminal)
    help.draw(workspace, size[0], size[1] - 4, terminal)


@settings(max_examples=75)
@given(
    st.sampled_from(BARS),
    st.tuples(*[st.sampled_from([0.0, 5e-324, 1.0, -1e300, 1.7e308]) | st.floats(-1e308, 1e308)] * 3),
    st.sampled_from(Landscape),
    st.lists(st.sampled_from(KEYS), max_size=12),
)
def test_whatever_a_scenario_has_its_landscape_is_drawn_and_fits(
    bar: tuple[float, float], values: tuple[float, float, float], shown: Landscape, keys: list[Any]
) -> None:
    """However far the values are from their bars, and wherever the keys lead from there."""
    scenario = opened("model1").scenario
    try:
        session = Session.begin(scenario.problem, values)
    except ValueError:  # no finite loss: such a scenario is refused
        return
    scenario = dataclasses.replace(scenario, parameters=values, editors=(Editor(*bar, 0.1),) * 3)
    workspace = dataclasses.replace(Workspace.of(scenario), session=session)
    assert parse(dump(scenario), "own.toml", "own").editors == scenario.editors
    for key in (look(screen=Screen.LANDSCAPE, landscape=LandscapeView(shown)), *keys):
        move = key(workspace)
        workspace = workspace if move is None else apply(workspace, move)
        assert fits(workspace.view, workspace) is None
    panes(workspace, (80, 24), FACES[0])
    caption_rows(workspace, 80, 2, FACES[0])
    assert explained(workspace, Screen.LANDSCAPE)
    panes(apply(workspace, look(screen=Screen.FIT)), (80, 24), FACES[0])
