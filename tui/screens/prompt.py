"""The prompt: one line at the foot of the screen in which a question is answered, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from textual.actions import SkipAction, parse
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from tui.errors import told
from tui.plots.rows import ACCENT, DIM, Row, row


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked (`label`), and `check`, which says what is wrong with an answer, or None.

    `hint` says what an answer may be, given what has been typed so far. `accept` is called with an answer that `check`
    has passed.
    """

    label: str
    hint: Callable[[str], str]
    check: Callable[[str], str | None]
    accept: Callable[[str], None]


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
        super().__init__(max_length=120, select_on_focus=False, id="prompt")
        self.cursor_blink = False  # a blinking cursor wakes an idle program twenty times a second
        self._question: Question | None = None
        self._problem: str | None = None
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
        return [row((f" ? {self._question.label}", ACCENT)), below]

    def place(self, region: Region) -> None:
        """Put the field into the footer's line."""
        self.styles.offset = region.offset
        self.styles.width = region.width

    def ask(self, question: Question) -> None:
        """Open the field for `question`."""
        self._question = question
        self.value = ""
        self._problem, self._refused = None, False
        self.display = True
        self.screen.set_focus(self)  # at once: `focus` comes later, maybe after the answer
        self.post_message(self.Updated())

    def press(self, key: str, character: str | None) -> None:
        """Take a key, which is no command: enter answers, escape and ctrl+c withdraw the question, others edit."""
        if key == "enter":
            self._answer()
        elif key in _WITHDRAW:
            self._close()
        elif character is not None and character.isprintable():
            self.paste(character)
        elif key in _EDITING:
            _, name, arguments = parse(_EDITING[key])
            with suppress(SkipAction):
                getattr(self, f"action_{name}")(*arguments)

    def paste(self, text: str) -> None:
        """Put the first line of `text` in the place of what is selected."""
        for line in text.splitlines()[:1]:
            self.replace(line, *self.selection)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what has been typed so far."""
        event.stop()
        self._refused = False
        self._check()

    def _answer(self) -> None:
        """Take the answer if it will do; else say what is wrong and keep what was typed."""
        question, answer = self._question, self.value
        self._refused = True
        self._check()
        if question is not None and self._problem is None:
            self._close()
            question.accept(answer)

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


_WITHDRAW = ("escape", "ctrl+c")
# The keys of Textual's field and its actions; enter is ours.
_EDITING = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and binding.action != "submit"
    for key in binding.key.split(",")
}
