"""The data pane: the points, the decision field behind them, and the line m = 0."""

from __future__ import annotations

from engine.session.session import Phase
from engine.training.datasets import Data
from engine.training.evaluate import evaluate
from engine.training.evaluators import evaluator
from scenarios.numbers import plain, signed
from scenarios.workspace.view import Pane
from scenarios.workspace.workspace import Workspace
from tui.panes.plane.picture import lone, picture
from tui.plots.points.signs import FEW
from tui.plots.rows import ACCENT, DIM, Row, frame, point_sign, row
from tui.terminal import Terminal


def draw(workspace: Workspace, width: int, height: int, terminal: Terminal) -> list[Row]:
    """The pane as `height` rows of `width` cells."""
    view = workspace.view
    body, wrong = picture(workspace, width - 2, height - 2, terminal)
    data = workspace.session.frame.problem.data
    title = _title(data, wrong if view.model_shown else None, width)
    return frame(title, body, width, height, view.focus is Pane.DATA, _foot(workspace, width))


def _title(data: Data, wrong: int | None, cells: int) -> Row:
    """What the signs mean and how many points are wrong, None where no model is shown to say so; in a narrow pane the
    words make room for the number.
    """
    if wrong is None:
        return row("data  ", lone(point_sign(1.0)), " +1  ", lone(point_sign(-1.0)), " -1")
    count = f"wrong: {wrong:,} of {len(data):,}" if len(data) > FEW else f"({point_sign(-1.0)[0]}) wrong: {wrong}"
    for name, gap in (("data  ", "  "), ("data ", " "), ("", " ")):
        title = row(name, point_sign(1.0), f" +1{gap}", point_sign(-1.0), f" -1{gap}{' ' * (gap > ' ')}{count}")
        if sum(len(text) for text, _ in title) < cells - 4:
            break
    return title


def _foot(workspace: Workspace, cells: int) -> Row:
    """The selected point, without one in (3) which state it is; in a narrow pane the point's place, which is seen,
    makes room for its numbers.
    """
    index = workspace.view.point
    now = workspace.session.frame
    if index is None:
        told = "after the update" if now.phase is Phase.UPDATE and workspace.view.model_shown else ""
        told = "runs point by point" if evaluator(now.problem).reason else told
        if not told and len(now.problem.data) > FEW:
            told = "● ╳ many in a cell"
        return row((told, DIM)) if told else ()
    data, found = now.problem.data, evaluate(now.problem, now.parameters)
    shown = point_sign(data.y[index])
    loss = found.point_losses[index] / now.problem.scale
    place = f" {plain(float(data.x1[index]), 2)}, {plain(float(data.x2[index]), 2)}"
    of_model = f"  m {signed(float(found.m[index]), 3)}  loss {plain(float(loss), 3)}"
    if not workspace.view.model_shown:
        of_model = ""
    elif len(f"{index + 1} {shown[0]}{place}{of_model}") > cells - 4:
        place = ""
    return row((f"{index + 1} ", ACCENT), shown, f"{place}{of_model}")
