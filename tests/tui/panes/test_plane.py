"""The axes of the plane: round numbers, with room for every point."""

from hypothesis import given
from hypothesis import strategies as st

from engine.training import datasets
from tests.workspaces import opened
from tui.panes.plane import axes_of


def test_the_lectures_square_stays_as_it_is() -> None:
    assert axes_of(opened("model1").scenario.problem.data) == ((0.0, 1.0), (0.0, 1.0))


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=1, max_size=9))
def test_ends_are_round_and_every_point_lies_between_them(points: list[tuple[float, float]]) -> None:
    data = datasets.data([(x1, x2, 1.0) for x1, x2 in points])
    for (low, high), values in zip(axes_of(data), (data.x1, data.x2), strict=True):
        assert low <= values.min() <= values.max() <= high
        assert all(float(f"{end:.3g}") == float(f"{end:.9g}") for end in (low, high)), (low, high)
