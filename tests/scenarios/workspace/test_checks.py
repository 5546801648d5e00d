"""Every field of a view is checked; what does not fit is refused with a reason."""

import dataclasses
import enum
from typing import Any, get_args, get_type_hints

import pytest

from scenarios.workspace.axes import STEP, Parameter
from scenarios.workspace.checks import CHECKS, fits
from scenarios.workspace.view import DeriveView, Landscape, LandscapeView, View
from tests.workspaces import RATE, made, opened

WORKSPACES = [opened("model1"), opened("split"), made([(0.5, 0.5, 1.0)], (0.0, 0.0, 0.0))]


def test_every_field_that_its_type_does_not_bound_has_a_check() -> None:
    """A new field of View needs a row in CHECKS, or values that can all be drawn."""

    def bounded(kind: Any) -> bool:
        kinds = get_args(kind) or (kind,)
        return all(each in (bool, type(None)) or issubclass(each, enum.Enum) for each in kinds)

    assert {name for name, kind in get_type_hints(View).items() if not bounded(kind)} == set(CHECKS)


def test_the_views_of_a_person_fit() -> None:
    for workspace in WORKSPACES:
        assert fits(workspace.view, workspace) is None


@pytest.mark.parametrize("derive", [DeriveView("x*y"), DeriveView("sin("), DeriveView(by=1), DeriveView(epsilon=0.0)])
def test_a_function_that_does_not_fit_is_refused(derive: DeriveView) -> None:
    assert fits(View(derive=derive), opened("model1"))


@pytest.mark.parametrize(
    ("view", "wrong"),
    [
        (
            LandscapeView(Landscape.STEP, ((STEP, 0.5), (Parameter(2), -0.9)), ((STEP, (0.0, 2.0)),), second=1),
            None,
        ),
        (LandscapeView(cursors=((Parameter(-2), 0.5),)), "names a parameter that does not exist"),
        (LandscapeView(cursors=((RATE, 0.5),)), "names a parameter that does not exist"),
        (LandscapeView(second=3), "has a second parameter that does not exist"),
        (LandscapeView(cursors=((STEP, 0.0),)), "has a rate that is not above 0"),
        (LandscapeView(spans=((STEP, (-2.0, -1.0)),)), "has a rate that is not above 0"),
    ],
)
def test_a_view_from_a_file_is_held_against_the_scenario(view: LandscapeView, wrong: str | None) -> None:
    workspace = opened("model1")
    complaint = fits(dataclasses.replace(workspace.view, landscape=view), workspace)
    assert complaint == (None if wrong is None else f"landscape {wrong}")
