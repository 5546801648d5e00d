"""The prompt: one line at the foot of the screen in which a question is answered, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

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
    """The field; hidden until a question is asked. Escape withdraws the question."""

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
            if self._problem and self.value
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
        self._problem = None
        self.display = True
        self.focus()
        self.post_message(self.Updated())

    def take(self, event: events.Key) -> None:
        """Take a key typed before the field had the focus, at once: the next one may come to the field itself."""
        if event.key == "enter":
            self._answer()
        elif event.key == "escape":
            self.close_question()
        elif event.key == "backspace":
            self.action_delete_left()
        elif event.is_printable and event.character is not None:
            self.insert_text_at_cursor(event.character)

    def close_question(self) -> None:
        """Close the field without an answer."""
        self._question = None
        self.display = False
        self.screen.set_focus(None)
        self.post_message(self.Updated())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what has been typed so far."""
        event.stop()
        self._problem = self._question.check(self.value) if self._question else None
        self.post_message(self.Updated())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The enter key."""
        event.stop()
        self._answer()

    def _answer(self) -> None:
        """Take the answer if it will do; else say what is wrong and keep what was typed."""
        question = self._question
        if question is None:
            return
        self._problem = question.check(self.value)
        if self._problem is None:
            answer = self.value
            self.close_question()
            question.accept(answer)
        else:
            self.post_message(self.Updated())

    def on_key(self, event: events.Key) -> None:
        """Escape closes; every key that the field itself does not use ends here, so that none is a command."""
        if event.key == "escape":
            event.stop()
            self.close_question()
