"""The row of a student's package in the slope pane: as loud as it is wrong."""

import pytest

from scenarios.student.client import Verdict
from scenarios.workspace.moves import Hear, Heard
from scenarios.workspace.verdicts import judge_derivatives
from scenarios.workspace.workspace import Workspace
from tests.tui.drawing import UTF8
from tests.workspaces import FORWARD, after, apply, opened
from tui.panes import slope
from tui.plots.rows import ACCENT, Row, plain

RIGHT = opened("model1").session.state.slopes


def drawn(*theirs: float | str, width: int = 40) -> tuple[Row, str]:
    """The package's row, and the border below."""
    workspace = said(judge_derivatives(theirs, RIGHT))
    rows = slope.draw(workspace, width, 9, UTF8)
    (found,) = [row for row in rows if "minitorch" in plain(row)]
    return found, plain(rows[-1])


def said(verdict: Verdict) -> Workspace:
    workspace = after(opened("model1"), [FORWARD])
    return apply(workspace, Hear(Heard("minitorch", workspace.session.state, verdict)))


def loud(row: Row) -> list[str]:
    return [text.strip() for text, ink in row if ink == ACCENT and text.strip()]


def test_a_right_row_is_quiet() -> None:
    row, border = drawn(*RIGHT)
    assert loud(row) == []
    assert "largest difference" in border
    assert "e-1" in border  # of rounding alone


def test_a_wrong_row_is_loud_and_counts_in_the_largest_difference() -> None:
    row, border = drawn(*RIGHT[:2], -RIGHT[2])
    assert loud(row) == ["minitorch", "off 1.1e+00", "-0.55791"]
    assert "largest difference 1.1e+00" in border


def test_a_right_row_says_which_others_are_not() -> None:
    row, border = drawn(-RIGHT[0], *RIGHT[1:])
    assert loud(row) == ["minitorch", "right, not w1", "+0.55791"]
    assert "largest difference in b " in border
    assert "e-1" in border


def test_several_others_that_are_wrong_are_named_as_far_as_they_fit() -> None:
    row, _ = drawn(-RIGHT[0], -RIGHT[1], RIGHT[2])
    assert loud(row) == ["minitorch", "w1, w2 wrong", "+0.55791"]


def test_a_right_slope_beside_a_wrong_loss_says_which_is_wrong() -> None:
    verdict = Verdict(False, "loss wrong by 3.3e+00", 2.4, RIGHT, apart=(0.0, 0.0, 0.0))
    (found,) = [row for row in slope.draw(said(verdict), 40, 9, UTF8) if "minitorch" in plain(row)]
    assert loud(found) == ["minitorch", "loss is wrong", "+0.55791"]


@pytest.mark.parametrize(("reading", "told"), [("nan", "no number"), ("raised ValueError", "raised ValueError")])
def test_without_a_number_the_difference_is_among_the_others(reading: str, told: str) -> None:
    row, border = drawn(*RIGHT[:2], reading)
    assert loud(row)[:2] == ["minitorch", told]
    assert "riserun's differ by" in border


def test_what_is_right_but_otherwise_on_purpose_counts_too() -> None:
    """As the log of the course makes it: no number beside the others denies what is said below them."""
    theirs = (*RIGHT[:2], RIGHT[2] - 3.2e-6)
    rows = slope.draw(said(Verdict(True, "right", derivatives=theirs, apart=(0.0, 0.0, 0.0))), 40, 9, UTF8)
    assert "largest difference 3.2e-06" in plain(rows[-1])
    assert loud(rows[-1]) == []
