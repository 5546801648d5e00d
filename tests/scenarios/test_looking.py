"""What fits can be drawn, whatever file it came from; what does not is refused with a reason."""

import enum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.looking import CHECKS, fits
from scenarios.view import Derived, DeriveView, Help, Landscape, LandscapeView, LossView, Pane, Screen, Subject, View
from scenarios.workspace import Workspace
from tests.tui.drawing import FACES, panes
from tests.workspaces import made, opened
from tui.panes import help
from tui.panes.lines import caption_rows, header

_NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-3.0, 3.0),
    st.sampled_from([0.0, 1e300, -1e300, 5e-324]),
)
_FORMULAS = st.sampled_from(["sin(2*x)", "x*y", "1/x", "log(x)", "x^2 + y^2", "3", "relu(x) - x", "exp(exp(x))"])
_DERIVES = st.builds(
    DeriveView,
    _FORMULAS,
    st.lists(_NUMBERS, min_size=1, max_size=2).map(tuple),
    st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=1, max_size=2).map(tuple),
    st.integers(0, 1),
    st.floats(1e-15, 1.0),
    st.sampled_from(Derived),
    st.integers(0, 10**6),
    st.booleans(),
)
_VIEWS = st.builds(
    View,
    screen=st.sampled_from(Screen),
    row=st.integers(-1, 7),
    parameter=st.integers(-1, 6),
    point=st.none() | st.integers(-1, 10),
    epsilon=st.floats(1e-16, 2.0),
    focus=st.none() | st.sampled_from(Pane),
    zoomed=st.booleans(),
    loss_view=st.sampled_from(LossView),
    model_shown=st.booleans(),
    distances=st.booleans(),
    help=st.sampled_from(Help),
    scroll=st.integers(-1, 10**7),
    subject=st.sampled_from(Subject),
    derive=_DERIVES,
    trace_at=st.integers(-1, 10**7),
    trace_row=st.none() | st.integers(-1, 10**7),
    trace_formula=st.booleans(),
    landscape=st.builds(
        LandscapeView,
        st.sampled_from(Landscape),
        st.lists(st.tuples(st.integers(-1, 3), _NUMBERS), max_size=3).map(tuple),
        st.lists(st.tuples(st.integers(-1, 3), st.tuples(_NUMBERS, _NUMBERS)), max_size=3).map(tuple),
    ),
    large=st.booleans(),
    black=st.booleans(),
)


def test_every_field_that_its_type_does_not_bound_has_a_check() -> None:
    """A new field of View needs a row in CHECKS, or values that can all be drawn."""

    def bounded(kind: Any) -> bool:
        kinds = get_args(kind) or (kind,)
        return all(each in (bool, type(None)) or issubclass(each, enum.Enum) for each in kinds)

    assert {name for name, kind in get_type_hints(View).items() if not bounded(kind)} == set(CHECKS)


WORKSPACES = [opened("model1"), opened("split"), made([(0.5, 0.5, 1.0)], (0.0, 0.0, 0.0))]


@settings(max_examples=300, deadline=None)
@given(_VIEWS, st.sampled_from(WORKSPACES), st.sampled_from([(72, 21), (120, 40)]))
def test_what_fits_can_be_drawn(view: View, workspace: Workspace, size: tuple[int, int]) -> None:
    looked = Workspace(workspace.scenario, workspace.session, view, workspace.kept)
    if fits(view, workspace) is not None:
        return
    terminal = FACES[0]
    panes(looked, size, terminal)
    header(looked, size[0], terminal, False)
    caption_rows(looked, size[0], 2, terminal)
    help.draw(looked, size[0], size[1] - 4, terminal)


def test_the_views_of_a_person_fit() -> None:
    for workspace in WORKSPACES:
        assert fits(workspace.view, workspace) is None


@pytest.mark.parametrize("derive", [DeriveView("x*y"), DeriveView("sin("), DeriveView(by=1), DeriveView(epsilon=0.0)])
def test_a_function_that_does_not_fit_is_refused(derive: DeriveView) -> None:
    assert fits(View(derive=derive), opened("model1"))
