"""The parameters pane: what it says of a parameter, the caption says too."""

import pytest

from engine.session import moves
from tests.tui.drawing import panes
from tests.workspaces import FORWARD, caption, opened


@pytest.mark.parametrize(
    ("rate", "marks", "told"), [(0.1, "↓↑↓", "b will go down"), (1e-300, "   ", "b will not move")]
)
def test_an_arrow_and_the_caption_say_the_same(rate: float, marks: str, told: str) -> None:
    workspace = opened("model1", moves.Set("rate", rate), FORWARD)
    rows = panes(workspace, (80, 24))["parameters"]
    assert [row[-2] for row in rows[1:4]] == list(marks)
    assert told in caption(workspace)


def test_a_parameter_that_will_hardly_move_has_no_arrow() -> None:
    workspace = opened("model1", moves.Edit("b", -0.643667), FORWARD)
    assert "b will hardly move" in caption(workspace)
    assert [row[-2] for row in panes(workspace, (80, 24))["parameters"][1:4]] == ["↑", "↑", " "]
