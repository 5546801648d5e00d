"""The one table of commands: what a key does, what it is called, and how it is explained.

Keys, footer, palette, help and docs/keys.md are all read from here; nowhere else is a key named. What a command does
where it is heard is in `scenarios/screens/`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from engine.training.losses import POINT_LOSSES
from scenarios.screens.stories import STORIES
from scenarios.text import with_keys
from scenarios.workspace.view import LossView, Screen


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    `keys` are Textual's names; `shown` is how help and footer write them. `role`: the footer's word while the picture
    is not one's own, by the role one has then.
    """

    id: str
    keys: tuple[str, ...]
    shown: str
    help: str
    role: Mapping[str, str] = field(default_factory=dict)

    @property
    def alone(self) -> str:
        """Its own key, without those of the next commands that the footer names beside it."""
        return re.split(r"(?<=.)[/ ]", self.shown)[0]


FOLLOW, REPLAY, NOTES = "follow", "replay", "notes"

COMMANDS: tuple[Command, ...] = (
    Command("forward", ("space", "pagedown"), "space",
            "on: by a phase, (1) loss, (2) direction, (3) update; by an operation; by a rule; by a beat of a lecture",
            {REPLAY: "pause"}),
    Command("back", ("backspace", "pageup"), "bksp", "back by the same, to the very same numbers"),
    Command("answer_1", ("a", "1"), "a b c d", "choose an answer to a question, by its letter or its number"),
    Command("answer_2", ("b", "2"), "b", "choose the second answer to a question"),
    Command("answer_3", ("c", "3"), "c", "choose the third answer to a question"),
    Command("answer_4", ("d", "4"), "d", "choose the fourth answer to a question"),
    Command("next_step", ("n",), "n", "on to the next step, on every screen"),
    Command("previous_step", ("N",), "N", "back to the step before, on every screen"),
    Command("right", ("right",), "right",
            "on to the next step or the next beat of a lecture; move x up; move the cursor; choose an answer"),
    Command("left", ("left",), "left",
            "back to the step or the beat before; move x down; move the cursor; choose an answer"),
    Command("up", ("up",), "up/dn",
            "choose the row or the answer above; answer up; move y or the cursor up; scroll help"),
    Command("down", ("down",), "dn",
            "choose the row or the answer below; answer down; move y or the cursor down; scroll help"),
    Command("accept", ("enter",), "enter",
            "take what was entered, or the cursor's values; answer a question; open a scenario; trace the function"),
    Command("lower", ("minus",), "-/+",
            "nudge the selected value down; see more of the function or of the landscape"),
    Command("raise", ("plus", "equals_sign"), "+", "nudge the selected value up (also =); see less, but larger"),
    Command("edit", ("e",), "e", "type a value for the selected row, or a function"),
    Command("lead", ("a",), "a", "step along the slopes of your own package (--autodiff), or along riserun's again"),
    Command("explain", ("question_mark",), "?",
            "explain the chosen pane with its numbers; again: all keys", {FOLLOW: "why", REPLAY: "why"}),
    Command("next_pane", ("tab",), "tab",
            "choose the next pane; differentiate with respect to the next argument; choose the vertical parameter"),
    Command("previous_pane", ("shift+tab",), "shift+tab",
            "choose the pane before; differentiate with respect to the previous argument; choose the horizontal one"),
    *(
        Command(screen.value, (str(number),), str(number), STORIES[screen].help)
        for number, screen in enumerate(Screen, 1)
    ),
    Command("pin", ("P",), "P", "pin the present state, to compare with what follows or with another scenario"),
    Command("first", ("home",), "home", "to the first step, the first operation, or the first beat of a scene"),
    Command("last", ("end",), "end", "to the last step reached, the last derivative, or the last beat of a scene"),
    Command("go", ("g",), "g", "go to a step by its number; to a point of the function"),
    Command("zoom", ("x",), "x", "zoom the chosen pane, or the landscape to the path, and back"),
    Command("view", ("v",), "v",
            f"the next view, of the loss ({', '.join(LossView)}), of the function or of the landscape"),
    Command("previous_point", ("comma",), ", .", "select the data point before; the lecture's function before"),
    Command("next_point", ("full_stop",), ".", "select the next data point; the lecture's next function"),
    Command("distances", ("d",), "d", "show the distances of all wrong points to the line, or hide them"),
    Command("model", ("m",), "m", "hide the model, or show it"),
    Command("smaller_epsilon", ("less_than_sign",), "< >", "make eps of the central difference smaller"),
    Command("larger_epsilon", ("greater_than_sign",), ">", "make eps larger"),
    Command("loss", ("l",), "l", f"the next point loss: {', '.join(POINT_LOSSES)}"),
    Command("hold", ("h",), "h", "hold the selected parameter, or let it go"),
    Command("predict", ("y",), "y", "predict before (2): which way will it move? hide the function, or show it"),
    Command("play", ("p",), "p", "play, pause"),
    Command("slower", ("left_parenthesis",), "(", "play slower", {REPLAY: "slower"}),
    Command("faster", ("right_parenthesis",), ")", "play faster", {REPLAY: "faster"}),
    Command("run", ("R",), "R", "run until errors = 0, until the loss is below a value, or for a number of steps"),
    Command("restart", ("r",), "r", "back to the start (undo brings all back)"),
    Command("undo", ("u",), "u", "undo the last change, with the future it replaced"),
    Command("redo", ("U",), "U", "redo what was undone"),
    Command("scenes", ("S",), "S",
            "go to the next scene of the lecture, or to any, by its number or words of its title"),
    Command("leave", ("t",), "t",
            "leave the lecture, or what is followed or replayed, to try something; come back",
            {FOLLOW: "try something", REPLAY: "take over"}),
    Command("large", ("c",), "c", "the picture, one sentence and the number of the moment, for a projector"),
    Command("black", ("b",), "b", "black the screen out; any key brings it back"),
    Command("open", ("o",), "o", "open a scenario"),
    Command("save", ("w",), "w", "save the present state as a scenario of your own"),
    Command("close", ("escape",), "esc", "stop, or close the top layer"),
    Command("palette", ("colon",), ":", "find a command by name"),
    Command("suspend", ("ctrl+z",), "ctrl+z", "back to the shell; fg returns"),
    Command("redraw", ("ctrl+l",), "ctrl+l", "draw the screen anew"),
    Command("quit", ("q", "ctrl+c"), "q", "quit (also ctrl+c)", {FOLLOW: "quit", REPLAY: "quit", NOTES: "quit"}),
)  # fmt: skip

# As a sentence names them.
_SIGNS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
NAMES = {command.id: _SIGNS.get(command.keys[0], command.alone) for command in COMMANDS}


def read(text: str) -> str:
    """A text of the stories as it is read, with the names of its keys."""
    return with_keys(text, NAMES)


_BY_KEY = {key: tuple(each for each in COMMANDS if key in each.keys) for row in COMMANDS for key in row.keys}


def meant(key: str, heard: Container[str]) -> Command | None:
    """The command of a key, by Textual's name, where those with the ids `heard` are heard; None for a key without one.

    The answers to a question share their keys with other commands, which are meant where there is no such answer.
    """
    known = _BY_KEY.get(key, ())
    return next((command for command in known if command.id in heard), known[-1] if known else None)


def within_reach(heard: Container[str]) -> list[Command]:
    """The commands that some key means where those with the ids `heard` are heard."""
    return [each for each in COMMANDS if each.id in heard and any(meant(key, heard) is each for key in each.keys)]
