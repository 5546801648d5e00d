"""The one table of commands: what a key does, what it is called, and how it is explained.

Keys, footer, palette, help and docs/keys.md are all read from here; nowhere else is a key named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine import moves
from scenarios import deriving, exploring, tracing
from scenarios.lecture import Leave
from scenarios.moves import Predict
from scenarios.view import Screen
from tui import actions
from tui.actions import Action


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
    screens: tuple[str, ...] = (Screen.FIT,)
    label: Mapping[str, str] = field(default_factory=dict)


_ANY = tuple(Screen)
FIT, DERIVE, TRACE, LANDSCAPE, COMPARE = _ANY
OPEN = "open"  # the dialog that chooses a scenario
# No screens of their own, but the footer's words on any screen while a lecture is given, or a picture is not one's own.
LECTURE, FOLLOW, REPLAY, NOTES = "lecture", "follow", "replay", "notes"
_STEPPED = (FIT, LANDSCAPE, COMPARE)  # the screens on which a session is stepped phase by phase

COMMANDS: tuple[Command, ...] = (
    Command("forward", ("space", "pagedown"), "space",
            "on: by a phase, (1) loss, (2) direction, (3) update; by an operation; by a rule; by a beat of a lecture",
            actions.told(moves.Forward(), actions.by_screen(
                stepped=lambda _: moves.Forward(), derive=deriving.walk(1), trace=tracing.walk(1))), _ANY,
            {FIT: "phase", DERIVE: "rule", TRACE: "operation", LANDSCAPE: "phase", COMPARE: "phase", LECTURE: "on",
             REPLAY: "pause"}),
    Command("back", ("backspace", "pageup"), "bksp", "back by the same, to the very same numbers",
            actions.told(moves.Back(), actions.by_screen(
                stepped=lambda _: moves.Back(), derive=deriving.walk(-1), trace=tracing.walk(-1))), _ANY,
            {FIT: "back", DERIVE: "back", TRACE: "back", LANDSCAPE: "back", COMPARE: "back", LECTURE: "back"}),
    Command("next_step", ("n",), "n", "on to the next step, on every screen", lambda _: moves.NextStep(), _ANY,
            {TRACE: "next step"}),
    Command("previous_step", ("N",), "N", "back to the step before, on every screen", lambda _: moves.PreviousStep(),
            _ANY),
    Command("right", ("right",), "right", "on to the next step; move x up; move the cursor",
            actions.by_screen(stepped=lambda _: moves.NextStep(), derive=deriving.move(0, 1),
                              landscape=exploring.move(1)), (FIT, DERIVE, LANDSCAPE, COMPARE),
            {FIT: "step", DERIVE: "x", LANDSCAPE: "cursor", COMPARE: "step"}),
    Command("left", ("left",), "left", "back to the step before; move x down; move the cursor",
            actions.by_screen(stepped=lambda _: moves.PreviousStep(), derive=deriving.move(0, -1),
                              landscape=exploring.move(-1)), (FIT, DERIVE, LANDSCAPE, COMPARE)),
    Command("up", ("up",), "up/dn", "choose the row above; answer up; move y or the cursor up; scroll help",
            actions.up_or_down(-1), (*_ANY, OPEN),
            {FIT: "choose", TRACE: "row", LANDSCAPE: "choose", COMPARE: "row", LECTURE: "choose"}),
    Command("down", ("down",), "dn", "choose the row below; answer down; move y or the cursor down; scroll help",
            actions.up_or_down(1), (*_ANY, OPEN)),
    Command("accept", ("enter",), "enter",
            "take what was entered, or the cursor's values; answer a question; open a scenario; trace the function",
            actions.accept, (*_ANY, OPEN), {DERIVE: "trace"}),
    Command("lower", ("minus",), "-/+", "nudge the selected value down; see more of the function or of the landscape",
            actions.by_screen(stepped=actions.nudge(-1), derive=deriving.zoom(-1), landscape=exploring.zoom(-1)),
            (FIT, DERIVE, LANDSCAPE, COMPARE), {FIT: "nudge", LANDSCAPE: "zoom", COMPARE: "nudge"}),
    Command("raise", ("plus", "equals_sign"), "+", "nudge the selected value up (also =); see less, but larger",
            actions.by_screen(stepped=actions.nudge(1), derive=deriving.zoom(1), landscape=exploring.zoom(1)),
            (FIT, DERIVE, LANDSCAPE, COMPARE)),
    Command("edit", ("e",), "e", "type a value for the selected row, or a function", None,
            (FIT, DERIVE, LANDSCAPE, COMPARE), {FIT: "edit", DERIVE: "function"}),
    Command("explain", ("question_mark",), "?", "explain the chosen pane with its numbers; again: all keys",
            actions.explain, _ANY,
            {FIT: "why", DERIVE: "why", TRACE: "why", LANDSCAPE: "why", COMPARE: "why", LECTURE: "why",
             FOLLOW: "why", REPLAY: "why"}),
    Command("next_pane", ("tab",), "tab",
            "choose the next pane; derive by the next argument; another parameter up the side",
            actions.by_screen(fit=actions.pane(1), derive=deriving.next_argument(1),
                              landscape=exploring.next_parameter(1)), (FIT, DERIVE, LANDSCAPE), {FIT: "pane"}),
    Command("previous_pane", ("shift+tab",), "shift+tab",
            "choose the pane before; derive by the argument before; another parameter across",
            actions.by_screen(fit=actions.pane(-1), derive=deriving.next_argument(-1),
                              landscape=exploring.next_parameter(-1)), (FIT, DERIVE, LANDSCAPE)),
    Command("fit", ("1",), "1", "the fit screen", actions.show(Screen.FIT), _ANY, {DERIVE: "fit", TRACE: "fit"}),
    Command("derive", ("2",), "2", "the derive screen: a function's derivative three ways",
            actions.show(Screen.DERIVE), _ANY),
    Command("trace", ("3",), "3", "the trace screen: one point's program, operation by operation",
            actions.show(Screen.TRACE), _ANY),
    Command("landscape", ("4",), "4", "the landscape screen: the loss along a parameter, over two, along the step",
            actions.show(Screen.LANDSCAPE), _ANY),
    Command("compare", ("5",), "5", "the compare screen: what is pinned and what is now, stepped together",
            actions.show(Screen.COMPARE), _ANY),
    Command("pin", ("P",), "P", "pin the present state, to compare with what follows or with another scenario",
            None, _ANY, {COMPARE: "pin"}),
    Command("first", ("home",), "home", "to the first step, or the first operation",
            actions.by_screen(stepped=lambda _: moves.Seek(0), trace=tracing.first), (TRACE, *_STEPPED)),
    Command("last", ("end",), "end", "to the last step reached, or the last derivative",
            actions.by_screen(stepped=actions.last_step, trace=tracing.last), (TRACE, *_STEPPED)),
    Command("go", ("g",), "g", "go to a step by its number; to a point of the function", None, _ANY),
    Command("zoom", ("x",), "x", "zoom the chosen pane, or the landscape to the path, and back",
            actions.by_screen(fit=actions.zoom, landscape=exploring.follow), (FIT, LANDSCAPE)),
    Command("view", ("v",), "v",
            "the next view, of the loss (log, point loss, errors, ledger), of the function or of the landscape",
            actions.by_screen(fit=actions.next_view, derive=deriving.next_view, landscape=exploring.next_view),
            (FIT, DERIVE, LANDSCAPE), {DERIVE: "view", LANDSCAPE: "view"}),
    Command("previous_point", ("comma",), ", .", "select the data point before; the lecture's function before",
            actions.by_screen(stepped=actions.point(-1), derive=deriving.next_function(-1), trace=actions.point(-1)),
            (FIT, DERIVE, TRACE, COMPARE), {DERIVE: "next f", TRACE: "point"}),
    Command("next_point", ("full_stop",), ".", "select the next data point; the lecture's next function",
            actions.by_screen(stepped=actions.point(1), derive=deriving.next_function(1), trace=actions.point(1)),
            (FIT, DERIVE, TRACE, COMPARE)),
    Command("distances", ("d",), "d", "show the distances of all wrong points to the line, or hide them",
            actions.distances, (FIT, COMPARE)),
    Command("model", ("m",), "m", "hide the model, or show it",
            actions.model, (FIT, COMPARE)),
    Command("smaller_epsilon", ("less_than_sign",), "< >", "make eps of the central difference smaller",
            actions.by_screen(fit=actions.epsilon(-1), derive=deriving.epsilon(-1)), (FIT, DERIVE), {DERIVE: "eps"}),
    Command("larger_epsilon", ("greater_than_sign",), ">", "make eps larger",
            actions.by_screen(fit=actions.epsilon(1), derive=deriving.epsilon(1)), (FIT, DERIVE)),
    Command("loss", ("l",), "l", "the next point loss: log-sigmoid, ReLU, as printed on the slide", actions.next_loss,
            (TRACE, *_STEPPED)),
    Command("hold", ("h",), "h", "hold the selected parameter, or let it go", actions.hold, _STEPPED),
    Command("predict", ("y",), "y", "predict before (2): which way will it move? hide the function, or show it",
            actions.by_screen(stepped=lambda _: Predict(), derive=deriving.hide), (FIT, DERIVE, LANDSCAPE)),
    Command("play", ("p",), "p", "play, pause", screens=_STEPPED),
    Command("slower", ("left_parenthesis",), "(", "play slower", screens=_STEPPED, label={REPLAY: "slower"}),
    Command("faster", ("right_parenthesis",), ")", "play faster", screens=_STEPPED, label={REPLAY: "faster"}),
    Command("run", ("R",), "R", "run until errors = 0, until the loss is below a value, or for a number of steps",
            screens=_STEPPED),
    Command("restart", ("r",), "r", "back to the start (undo brings all back)", lambda _: moves.Restart(),
            (TRACE, *_STEPPED)),
    Command("undo", ("u",), "u", "undo the last change, with the future it replaced", lambda _: moves.Undo(),
            (TRACE, *_STEPPED)),
    Command("redo", ("U",), "U", "redo what was undone", lambda _: moves.Redo(), (TRACE, *_STEPPED)),
    Command("scenes", ("S",), "S", "go to a scene of the lecture, by its number or words of its title", None, _ANY,
            {LECTURE: "scenes"}),
    Command("leave", ("t",), "t", "leave the lecture, or what is followed or replayed, to try something; come back",
            lambda _: Leave(), _ANY, {LECTURE: "try something", FOLLOW: "try something", REPLAY: "take over"}),
    Command("large", ("c",), "c", "write the caption large, for a projector", actions.large, _ANY, {LECTURE: "large"}),
    Command("black", ("b",), "b", "black the screen out; any key brings it back", actions.black, _ANY,
            {LECTURE: "black"}),
    Command("open", ("o",), "o", "open a scenario", None, _ANY),
    Command("save", ("w",), "w", "save the present state as a scenario of your own", None, _ANY),
    Command("close", ("escape",), "esc", "stop, or close the top layer", actions.close, (*_ANY, OPEN)),
    Command("palette", ("colon",), ":", "find a command by name", None, _ANY),
    Command("suspend", ("ctrl+z",), "ctrl+z", "back to the shell; fg returns", None, _ANY),
    Command("redraw", ("ctrl+l",), "ctrl+l", "draw the screen anew", None, _ANY),
    Command("quit", ("q", "ctrl+c"), "q", "quit (also ctrl+c)", None, _ANY,
            {FOLLOW: "quit", REPLAY: "quit", NOTES: "quit"}),
)  # fmt: skip

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
BY_KEY: dict[str, Command] = {key: command for command in COMMANDS for key in command.keys}
