"""In (3) every screen shows the state after the update, and names what is still of before."""

import pytest

from engine.session.session import Phase
from engine.training.evaluate import evaluate
from scenarios.numbers import plain
from scenarios.workspace.view import LossView, Screen
from tests.tui.drawing import panes
from tests.workspaces import NEXT, apply, at, look

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("name", ["step-1", "overshoot", "split"])
def test_one_state_a_screen_and_it_is_said_which(name: str, steps: int, size: tuple[int, int]) -> None:
    workspace = at(name, Phase.UPDATE, *[NEXT] * steps)
    now = workspace.session.frame
    old, new = now.state, evaluate(now.problem, now.parameters)
    fit = panes(workspace, size)
    assert f"wrong: {new.errors} " in fit["data"][0]
    assert "after the update" in fit["data"][-1]
    assert f"loss {plain(old.loss)} → {plain(new.loss)} " in fit["loss"][0]
    assert f"errors {old.errors} → {new.errors} " in fit["loss"][0]
    assert ", before ─" in fit["slope"][0]
    landscape = panes(apply(workspace, look(screen=Screen.LANDSCAPE)), size)
    assert "─ after " in landscape["curve"][0]
    assert f"loss {plain(new.loss)}  errors {new.errors} " in landscape["curve"][0]
    compare = panes(apply(workspace, look(screen=Screen.COMPARE)), size)
    assert "(3): after the update" in compare["outcome"][0]
    assert plain(new.loss) in compare["outcome"][1]


def test_the_ledger_is_of_the_slopes_and_says_so() -> None:
    rows = {
        phase: panes(apply(at("model1", phase), look(loss_view=LossView.LEDGER)), (120, 40))["loss"]
        for phase in (Phase.DIRECTION, Phase.UPDATE)
    }
    assert rows[Phase.UPDATE][2:] == rows[Phase.DIRECTION][2:]
    assert ["before" in each[1] for each in rows.values()] == [False, True]


@pytest.mark.parametrize("view", LossView)
def test_a_title_that_is_too_long_leaves_out_what_was_before(view: LossView) -> None:
    for name in ("model1", "split"):
        workspace = apply(at(name, Phase.UPDATE), look(loss_view=view))
        now = workspace.session.frame
        title = panes(workspace, (72, 21))["loss"][0]
        new = evaluate(now.problem, now.parameters)
        assert plain(new.loss) in title
        assert f" {new.errors} " in title
