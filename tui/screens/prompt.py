"""The prompt: one line at the foot of the screen in which a question is answered, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual.actions import SkipAction, parse
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from tui.errors import told
from tui.plots.rows import ACCENT, BOLD, DIM, TEXT, Row, row

LONGEST = 1000
"""Characters of an answer, as many as a formula may have."""
LISTED = 5
"""Matches that are shown at once: on the smallest screen there is room for them under the panes."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked (`label`), and `check`, which says what is wrong with an answer, or None.

    `hint` says what an answer may be, given what has been typed so far. `accept` is called with an answer that `check`
    has passed. `matches`: what the text so far may mean, each an answer and how it reads, of which one is chosen.
    """

    label: str
    hint: Callable[[str], str]
    check: Callable[[str], str | None]
    accept: Callable[[str], None]
    matches: Callable[[str], Sequence[tuple[str, str]]] = lambda text: ()


class Prompt(Input):
    """The field; hidden until a question is asked.

    It gets its keys from `press`, one after another, and not by the focus, which only shows the cursor: with the focus,
    keys that come in one packet would overtake one another.
    """

    DEFAULT_CSS = """
    Prompt, Prompt:focus {
        position: absolute; display: none; height: 1; border: none; padding: 0 1;
        background: ansi_default; color: ansi_default; background-tint: transparent;
    }
    Prompt > .input--cursor { text-style: underline; }
    Prompt > .input--selection { text-style: underline; }
    """

    class Updated(Message):
        """The prompt opened, closed, or holds another text."""

    def __init__(self) -> None:
        super().__init__(select_on_focus=False, id="prompt")
        self.cursor_blink = False  # a blinking cursor wakes an idle program twenty times a second
        self._question: Question | None = None
        self._problem: str | None = None
        self._chosen = 0  # of the matches
        self._refused = False  # an empty answer is complained of only when it is given

    @property
    def open(self) -> bool:
        """Whether a question is waiting for its answer."""
        return self._question is not None

    @property
    def lines(self) -> list[Row]:
        """What stands over the field while it is open: the question, and what is wrong with the answer so far."""
        if self._question is None:
            return []
        below = (
            row((f"   {self._problem}", ACCENT))
            if self._problem and (self.value or self._refused)
            else row((f"   {self._question.hint(self.value)}", DIM))
        )
        return [row((f" ? {self._question.label}", ACCENT)), *(self._listed() or [below])]

    def _listed(self) -> list[Row]:
        """The matches round the chosen one."""
        found = self._question.matches(self.value) if self._question is not None else ()
        top = max(min(self._chosen - LISTED // 2, len(found) - LISTED), 0)
        return [
            row((" ▸ " if index == self._chosen else "   ", ACCENT), (told, BOLD if index == self._chosen else TEXT))
            for index, (_, told) in enumerate(found[top : top + LISTED], top)
        ]

    @property
    def height(self) -> int:
        """The rows that its `lines` take at the most."""
        return LISTED + 1 if self._listed() else 0

    def _choose(self, by: int) -> None:
        assert self._question is not None  # it is open
        last = len(self._question.matches(self.value)) - 1
        self._chosen = max(min(self._chosen + by, last), 0)
        self.post_message(self.Updated())

    def place(self, region: Region) -> None:
        """Put the field into the footer's line."""
        self.styles.offset = region.offset
        self.styles.width = region.width

    def ask(self, question: Question) -> None:
        """Open the field for `question`."""
        self._question = question
        self.value = ""
        self._problem, self._refused, self._chosen = None, False, 0
        self.display = True
        self.screen.set_focus(self)  # at once: `focus` comes later, maybe after the answer
        self.post_message(self.Updated())

    def press(self, key: str, character: str | None) -> None:
        """Take a key, which is no command: enter answers, escape and ctrl+c withdraw the question, others edit."""
        if key == "enter":
            self._answer()
        elif key in _WITHDRAW:
            self._close()
        elif key in _CHOOSING:
            self._choose(_CHOOSING[key])
        elif character is not None and character.isprintable():
            self.paste(character)
        elif key in _EDITING:
            _, name, arguments = parse(_EDITING[key])
            with suppress(SkipAction):
                getattr(self, f"action_{name}")(*arguments)

    def paste(self, text: str) -> None:
        """Put the first line of `text` in the place of what is selected: whole, or not at all, which is said."""
        for line in text.splitlines()[:1]:
            length = len(self.value) - len(self.selected_text) + len(line)
            if length > LONGEST:
                self._problem = f"at most {LONGEST:,} characters are taken; these would be {length:,}"
                self._refused = True
                self.post_message(self.Updated())
            else:
                self.replace(line, *self.selection)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what has been typed so far."""
        event.stop()
        self._refused, self._chosen = False, 0
        self._check()

    def _answer(self) -> None:
        """Take the answer if it will do; else say what is wrong and keep what was typed."""
        question, answer = self._question, self.value
        self._refused = True
        self._check()
        if question is not None and self._problem is None:
            found = question.matches(answer)
            self._close()
            question.accept(found[self._chosen][0] if found else answer)

    def _check(self) -> None:
        try:
            self._problem = self._question.check(self.value) if self._question else None
        except Exception as error:  # what can be typed must not end the session
            self._problem = f"internal error ({told(error)})"
        self.post_message(self.Updated())

    def _close(self) -> None:
        self._question = None
        self.display = False
        self.screen.set_focus(None)
        self.post_message(self.Updated())


_CHOOSING = {"up": -1, "down": 1}
_WITHDRAW = ("escape", "ctrl+c")
# The keys of Textual's field and its actions; enter is ours.
_EDITING = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and binding.action != "submit"
    for key in binding.key.split(",")
}
