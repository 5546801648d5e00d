"""What keys do on the fit screen and on all screens: pure functions from a workspace to a move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from engine import moves
from engine.losses import POINT_LOSSES
from scenarios import deriving, exploring, tracing
from scenarios.axes import Parameter, axis, number
from scenarios.lecture import Choose, Move
from scenarios.lesson import in_lecture
from scenarios.moves import Answer, Look
from scenarios.numbers import one_two_five
from scenarios.view import Help, LossView, Pane, Screen, Subject, cycled
from scenarios.workspace import Workspace

Action = Callable[[Workspace], Move | None]


def by_screen(**actions: Action) -> Action:
    """What a key does on each screen, by the screen's name; `stepped` on those that are not named."""
    return lambda workspace: actions.get(workspace.view.screen, actions.get("stepped", _nothing))(workspace)


def _nothing(workspace: Workspace) -> Move | None:
    return None


def told(move: Move, otherwise: Action) -> Action:
    """`move` while a lecture is given, on whichever screen it is; `otherwise` when none is."""
    return lambda workspace: move if in_lecture(workspace) else otherwise(workspace)


def _question_open(workspace: Workspace) -> bool:
    return workspace.lesson is not None and workspace.lesson.open_question is not None


def accept(workspace: Workspace) -> Move | None:
    """Answer the open question of a lecture; trace the derive screen's function; take the landscape's cursor."""
    if _question_open(workspace):
        return moves.Forward()
    return by_screen(derive=deriving.trace, landscape=exploring.take)(workspace)


def large(workspace: Workspace) -> Move | None:
    """The caption large, or as it was."""
    return Look(replace(workspace.view, large=not workspace.view.large))


def black(workspace: Workspace) -> Move | None:
    """Nothing shown."""
    return Look(replace(workspace.view, black=True))


def distances(workspace: Workspace) -> Move | None:
    """The distances of wrong points shown, or hidden."""
    return Look(replace(workspace.view, distances=not workspace.view.distances))


def model(workspace: Workspace) -> Move | None:
    """The model hidden, or shown."""
    return Look(replace(workspace.view, model_shown=not workspace.view.model_shown))


def show(screen: Screen) -> Action:
    """Go to a screen."""
    return lambda workspace: Look(replace(workspace.view, screen=screen, help=Help.NONE, scroll=0, trace_formula=False))


def up_or_down(by: int) -> Action:
    """↑ and ↓ belong to what is open: the help layer scrolls, a question is answered, else a row is chosen."""

    def action(workspace: Workspace) -> Move | None:
        view = workspace.view
        if view.help:
            return Look(replace(workspace.view, scroll=max(view.scroll + by, 0)))
        if _question_open(workspace):
            return Choose(by)
        if view.screen is Screen.TRACE:
            return tracing.choose(by)(workspace)
        if view.screen is Screen.DERIVE:
            return deriving.move(1, -by)(workspace)
        if workspace.predictions.asking and view.screen is Screen.FIT:
            return Answer(-by)
        if view.screen is Screen.LANDSCAPE:
            return exploring.up_or_down(-by)(workspace)
        count = len(workspace.session.state.problem.names)
        row = axis(min(max(number(view.row, count) + by, 0), count), count)
        chosen = row.index if isinstance(row, Parameter) else view.parameter
        return Look(replace(view, row=row, parameter=chosen, subject=Subject.STEP))

    return action


def nudge(by: int) -> Action:
    """Move the selected value by its nudge, the rate along the series 1, 2, 5."""

    def action(workspace: Workspace) -> Move | None:
        frame, row = workspace.session.frame, workspace.view.row
        if not isinstance(row, Parameter):
            return moves.Set("rate", one_two_five(frame.problem.rate, by))
        # In decimal, so that -0.4 + 0.1 is -0.3 and ten nudges are one whole.
        value = Decimal(repr(frame.parameters[row.index])) + by * Decimal(
            repr(workspace.scenario.editors[row.index].nudge)
        )
        return moves.Edit(frame.problem.names[row.index], float(value))

    return action


def point(by: int) -> Action:
    """Select the next data point, round and round."""

    def action(workspace: Workspace) -> Move | None:
        if workspace.view.trace_formula:
            return None
        total, now = len(workspace.session.state.problem.data), workspace.view.point
        if now is None and workspace.view.screen is Screen.TRACE:
            now = 0  # the trace shows the first point where none was selected
        first = 0 if by > 0 else total - 1
        return Look(replace(workspace.view, point=first if now is None else (now + by) % total, subject=Subject.POINT))

    return action


def last_step(workspace: Workspace) -> Move | None:
    """To the last step reached; of two, each to its own."""
    pinned = workspace.pinned if workspace.view.screen is Screen.COMPARE else None
    return moves.Seek(max(workspace.session.last_step, pinned.session.last_step if pinned else 0))


def pane(by: int) -> Action:
    """Choose the next pane, round and round."""

    def action(workspace: Workspace) -> Move | None:
        now = workspace.view.focus
        first = list(Pane)[0 if by > 0 else -1]
        return Look(replace(workspace.view, focus=first if now is None else cycled(now, Pane, by), scroll=0))

    return action


def zoom(workspace: Workspace) -> Move | None:
    """Let the chosen pane fill the body, or end that."""
    return Look(replace(workspace.view, zoomed=not workspace.view.zoomed, focus=workspace.view.focus or Pane.DATA))


def next_view(workspace: Workspace) -> Move | None:
    """The loss pane's next view: it is the one that has several."""
    return Look(replace(workspace.view, loss_view=cycled(workspace.view.loss_view, LossView)))


def explain(workspace: Workspace) -> Move | None:
    """Open the help layer, turn it to all keys, close it."""
    following = {Help.NONE: Help.PANE, Help.PANE: Help.KEYS, Help.KEYS: Help.NONE}
    return Look(
        replace(workspace.view, help=following[workspace.view.help], scroll=0, focus=workspace.view.focus or Pane.DATA)
    )


def close(workspace: Workspace) -> Move | None:
    """The top layer first: help, an open question, the landscape's cursor and range; the zoomed pane, the selected
    point, the chosen pane.
    """
    view = workspace.view
    if view.help:
        return Look(replace(workspace.view, help=Help.NONE, scroll=0))
    if workspace.predictions.asking:
        return moves.Back()
    if view.screen is Screen.LANDSCAPE:
        return exploring.back(workspace)
    if view.zoomed:
        return Look(replace(workspace.view, zoomed=False))
    if view.point is not None:
        return Look(replace(workspace.view, point=None, subject=Subject.STEP))
    return Look(replace(workspace.view, focus=None))


def epsilon(by: int) -> Action:
    """The next ε of the series 1, 2, 5."""

    def action(workspace: Workspace) -> Move | None:
        return Look(replace(workspace.view, epsilon=deriving.next_epsilon(workspace.view.epsilon, by)))

    return action


def next_loss(workspace: Workspace) -> Move | None:
    """The next of the point losses."""
    return moves.Set("loss", cycled(workspace.session.state.problem.loss, POINT_LOSSES))


def hold(workspace: Workspace) -> Move | None:
    """Hold the slope pane's parameter, or let it go."""
    return moves.Hold(workspace.session.state.problem.names[workspace.view.parameter])
