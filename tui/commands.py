"""The one table of commands: what a key does, what it is called, and how it is explained.

Bindings, footer, palette, help and docs/keys.md are all read from here; nowhere else is a key named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from textual.binding import Binding, BindingType

from engine import moves
from engine.losses import POINT_LOSSES
from scenarios import tracing
from scenarios.numbers import one_two_five
from scenarios.view import Help, LossView, Pane, Screen, Subject
from scenarios.workspace import Answer, Look, Move, Predict, Workspace

Action = Callable[[Workspace], Move | None]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    `keys` are Textual's names; `shown` is how help and footer write them; `screens` are those it applies on, and
    `label` the footer's word on each; a command without one there is left to help. `move` gives the move that the
    command makes in a workspace, None for no move there; a command without one is carried out by `Control` or its
    screen.
    """

    id: str
    keys: tuple[str, ...]
    shown: str
    help: str
    move: Action | None = None
    screens: tuple[str, ...] = ("fit",)
    label: Mapping[str, str] = field(default_factory=dict)


def _by_screen(**actions: Action) -> Action:
    """What a key does on each screen, by the screen's name."""
    return lambda workspace: actions[workspace.view.screen](workspace)


def _screen(screen: Screen) -> Action:
    return lambda workspace: Look.at(screen=screen, help=Help.NONE, scroll=0)


def _up_or_down(by: int) -> Action:
    """↑ and ↓ belong to what is open: the help layer scrolls, a question is answered, else a row is chosen."""

    def action(workspace: Workspace) -> Move | None:
        view = workspace.view
        if view.help:
            return Look.at(scroll=max(view.scroll + by, 0))
        if view.screen is Screen.TRACE:
            return tracing.choose(by)(workspace)
        if workspace.predictions.asking:
            return Answer(-by)
        rate = len(workspace.session.state.problem.names)
        row = min(max(view.row + by, 0), rate)
        return Look.at(row=row, parameter=view.parameter if row == rate else row, subject=Subject.STEP)

    return action


def _nudge(by: int) -> Action:
    def action(workspace: Workspace) -> Move | None:
        frame, row = workspace.session.frame, workspace.view.row
        if row == len(frame.problem.names):
            return moves.SetRate(one_two_five(frame.problem.rate, by))
        # In decimal, so that -0.4 + 0.1 is -0.3 and ten nudges are one whole.
        value = Decimal(repr(frame.parameters[row])) + by * Decimal(repr(workspace.scenario.editors[row].nudge))
        return moves.Edit(frame.problem.names[row], float(value))

    return action


def _point(by: int) -> Action:
    def action(workspace: Workspace) -> Move | None:
        total, now = len(workspace.session.state.problem.data), workspace.view.point
        if now is None and workspace.view.screen is Screen.TRACE:
            now = 0  # the trace shows the first point where none was selected
        first = 0 if by > 0 else total - 1
        return Look.at(point=first if now is None else (now + by) % total, subject=Subject.POINT)

    return action


def _pane(by: int) -> Action:
    def action(workspace: Workspace) -> Move | None:
        panes, now = list(Pane), workspace.view.focus
        first = panes[0 if by > 0 else -1]
        return Look.at(focus=first if now is None else panes[(panes.index(now) + by) % len(panes)], scroll=0)

    return action


def _zoom(workspace: Workspace) -> Move | None:
    return Look.at(zoomed=not workspace.view.zoomed, focus=workspace.view.focus or Pane.DATA)


def _next_view(workspace: Workspace) -> Move | None:
    views = list(LossView)
    return Look.at(loss_view=views[(views.index(workspace.view.loss_view) + 1) % len(views)])


def _explain(workspace: Workspace) -> Move | None:
    following = {Help.NONE: Help.PANE, Help.PANE: Help.KEYS, Help.KEYS: Help.NONE}
    return Look.at(help=following[workspace.view.help], scroll=0, focus=workspace.view.focus or Pane.DATA)


def _close(workspace: Workspace) -> Move | None:
    """The top layer first: help, an open question, the zoomed pane, the selected point, the chosen pane."""
    view = workspace.view
    if view.help:
        return Look.at(help=Help.NONE, scroll=0)
    if workspace.predictions.asking:
        return moves.Back()
    if view.zoomed:
        return Look.at(zoomed=False)
    if view.point is not None:
        return Look.at(point=None, subject=Subject.STEP)
    return Look.at(focus=None)


def _epsilon(by: int) -> Action:
    def action(workspace: Workspace) -> Move | None:
        epsilon = one_two_five(workspace.view.epsilon, by)
        return Look.at(epsilon=min(max(epsilon, 1e-15), 1.0))

    return action


def _next_loss(workspace: Workspace) -> Move | None:
    names = list(POINT_LOSSES)
    return moves.SetLoss(names[(names.index(workspace.session.state.problem.loss) + 1) % len(names)])


def _hold(workspace: Workspace) -> Move | None:
    return moves.Hold(workspace.session.state.problem.names[workspace.view.parameter])


FIT, TRACE, OPEN = "fit", "trace", "open"
_ANY = (FIT, TRACE)

COMMANDS: tuple[Command, ...] = (
    Command("forward", ("space", "pagedown"), "space",
            "on: by a phase, (1) loss, (2) direction, (3) update; by an operation",
            _by_screen(fit=lambda _: moves.Forward(), trace=tracing.walk(1)), _ANY,
            {FIT: "phase", TRACE: "operation"}),
    Command("back", ("backspace", "pageup"), "bksp", "back by the same, to the very same numbers",
            _by_screen(fit=lambda _: moves.Back(), trace=tracing.walk(-1)), _ANY, {FIT: "back", TRACE: "back"}),
    Command("next_step", ("n",), "n", "on to the next step, on every screen", lambda _: moves.NextStep(), _ANY,
            {TRACE: "next step"}),
    Command("previous_step", ("N",), "N", "back to the step before, on every screen", lambda _: moves.PreviousStep(),
            _ANY),
    Command("right", ("right",), "right", "on to the next step", lambda _: moves.NextStep(), label={FIT: "step"}),
    Command("left", ("left",), "left", "back to the step before", lambda _: moves.PreviousStep()),
    Command("up", ("up",), "up/dn", "choose the row above; answer up; scroll help", _up_or_down(-1), (*_ANY, OPEN),
            {FIT: "choose", TRACE: "row"}),
    Command("down", ("down",), "dn", "choose the row below; answer down; scroll help", _up_or_down(1), (*_ANY, OPEN)),
    Command("accept", ("enter",), "enter", "take what was typed; open the chosen scenario", None, (OPEN,)),
    Command("lower", ("minus",), "-/+", "nudge the selected value down", _nudge(-1), label={FIT: "nudge"}),
    Command("raise", ("plus", "equals_sign"), "+", "nudge the selected value up (also =)", _nudge(1)),
    Command("edit", ("e",), "e", "type a value for the selected row", label={FIT: "edit"}),
    Command("explain", ("question_mark",), "?", "explain the chosen pane with its numbers; again: all keys", _explain,
            _ANY, {FIT: "why", TRACE: "why"}),
    Command("next_pane", ("tab",), "tab", "choose the next pane", _pane(1), label={FIT: "pane"}),
    Command("previous_pane", ("shift+tab",), "shift+tab", "choose the pane before", _pane(-1)),
    Command("fit", ("1",), "1", "the fit screen", _screen(Screen.FIT), _ANY, {TRACE: "fit"}),
    Command("trace", ("3",), "3", "the trace screen: one point's program, operation by operation",
            _screen(Screen.TRACE), _ANY),
    Command("first", ("home",), "home", "to the first step, or the first operation",
            _by_screen(fit=lambda _: moves.Seek(0), trace=tracing.first), _ANY),
    Command("last", ("end",), "end", "to the last step reached, or the last derivative",
            _by_screen(fit=lambda workspace: moves.Seek(workspace.session.last_step), trace=tracing.last), _ANY),
    Command("go", ("g",), "g", "go to a step by its number", None, _ANY),
    Command("zoom", ("x",), "x", "zoom the chosen pane, and back", _zoom),
    Command("view", ("v",), "v", "the loss pane's next view: history, log, point loss, loss and errors, ledger",
            _next_view),
    Command("previous_point", ("comma",), ", .", "select the data point before", _point(-1), _ANY, {TRACE: "point"}),
    Command("next_point", ("full_stop",), ".", "select the next data point", _point(1), _ANY),
    Command("distances", ("d",), "d", "show the distances of all wrong points to the line, or hide them",
            lambda workspace: Look.at(distances=not workspace.view.distances)),
    Command("model", ("m",), "m", "hide the model, or show it",
            lambda workspace: Look.at(model_shown=not workspace.view.model_shown)),
    Command("smaller_epsilon", ("less_than_sign",), "<", "make eps of the central difference smaller", _epsilon(-1)),
    Command("larger_epsilon", ("greater_than_sign",), ">", "make eps larger", _epsilon(1)),
    Command("loss", ("l",), "l", "the next point loss: log-sigmoid, ReLU, as printed on the slide", _next_loss, _ANY),
    Command("hold", ("h",), "h", "hold the selected parameter, or let it go", _hold),
    Command("predict", ("y",), "y", "predict before (2): which way will it move?", lambda _: Predict()),
    Command("play", ("p",), "p", "play, pause", None, _ANY),
    Command("slower", ("left_parenthesis",), "(", "play slower", None, _ANY),
    Command("faster", ("right_parenthesis",), ")", "play faster", None, _ANY),
    Command("run", ("R",), "R", "run until errors = 0, until the loss is below a value, or for a number of steps"),
    Command("restart", ("r",), "r", "back to the start (undo brings all back)", lambda _: moves.Restart(), _ANY),
    Command("undo", ("u",), "u", "undo the last change, with the future it replaced", lambda _: moves.Undo(), _ANY),
    Command("redo", ("U",), "U", "redo what was undone", lambda _: moves.Redo(), _ANY),
    Command("open", ("o",), "o", "open a scenario", None, _ANY),
    Command("save", ("w",), "w", "save the present state as a scenario of your own", None, _ANY),
    Command("close", ("escape",), "esc", "stop, or close the top layer", _close, (*_ANY, OPEN)),
    Command("palette", ("colon",), ":", "find a command by name", None, _ANY),
    Command("suspend", ("ctrl+z",), "ctrl+z", "back to the shell; fg returns", None, _ANY),
    Command("redraw", ("ctrl+l",), "ctrl+l", "draw the screen anew", None, _ANY),
    Command("quit", ("q", "ctrl+c"), "q", "quit (also ctrl+c)", None, _ANY),
)  # fmt: skip

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}


def bindings(screen: str, target: str) -> list[BindingType]:
    """The keys of one of Textual's screens; each runs `action_command` of `target` (app or screen).

    "stage" shows all of a workspace's screens, so it has the keys of all of them.
    """
    return [
        Binding(",".join(command.keys), f"{target}.command('{command.id}')", command.help, show=False)
        for command in COMMANDS
        if (set(command.screens) - {OPEN} if screen == "stage" else screen in command.screens)
    ]
