"""The ledger of the points: its numbers, and its bars where there is room for them."""

import re

import pytest

from engine.session.session import Phase
from scenarios.workspace.view import LossView, Pane
from tests.tui import drawing
from tests.tui.drawing import ASCII, panes
from tests.workspaces import NEXT, after, apply, at, look, made, many_points, opened, point
from tui.panes import loss

LEDGER = look(loss_view=LossView.LEDGER)


@pytest.mark.parametrize("size", [(120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_ledger_has_bars_that_stand_still_within_a_step(size: tuple[int, int]) -> None:
    seen = {phase: panes(at("model1", phase, NEXT), size, ASCII)["loss"][-13:-1] for phase in Phase}
    before, behind, after_ = ([row.rstrip(" |") for row in seen[phase]] for phase in Phase)
    assert behind[1:] == after_[1:]
    rows = list(zip(before, behind, strict=True))[1:-1]
    assert len(rows) == 10
    assert all(later.startswith(row) for row, later in rows)
    bars = [[len(each) for each in re.findall("#+", later)] for _, later in rows]
    losses, parts = zip(*bars, strict=True)
    found = opened("model1", NEXT).session.state.evaluation
    assert losses[int(found.point_losses.argmax())] == max(losses)
    left = [later.index("#", later.rindex(".")) for _, later in rows]
    zero = max(left)
    assert [at_ < zero for at_ in left] == (found.contribution(2) < 0.0).tolist()
    assert parts[int(abs(found.contribution(2)).argmax())] == max(parts)


def test_a_zoomed_loss_pane_of_80x24_has_the_chart_and_the_ledger_of_ten_points() -> None:
    rows = panes(opened("model1", *[NEXT] * 3, look(focus=Pane.LOSS, zoomed=True)), (80, 24), ASCII)["loss"]
    (head,) = (at for at, row in enumerate(rows) if "point" in row)
    assert head > 5
    assert sum("#" in row for row in rows[head + 1 :]) == 10
    assert "step 3" in rows[head - 1]


def test_the_bars_of_very_many_points_have_the_scale_of_them_all() -> None:
    start = after(made(many_points(20_000), (1.0, 1.0, -1.0)), [LEDGER])
    worst = int(start.session.state.evaluation.point_losses.argmax())
    top, there = (drawing.pane(loss.draw, apply(start, point(index)), (100, 20)) for index in (0, worst))
    full = max(row.count("#") for row in there)
    assert full == next(row for row in there if row[1] == ">").count("#")
    assert 0 < max(row.count("#") for row in top) <= full


def test_numbers_come_before_bars() -> None:
    for cells in range(36, 120):
        rows = drawing.pane(loss.draw, at("model1", Phase.DIRECTION, LEDGER), (cells, 14))
        assert [len(re.findall(r"[+-]\d\.\d{4}", row)) for row in rows[2:-2]] == [3] * 10
        assert ("#" in "".join(rows)) == (cells >= 45)
